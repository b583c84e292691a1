import type { FailedItems } from '../../src/diagnosis/finding.ts';
import type { RunKey } from '../../src/trace/execution.ts';
import { roundOfItem } from '../../src/view/rounds.ts';
import { collapsedOf, withCollapsed } from '../choices.ts';
import { usePanel } from '../panelContext.ts';

/** More buttons than these are no way any more but a list. */
const mostButtons = 12;

/** Ways to the items that failed: each selects the step, with the round of the item. */
export function FailedItemLinks({ failedItems: { items } }: { failedItems: FailedItems }) {
  const { state, session, t } = usePanel();
  if (items === null) return null;
  const show = (item: number, runKey: RunKey) => {
    const key = state.choices.value.selected;
    if (key === null) return;
    const choices = state.choices.value;
    const row = state.tree.value?.rows.find(({ key: shown }) => shown === runKey);
    // The step may stand below a row that the reader closed.
    if (row === undefined && collapsedOf(choices, key).length > 0) {
      state.choose({ collapsed: withCollapsed(choices, key, []) });
    }
    const n = (state.wantedRound.value?.n ?? 0) + 1;
    state.wantedRound.value = { row: runKey, round: roundOfItem(row, item), n };
    session.select(key, { row: runKey });
  };
  return (
    <p class="failed-items">
      {items.slice(0, mostButtons).map(({ item, runKey }) => (
        <button
          key={item}
          type="button"
          class="item-link"
          title={t('Select the step and show this item')}
          onClick={() => {
            show(item, runKey);
          }}
        >
          {t('Show Item {0}', item + 1)}
        </button>
      ))}
    </p>
  );
}
