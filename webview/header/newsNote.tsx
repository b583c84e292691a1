import { useEffect } from 'preact/hooks';
import type { PanelNews } from '../../src/protocol/hostProtocol.ts';
import { Icon } from '../controls/icon.tsx';
import { IconButton } from '../controls/iconButton.tsx';
import { usePanel } from '../panelContext.ts';

/**
 * What happened while the reader looked at something else. Nothing moves when it comes: it stands beside the key
 * figures, or where there is no room for both at the end of the panel, where what is scrolled there ends above it.
 */
export function NewsNote() {
  const { state, t } = usePanel();
  const news = state.news.value;
  const { selected, row, page } = state.choices.value;
  // What is said of no execution is about what the reader did just now: with the next thing it is over.
  useEffect(() => {
    if (state.news.peek()?.key === null) state.news.value = null;
  }, [state.view.value, page, selected, row]);
  // The live region stays in the page, or its first news would not be spoken.
  return (
    <div class="news-note" role="status">
      {news !== null && (
        <>
          <Icon name={news.severity} />
          <NewsWords news={news} />
          <IconButton
            icon="close"
            label={t('Close')}
            onClick={() => {
              state.news.value = null;
            }}
          />
        </>
      )}
    </div>
  );
}

function NewsWords({ news: { key: execution, sentence, goTo } }: { news: PanelNews }) {
  const { state, session } = usePanel();
  if (execution === null || execution === state.choices.value.selected) {
    return (
      <span class="news-words" title={sentence}>
        {sentence}
      </span>
    );
  }
  return (
    <>
      <button
        type="button"
        class="link news-words"
        title={sentence}
        onClick={() => {
          state.view.value = 'traces';
          session.select(execution);
        }}
      >
        {sentence}
      </button>
      {goTo !== null && (
        <IconButton
          icon="go-to-file"
          label={goTo}
          onClick={() => {
            session.select(execution);
            session.jump();
          }}
        />
      )}
    </>
  );
}
