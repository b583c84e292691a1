import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { PanelNews } from '../../src/protocol/hostProtocol.ts';
import { Icon } from '../controls/icon.tsx';
import { IconButton } from '../controls/iconButton.tsx';
import { usePanel } from '../panelContext.ts';

/** In sight for so long a line is read by whoever does something beside it. */
const readAfterMs = 8_000;
/** Then it is no news any more: list and problems tell of it. */
const newForMs = 10 * 60_000;

/**
 * What happened while the reader looked at something else. Nothing moves when it comes: it stands beside the key
 * figures, or where there is no room for both at the end of the panel, where what is scrolled there ends above it.
 */
export function NewsNote() {
  const { state, t } = usePanel();
  const news = state.news.value;
  const { selected, row, page } = state.choices.value;
  const note = useRef<HTMLDivElement>(null);
  // What is said of no execution is about what the reader did just now: with the next thing it is over.
  useEffect(() => {
    if (state.news.peek()?.key === null) state.news.value = null;
  }, [state.view.value, page, selected, row]);
  const leadsNowhere = news !== null && (news.key === null || news.key === selected);
  // So it is with what is said of what is open, and choosing it was no next thing; what leads elsewhere is read first.
  // The time runs from when the line is there.
  useLayoutEffect(() => {
    if (news === null) return;
    let isRead = leadsNowhere;
    const close = () => (state.news.value = null);
    const timers = [
      setTimeout(() => (isRead = true), readAfterMs),
      setTimeout(close, newForMs),
    ] as const;
    const does = (event: Event) => {
      if (isRead && !isOfKeyHeld(event) && !note.current?.contains(event.target as Node)) close();
    };
    const doings = ['pointerdown', 'keydown'] as const;
    for (const doing of doings) document.addEventListener(doing, does, true);
    return () => {
      for (const timer of timers) clearTimeout(timer);
      for (const doing of doings) document.removeEventListener(doing, does, true);
    };
  }, [news, leadsNowhere]);
  // The live region stays in the page, or its first news would not be spoken.
  return (
    <div ref={note} class="news-note" role="status">
      {news !== null && (
        <>
          <Icon name={news.severity} />
          <NewsWords news={news} leads={!leadsNowhere} />
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

/** The keys of the command that said it may still be down. */
function isOfKeyHeld(event: Event): boolean {
  if (!(event instanceof KeyboardEvent)) return false;
  return event.repeat || ['Control', 'Alt', 'Shift', 'Meta'].includes(event.key);
}

function NewsWords(props: { readonly news: PanelNews; readonly leads: boolean }) {
  const { key: execution, sentence, goTo } = props.news;
  const { state, session } = usePanel();
  if (execution === null || !props.leads) {
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
          session.select(execution, {});
        }}
      >
        {sentence}
      </button>
      {goTo !== null && (
        <IconButton
          icon="go-to-file"
          label={goTo}
          onClick={() => {
            session.select(execution, {});
            session.jump();
          }}
        />
      )}
    </>
  );
}
