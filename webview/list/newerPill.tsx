import { formatCount } from '../../src/view/format.ts';
import { Icon } from '../controls/icon.tsx';
import { usePanel } from '../panelContext.ts';

/** Says how many executions came in above what the reader looks at, and shows them. */
export function NewerPill({ onClick }: { onClick?: () => void }) {
  const { state, session, t } = usePanel();
  const newer = state.list.value?.newer ?? 0;
  // The live region stays in the page, or its first news would not be spoken.
  return (
    <div class="newer-place" role="status">
      {newer > 0 && (
        <button
          type="button"
          class="newer-pill"
          onClick={() => {
            onClick?.();
            session.list.showNewest();
          }}
        >
          <Icon name="arrow-up" />
          {t('{0} newer', formatCount(newer, state.language))}
        </button>
      )}
    </div>
  );
}
