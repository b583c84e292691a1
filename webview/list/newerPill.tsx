import { formatCount } from '../../src/texts/format.ts';
import { Icon } from '../controls/icon.tsx';
import { usePanel } from '../panelContext.ts';

/** Says how many executions came in above what the reader looks at, and shows them. */
export function NewerPill({ onClick }: { onClick: (isByKey: boolean) => void }) {
  const { state, session, t } = usePanel();
  const newer = state.list.value?.newer ?? 0;
  const number = formatCount(newer, state.language);
  const words = t('{0} newer', number);
  return (
    <div class="newer-place">
      {newer > 0 && (
        <button
          type="button"
          class="newer-pill"
          aria-label={words}
          title={words}
          onClick={({ detail }) => {
            onClick(detail === 0);
            session.list.showNewest();
          }}
          onBlur={({ relatedTarget }) => {
            const isBack =
              relatedTarget instanceof Element && relatedTarget.matches('.execution-rows');
            if (!isBack) session.list.setHold('focus', false);
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

/** Whether the focus goes there: from the rows, which stay meanwhile. */
export function isNewerPill(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('.newer-pill');
}
