import type { NumbersAnswer } from '../../src/protocol/numbers.ts';
import { flowTable, flowTableText, nodeTable, nodeTableText } from '../../src/view/numberTables.ts';
import type { TableTexts } from '../../src/view/tableColumns.ts';
import { usePanel } from '../panelContext.ts';
import { NumbersTable } from './numbersTable.tsx';

/** The flows and the nodes in numbers. */
export function FlowTables({ answer, texts }: { answer: NumbersAnswer; texts: TableTexts }) {
  const { session, t } = usePanel();
  return (
    <>
      <section class="numbers-section">
        <NumbersTable table={flowTable(answer, texts)} told={flowTableText(answer, texts)} />
        <button
          type="button"
          class="link numbers-setting"
          onClick={() => {
            session.tell('openSettings', { setting: 'rpaTrace.numbers.minutesByHand' });
          }}
        >
          {t('Set Minutes by Hand…')}
        </button>
      </section>
      {(answer.nodes.rows.length > 0 || answer.failedNowhere > 0) && (
        <section class="numbers-section">
          <NumbersTable table={nodeTable(answer, texts)} told={nodeTableText(answer, texts)} />
        </section>
      )}
    </>
  );
}
