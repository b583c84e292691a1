import type { NumbersAnswer } from '../../src/protocol/numbers.ts';
import type { FlowNumbers, NodeNumbers } from '../../src/analysis/tables.ts';
import { formatCount, formatDuration, formatPercent, unknown } from '../../src/texts/format.ts';
import { flowTitle, nodeTitle } from '../../src/texts/titles.ts';
import type { ExecutionKind } from '../../src/trace/execution.ts';
import { kindTerm } from '../../src/view/numberCharts.ts';
import { filterOf, flowTerm, nodeTerm, timeTerm } from '../../src/view/numbersFilter.ts';
import { usePanel } from '../panelContext.ts';
import { NumbersTable, titled } from './numbersTable.tsx';

/** The flows in numbers. */
export function FlowTable({ answer }: { answer: NumbersAnswer }) {
  const { state, session, t } = usePanel();
  const { rows, total } = answer.flows;
  const count = (value: number) => formatCount(value, state.language);
  const behind = (row: FlowNumbers, status: string) => () => {
    session.showBehind(
      filterOf(status, flowTerm(row, rows), timeTerm(answer.span), kindTerm(answer)),
    );
  };
  return (
    <section class="numbers-section">
      <h2>{t('Flows')}</h2>
      <NumbersTable<FlowNumbers>
        caption={t('Flows')}
        rows={rows}
        total={total}
        keyOf={({ flow }) => flow}
        columns={[
          {
            ...{ id: 'flow', name: t('Flow'), ...titled((row) => flowTitle(row, row.kind, t)) },
            onOpen: (row) => behind(row, ''),
          },
          {
            ...{ id: 'runs', name: t('Runs'), isNumber: true, value: ({ runs }) => runs },
            text: ({ runs }) => count(runs),
          },
          {
            ...{ id: 'failed', name: t('Failed'), isNumber: true, value: ({ failed }) => failed },
            text: ({ failed }) => count(failed),
            onOpen: (row) => (row.failed === 0 ? null : behind(row, 'status:failed')),
          },
          ...sharedColumns<FlowNumbers>(t, count),
        ]}
      />
    </section>
  );
}

/** The nodes in numbers: those first that take most time. */
export function NodeTable({ answer }: { answer: NumbersAnswer }) {
  const { state, session, t } = usePanel();
  const { rows, total } = answer.nodes;
  const count = (value: number) => formatCount(value, state.language);
  const behind = (row: NodeNumbers, field: 'node' | 'failing') => () => {
    const flow = flowTerm({ flow: row.flow, name: row.flowName }, answer.flows.rows);
    session.showBehind(filterOf(nodeTerm(field, row, rows), flow, timeTerm(answer.span)));
  };
  if (rows.length === 0) return null;
  return (
    <section class="numbers-section">
      <h2>{t('Nodes')}</h2>
      <NumbersTable<NodeNumbers>
        caption={t('Nodes')}
        rows={rows}
        total={total}
        keyOf={({ flow, nodeId }) => `${flow} ${nodeId}`}
        columns={[
          {
            ...{ id: 'node', name: t('Node'), ...titled((row) => nodeTitle(row, t)) },
            onOpen: (row) => behind(row, 'node'),
          },
          {
            ...{ id: 'flow', name: t('Flow') },
            ...titled(({ flow, flowName }) =>
              flowTitle({ flow, name: flowName }, kindOfFlow(answer, flow), t),
            ),
          },
          {
            ...{ id: 'runs', name: t('Runs'), isNumber: true, value: ({ runs }) => runs },
            text: ({ runs }) => count(runs),
          },
          {
            ...{ id: 'failed', name: t('Failed'), isNumber: true, value: ({ failed }) => failed },
            text: ({ failed }) => count(failed),
            onOpen: (row) => (row.failed === 0 ? null : behind(row, 'failing')),
          },
          ...sharedColumns<NodeNumbers>(t, count),
        ]}
      />
    </section>
  );
}

function sharedColumns<Row extends FlowNumbers | NodeNumbers>(
  t: ReturnType<typeof usePanel>['t'],
  count: (value: number) => string,
) {
  const column = (
    id: string,
    name: string,
    value: (row: Row) => number | null,
    text: (value: number) => string,
  ) => ({
    ...{ id, name, value, isNumber: true },
    text: (row: Row) => {
      const known = value(row);
      return known === null ? unknown : text(known);
    },
  });
  return [
    column('rate', t('Failure rate'), (row) => row.failureRate, formatPercent),
    column('p50', 'p50', (row) => row.p50Ms, formatDuration),
    column('p95', 'p95', (row) => row.p95Ms, formatDuration),
    {
      ...column('share', t('Share of time'), (row) => row.share, formatPercent),
      share: (row: Row) => row.share,
    },
    column('tokens', t('Tokens'), (row) => row.tokens, count),
  ];
}

/** What ran under the id of a flow; null where it isn't among those that are listed. */
export function kindOfFlow({ flows }: NumbersAnswer, flow: string): ExecutionKind | null {
  return flows.rows.find((row) => row.flow === flow)?.kind ?? null;
}
