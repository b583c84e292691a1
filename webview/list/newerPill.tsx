import { formatCount } from '../../src/texts/format.ts';
import { Icon } from '../controls/icon.tsx';
import { usePanel } from '../panelContext.ts';

/** Says how many executions came in above what the reader looks at, and shows them. */
export function NewerPill({ onClick }: { onClick?: () => void }) {
  const { state, session, t } = usePanel();
  const newer = state.list.value?.newer ?? 0;
  const number = formatCount(newer, state.language);
  const words = t('{0} newer', number);
  // The live region stays in the page, or its first news would not be spoken.
  return (
    <div class="newer-place" role="status">
      {newer > 0 && (
        <button
          type="button"
          class="newer-pill"
          aria-label={words}
          title={words}
          onClick={() => {
            onClick?.();
            session.list.showNewest();
          }}
        >
          <Icon name="arrow-up" />
          <span class="newer-words">{words}</span>
          <span class="newer-number">{number}</span>
        </button>
      )}
    </div>
  );
}
