import type { ComponentChildren } from 'preact';
import type { Increase } from '../../src/analysis/increase.ts';
import type { NumbersAnswer } from '../../src/protocol/numbers.ts';
import {
  type AnalysisTexts,
  concurrencySentences,
  durationSentences,
  errorSentences,
  resourceSentences,
} from '../../src/texts/analysisTexts.ts';
import { causeTitle } from '../../src/texts/findingTexts.ts';
import {
  formatBytes,
  formatClock,
  formatCount,
  formatDuration,
  formatPercent,
  unknown,
} from '../../src/texts/format.ts';
import { sentences } from '../../src/texts/sentences.ts';
import { flowTitle, nodeTitle } from '../../src/texts/titles.ts';
import type { Translate } from '../../src/texts/translate.ts';
import { kindTerm } from '../../src/view/numberCharts.ts';
import { filterOf, flowTerm, nodeTerm, timeTerm } from '../../src/view/numbersFilter.ts';
import { type Panel, usePanel } from '../panelContext.ts';
import { kindOfFlow } from './flowTables.tsx';
import { NumbersTable, titled } from './numbersTable.tsx';

/** What the numbers mean: in words first, then what they rest on. */
export function Analyses({ answer }: { answer: NumbersAnswer }) {
  const panel = usePanel();
  const { state, t } = panel;
  const texts: AnalysisTexts = {
    t,
    kindOf: (flow) => kindOfFlow(answer, flow),
    moment: (atMs) => formatClock(atMs, state.language, answer.span.toMs),
  };
  const way = waysFrom(answer, panel);
  return (
    <>
      <Analysis title={t('Durations')} told={durationSentences(answer.durations, texts)}>
        <DurationTable answer={answer} way={way} texts={texts} />
      </Analysis>
      <Analysis title={t('Error rates')} told={errorSentences(answer.errors, texts)}>
        <ErrorTable answer={answer} way={way} texts={texts} />
      </Analysis>
      <Analysis title={t('Resources')} told={resourceSentences(answer.resources, texts)}>
        <ResourceTable answer={answer} way={way} />
      </Analysis>
      <Analysis title={t('Concurrency')} told={concurrencySentences(answer.concurrency, texts)}>
        <ConcurrencyTable answer={answer} way={way} />
      </Analysis>
    </>
  );
}

function Analysis(props: { title: string; told: readonly string[]; children: ComponentChildren }) {
  return (
    <section class="numbers-section">
      <h2>{props.title}</h2>
      <p class="analysis-words">{sentences(props.told)}</p>
      {props.children}
    </section>
  );
}

type Way = ReturnType<typeof waysFrom>;

/** To the executions of a flow, and of one of its nodes. */
function waysFrom(answer: NumbersAnswer, { session, t }: Panel) {
  const time = timeTerm(answer.span);
  const flowOf = (flow: string) =>
    answer.flows.rows.find((row) => row.flow === flow) ?? { flow, name: flow };
  const term = (flow: string) => flowTerm(flowOf(flow), answer.flows.rows);
  return {
    titleOf: (flow: string) => flowTitle(flowOf(flow), kindOfFlow(answer, flow), t),
    flow: (flow: string) => () => {
      session.showBehind(filterOf(term(flow), time, kindTerm(answer)));
    },
    node:
      (
        field: 'node' | 'failing',
        row: { readonly flow: string; readonly nodeId: string | null; readonly name: string },
        more = '',
      ) =>
      () => {
        const node =
          row.nodeId === null ? 'status:failed' : nodeTerm(field, { ...row }, answer.nodes.rows);
        session.showBehind(filterOf(node, more, term(row.flow), time));
      },
  };
}

interface Part {
  readonly answer: NumbersAnswer;
  readonly way: Way;
  readonly texts?: AnalysisTexts;
}

function DurationTable({ answer, way, texts }: Part) {
  const { t } = usePanel();
  type Row = NumbersAnswer['durations']['nodes'][number];
  const { nodes } = answer.durations;
  if (nodes.length === 0) return null;
  return (
    <NumbersTable<Row>
      caption={t('Durations')}
      rows={nodes}
      keyOf={({ flow, nodeId }) => `${flow} ${nodeId}`}
      columns={[
        {
          ...{ id: 'node', name: t('Node'), ...titled((row) => nodeTitle(row, t)) },
          onOpen: (row) => way.node('node', row),
        },
        {
          ...{ id: 'flow', name: t('Flow') },
          ...titled(({ flow }) => way.titleOf(flow)),
        },
        duration('total', t('Time in all'), ({ totalMs }) => totalMs),
        {
          ...{ id: 'share', name: t('Share of its flow'), isNumber: true },
          value: ({ share }) => share,
          text: ({ share }) => formatPercent(share),
          share: ({ share }) => share,
        },
        duration('waited', t('Waited before (p50)'), ({ waitedP50Ms }) => waitedP50Ms),
        duration('lost', t('Lost to retries'), ({ lostMs }) => lostMs),
        {
          ...{ id: 'slower', name: t('Got slower') },
          value: ({ slower }) => slower?.ratio ?? null,
          text: ({ slower }) => increaseText(slower, formatDuration, t, texts),
        },
      ]}
    />
  );
}

function ErrorTable({ answer, way }: Part) {
  const { state, t } = usePanel();
  type Row = NumbersAnswer['errors']['nodes'][number];
  const { nodes } = answer.errors;
  const count = (value: number) => formatCount(value, state.language);
  if (nodes.length === 0) return null;
  return (
    <NumbersTable<Row>
      caption={t('Error rates')}
      rows={nodes}
      keyOf={({ flow, nodeId, cause, category }) =>
        [flow, nodeId ?? '', cause ?? category].join(' ')
      }
      columns={[
        {
          ...{ id: 'node', name: t('Node') },
          ...titled((row) => nodeTitle(row, t)),
          onOpen: (row) => way.node('failing', row, `cause:${row.cause ?? row.category}`),
        },
        {
          ...{ id: 'flow', name: t('Flow') },
          ...titled(({ flow }) => way.titleOf(flow)),
        },
        {
          ...{ id: 'cause', name: t('Cause') },
          text: ({ cause, category }) => causeTitle(cause, category, t),
          value: ({ cause, category }) => causeTitle(cause, category, t),
        },
        {
          ...{ id: 'failed', name: t('Failed'), isNumber: true },
          value: ({ failures }) => failures,
          text: ({ failures, runs }) => t('{0} of {1}', count(failures), count(runs)),
        },
        {
          ...{ id: 'rate', name: t('Failure rate (95%)'), isNumber: true },
          value: ({ failures, runs }) => (runs === 0 ? null : failures / runs),
          text: ({ low, high }) => t('{0} to {1}', formatPercent(low), formatPercent(high)),
        },
        {
          ...{ id: 'trend', name: t('Trend') },
          text: (row) => trendName(row, t),
          value: (row) => trendName(row, t),
        },
        {
          ...{ id: 'last', name: t('Last'), isNumber: true },
          value: ({ lastMs }) => lastMs,
          text: ({ lastMs }) => formatClock(lastMs, state.language, answer.span.toMs),
        },
      ]}
    />
  );
}

function trendName(
  { trend, isFlaky }: NumbersAnswer['errors']['nodes'][number],
  t: Translate,
): string {
  if (trend === 'new') return t('New');
  if (trend === 'rising') return t('Rising');
  return isFlaky ? t('Flaky') : '';
}

function ResourceTable({ answer, way }: Part) {
  const { state, t } = usePanel();
  type Row = NumbersAnswer['resources']['flows'][number];
  const { flows, isProcessReported } = answer.resources;
  const count = (value: number) => formatCount(value, state.language);
  const number = (
    id: string,
    name: string,
    value: (row: Row) => number | null,
    text: (value: number) => string,
  ) => ({
    ...{ id, name, value, isNumber: true },
    text: (row: Row) => {
      const known = value(row);
      return known === null ? t('not reported') : text(known);
    },
  });
  return (
    <NumbersTable<Row>
      caption={t('Resources')}
      rows={flows}
      keyOf={({ flow }) => flow}
      columns={[
        flowColumn<Row>(way, t),
        number('record', t('Record (p50)'), ({ recordBytes }) => recordBytes.p50, formatBytes),
        number('largest', t('Largest record'), ({ recordBytes }) => recordBytes.max, formatBytes),
        number('tokens', t('Tokens'), ({ tokens }) => tokens.total, count),
        number('logs', t('Log lines'), ({ logLines }) => logLines.total, count),
        number('stored', t('Large values'), ({ storedValues }) => storedValues, count),
        ...(isProcessReported
          ? [
              number('cpu', t('CPU time (p50)'), ({ cpuMs }) => cpuMs?.p50 ?? null, formatDuration),
              number(
                'memory',
                t('Memory (max)'),
                (row) => row.memoryBytes?.max ?? null,
                formatBytes,
              ),
              number(
                ...(['loop', t('Event loop (p95)')] as const),
                (row) => row.eventLoopUtilization?.p95 ?? null,
                formatPercent,
              ),
            ]
          : []),
      ]}
    />
  );
}

function ConcurrencyTable({ answer, way }: Part) {
  const { state, t } = usePanel();
  type Row = NumbersAnswer['concurrency']['flows'][number];
  const count = (value: number) => formatCount(value, state.language);
  return (
    <NumbersTable<Row>
      caption={t('Concurrency')}
      rows={answer.concurrency.flows}
      keyOf={({ flow }) => flow}
      columns={[
        flowColumn<Row>(way, t),
        {
          ...{ id: 'executions', name: t('Executions'), isNumber: true },
          value: ({ executions }) => executions,
          text: ({ executions }) => count(executions),
        },
        {
          ...{ id: 'most', name: t('Most at once'), isNumber: true },
          value: ({ maxInFlight }) => maxInFlight,
          text: ({ maxInFlight }) => count(maxInFlight),
        },
        duration('calm', t('At quiet times'), (row) => row.slowerWhenBusy?.calmMs ?? null),
        duration('busy', t('At busy times'), (row) => row.slowerWhenBusy?.busyMs ?? null),
      ]}
    />
  );
}

function flowColumn<Row extends { readonly flow: string }>(way: Way, t: Translate) {
  return {
    ...{ id: 'flow', name: t('Flow') },
    ...titled(({ flow }: Row) => way.titleOf(flow)),
    onOpen: ({ flow }: Row) => way.flow(flow),
  };
}

function duration<Row>(id: string, name: string, value: (row: Row) => number | null) {
  return {
    ...{ id, name, value, isNumber: true },
    text: (row: Row) => {
      const ms = value(row);
      return ms === null || ms === 0 ? unknown : formatDuration(ms);
    },
  };
}

function increaseText(
  increase: Increase | null,
  write: (value: number) => string,
  t: Translate,
  texts: AnalysisTexts | undefined,
): string {
  if (increase === null || texts === undefined) return '';
  const { before, since, to } = increase;
  return t('{0} → {1} since {2}', ...[write(before), write(since), texts.moment(to)]);
}
