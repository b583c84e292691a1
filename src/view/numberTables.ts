import type { Increase } from '../analysis/increase.ts';
import type { FlowResources } from '../analysis/resources.ts';
import type { FlowNumbers, NodeNumbers } from '../analysis/tables.ts';
import type { NumbersAnswer } from '../protocol/numbers.ts';
import { tokenCount } from '../texts/analysisTexts.ts';
import { causeTitle } from '../texts/findingTexts.ts';
import {
  formatBytes,
  formatClock,
  formatCount,
  formatDuration,
  formatPercent,
  unknown,
} from '../texts/format.ts';
import { enumerated, sentences } from '../texts/sentences.ts';
import { flowTitle, nodeTitle } from '../texts/titles.ts';
import type { Translate } from '../texts/translate.ts';
import type { ExecutionKind } from '../trace/execution.ts';
import { filterOf, flowTerm, nodeTerm, scopeTerms } from './numbersFilter.ts';
import {
  type Column,
  columnsFor,
  type StepInFlow,
  type Table,
  type TableTexts,
} from './tableColumns.ts';

type ErrorRow = NumbersAnswer['errors']['nodes'][number];

/** The flows in numbers. */
export function flowTable(answer: NumbersAnswer, texts: TableTexts): Table<FlowNumbers> {
  const { t } = texts;
  const { title, count } = columnsFor(texts);
  const behind = (row: FlowNumbers, status: string) =>
    filterOf(status, flowTerm(row, answer.flows.rows), ...scopeTerms(answer));
  return {
    ...{ id: 'flows', title: t('Flows'), ...answer.flows, keyOf: ({ flow }) => flow },
    columns: [
      title<FlowNumbers>(
        ...(['flow', t('Flow'), (row: FlowNumbers) => flowTitle(row, row.kind, t)] as const),
        (row) => behind(row, ''),
      ),
      count('runs', t('Runs'), ({ runs }) => runs),
      {
        ...count<FlowNumbers>('failed', t('Failed'), ({ failed }) => failed),
        filter: (row) => (row.failed === 0 ? null : behind(row, 'status:failed')),
      },
      ...sharedColumns<FlowNumbers>(texts, t('Of the runs that succeeded.')),
    ],
  };
}

/** The nodes in numbers: those first that take most time. */
export function nodeTable(answer: NumbersAnswer, texts: TableTexts): Table<NodeNumbers> {
  const { t } = texts;
  const { title, count } = columnsFor(texts);
  const { rows, total } = answer.nodes;
  const behind = (row: NodeNumbers, field: 'node' | 'failing') => {
    const flow = flowTerm({ flow: row.flow, name: row.flowName }, answer.flows.rows);
    return filterOf(nodeTerm(field, row, rows), flow, ...scopeTerms(answer, 'runs and calls'));
  };
  return {
    ...{ id: 'nodes', title: t('Nodes'), rows, total, keyOf: nodeKey },
    columns: [
      {
        ...title<NodeNumbers>(
          ...(['node', t('Node'), (row: NodeNumbers) => nodeTitle(row, t)] as const),
          (row) => behind(row, 'node'),
        ),
        step: stepFrom(answer),
      },
      title('flow', t('Flow'), ({ flowName: name, flow }) => {
        return flowTitle({ name, flow }, kindOfFlow(answer, flow), t);
      }),
      count('runs', t('Runs'), ({ runs }) => runs),
      {
        ...count<NodeNumbers>('failed', t('Failed'), ({ failed }) => failed),
        filter: (row) => (row.failed === 0 ? null : behind(row, 'failing')),
      },
      ...sharedColumns<NodeNumbers>(texts, t('Of all runs of the node, failed ones as well.')),
      courseColumn(texts),
    ],
  };
}

/** Of what the shares of the table of flows are. */
export function flowTableText({ flows: { rows } }: NumbersAnswer, { t }: TableTexts): string {
  // Not to the last digit: 1 / 49 * 49 is not 1.
  const isPart = rows.some(
    ({ runs, failed, failureRate }) => Math.abs(failed - (failureRate ?? 0) * runs) > 0.000_001,
  );
  return isPart
    ? t('Failure rate: of the runs that succeeded or failed. Durations: of those that succeeded.')
    : t('Durations: of the runs that succeeded.');
}

/** Of what the counts of the table of nodes are, and what is in no row of it. */
export function nodeTableText(
  { nodes, failedNowhere }: NumbersAnswer,
  { t, language }: TableTexts,
): string {
  return sentences([
    ...(nodes.rows.length === 0
      ? []
      : [
          t('Runs: those that reached the node, finished or not.'),
          t('Durations: of all runs of the node, failed ones as well.'),
        ]),
    failedNowhere === 0
      ? ''
      : t(
          'Failed at a node that the record doesn’t name, so not in this table: {0}.',
          formatCount(failedNowhere, language),
        ),
  ]);
}

/** Which nodes take the time, and what got slower. */
export function durationTable(answer: NumbersAnswer, texts: TableTexts) {
  type Row = NumbersAnswer['durations']['nodes'][number];
  const { t } = texts;
  const { text, title, duration, percent } = columnsFor(texts);
  const way = waysFrom(answer, t);
  const table: Table<Row> = {
    ...{ id: 'durations', title: t('Durations'), rows: answer.durations.nodes, keyOf: nodeKey },
    columns: [
      {
        ...title<Row>(...(['node', t('Node'), (row: Row) => nodeTitle(row, t)] as const), (row) =>
          way.node('node', row),
        ),
        step: stepFrom(answer),
      },
      title('flow', t('Flow'), ({ flow }) => way.titleOf(flow)),
      {
        ...duration<Row>('total', t('Total time'), ({ totalMs }) => some(totalMs)),
        tip: t(
          'The time of the node itself, without earlier attempts. In an iteration, each round counts as long as the one in the record.',
        ),
      },
      {
        ...percent<Row>('share', t('Share of its flow'), ({ share }) => share),
        share: ({ share }) => share,
      },
      duration('waited', t('Waited before (p50)'), ({ waitedP50Ms }) => some(waitedP50Ms)),
      duration('lost', t('Lost to retries'), ({ lostMs }) => some(lostMs)),
      {
        ...text<Row>('slower', t('Got slower'), ({ slower }) => increaseText(slower, texts)),
        value: ({ slower }) => slower?.ratio ?? null,
      },
    ],
  };
  return table;
}

/** Which nodes fail, of what and how often. */
export function errorTable(answer: NumbersAnswer, texts: TableTexts): Table<ErrorRow> {
  const { t, language } = texts;
  const { text, title, moment, percent } = columnsFor(texts);
  const count = (value: number) => formatCount(value, language);
  const way = waysFrom(answer, t);
  const rate = percent<ErrorRow>('rate', t('Failure rate (95%)'), ({ failures, runs }) =>
    runs === 0 ? null : failures / runs,
  );
  return {
    ...{ id: 'error-rates', title: t('Error rates'), rows: answer.errors.nodes },
    keyOf: ({ flow, nodeId, cause, category }) => [flow, nodeId ?? '', cause ?? category].join(' '),
    columns: [
      {
        ...title<ErrorRow>(
          ...(['node', t('Node'), (row: ErrorRow) => nodeTitle(row, t)] as const),
          (row) => way.node('failing', row, `cause:${row.cause ?? row.category}`),
        ),
        step: stepFrom(answer),
      },
      title('flow', t('Flow'), ({ flow }) => way.titleOf(flow)),
      text('cause', t('Cause'), ({ cause, category }) => causeTitle(cause, category, t)),
      {
        ...{ id: 'failed', name: t('Failed'), isNumber: true, value: ({ failures }) => failures },
        text: ({ failures, runs }) => t('{0} of {1}', count(failures), count(runs)),
      },
      {
        ...rate,
        text: ({ low, high }) => t('{0} to {1}', formatPercent(low), formatPercent(high)),
      },
      text('trend', t('Trend'), (row) => trendName(row, t)),
      moment('last', t('Last'), ({ lastMs }) => lastMs),
    ],
  };
}

/** What flows use. */
export function resourceTable(answer: NumbersAnswer, texts: TableTexts) {
  type Row = NumbersAnswer['resources']['flows'][number];
  const { t } = texts;
  const { bytes, count, duration, percent, text } = columnsFor(texts);
  const { flows, isProcessReported } = answer.resources;
  const missing = t('not reported');
  const process: readonly Column<Row>[] = [
    duration('cpu', t('CPU time (p50)'), ({ cpuMs }) => cpuMs?.p50 ?? null, missing),
    bytes('memory', t('Memory (max)'), ({ memoryBytes }) => memoryBytes?.max ?? null, missing),
    percent('loop', t('Event loop (p95)'), (row) => row.eventLoopUtilization?.p95 ?? null, missing),
    duration('delay', t('Loop delay (p95)'), (row) => row.eventLoopDelayMs?.p95 ?? null, missing),
  ];
  const table: Table<Row> = {
    ...{ id: 'resources', title: t('Resources'), rows: flows, keyOf: ({ flow }) => flow },
    columns: [
      flowColumn(answer, texts),
      bytes('record', t('Record (p50)'), ({ recordBytes }) => recordBytes.p50),
      bytes('largest', t('Largest record'), ({ recordBytes }) => recordBytes.max),
      bytes('payload', t('Input and output (p50)'), ({ payloadBytes }) =>
        payloadBytes.count === 0 ? null : payloadBytes.p50,
      ),
      count('tokens', t('Tokens'), ({ tokens }) => tokens.total),
      count('logs', t('Log lines'), ({ logLines }) => logLines.total),
      count('stored', t('Large values'), ({ storedValues }) => storedValues),
      {
        ...text<Row>('grown', t('Grew'), (row) => grownText(row, texts)),
        value: ({ grownPayload, grownBytes, grownTokens }) =>
          (grownPayload ?? grownBytes ?? grownTokens)?.ratio ?? null,
      },
      ...(isProcessReported ? process : []),
    ],
  };
  return table;
}

/** What goes on at the same time, and whether that slows it down. */
export function concurrencyTable(answer: NumbersAnswer, texts: TableTexts) {
  type Row = NumbersAnswer['concurrency']['flows'][number];
  const { t } = texts;
  const { count, duration } = columnsFor(texts);
  const { flows } = answer.concurrency;
  const table: Table<Row> = {
    ...{ id: 'concurrency', title: t('Concurrency'), rows: flows, keyOf: ({ flow }) => flow },
    columns: [
      flowColumn(answer, texts),
      count('executions', t('Runs with times'), ({ executions }) => executions),
      count('most', t('Most at once'), ({ maxInFlight }) => maxInFlight),
      count('queued', t('Back to back'), ({ queued }) => queued),
      duration('calm', t('At quiet times'), (row) => row.slowerWhenBusy?.calmMs ?? null),
      duration('busy', t('At busy times'), (row) => row.slowerWhenBusy?.busyMs ?? null),
    ],
  };
  return table;
}

function sharedColumns<Row extends FlowNumbers | NodeNumbers>(
  texts: TableTexts,
  durationsTip: string,
): readonly Column<Row>[] {
  const { t } = texts;
  const { count, duration, percent } = columnsFor(texts);
  return [
    percent('rate', t('Failure rate'), (row) => row.failureRate),
    { ...duration<Row>('p50', 'p50', (row) => row.p50Ms), tip: durationsTip },
    { ...duration<Row>('p95', 'p95', (row) => row.p95Ms), tip: durationsTip },
    {
      ...percent<Row>('share', t('Share of time'), ({ share }) => share),
      share: ({ share }) => share,
    },
    count('tokens', t('Tokens'), (row) => row.tokens),
  ];
}

/** From the first of its durations that is known to the last. */
function courseColumn({ t }: TableTexts): Column<NodeNumbers> {
  const known = ({ course = [] }: NodeNumbers) => course.filter((ms) => ms !== null);
  return {
    ...{ id: 'course', name: t('Trend (p50)'), course: ({ course = [] }) => course },
    tip: t('Of the runs of the node that succeeded.'),
    text: (row) => {
      const [first, ...later] = known(row);
      const last = later.at(-1);
      if (first === undefined || last === undefined) return unknown;
      return t('{0} → {1}', formatDuration(first), formatDuration(last));
    },
    value: (row) => {
      const [first, ...later] = known(row);
      const last = later.at(-1);
      return first === undefined || last === undefined || first === 0 ? null : last / first;
    },
  };
}

function flowColumn<Row extends { readonly flow: string }>(
  answer: NumbersAnswer,
  texts: TableTexts,
): Column<Row> {
  const way = waysFrom(answer, texts.t);
  return columnsFor(texts).title<Row>(
    ...(['flow', texts.t('Flow'), ({ flow }: Row) => way.titleOf(flow)] as const),
    ({ flow }) => way.flow(flow),
  );
}

/** To the executions of a flow, and of one of its nodes. */
function waysFrom(answer: NumbersAnswer, t: Translate) {
  const flowOf = (flow: string) =>
    answer.flows.rows.find((row) => row.flow === flow) ?? { flow, name: flow };
  const term = (flow: string) => flowTerm(flowOf(flow), answer.flows.rows);
  return {
    titleOf: (flow: string) => flowTitle(flowOf(flow), kindOfFlow(answer, flow), t),
    flow: (flow: string) => filterOf(term(flow), ...scopeTerms(answer)),
    node: (
      field: 'node' | 'failing',
      row: { readonly flow: string; readonly nodeId: string | null; readonly name: string },
      more = '',
    ) => {
      const node =
        row.nodeId === null ? 'status:failed' : nodeTerm(field, { ...row }, answer.nodes.rows);
      return filterOf(node, more, term(row.flow), ...scopeTerms(answer, 'runs and calls'));
    },
  };
}

/** To a node in its flow file, by the newest execution of its flow. */
function stepFrom({ newest }: NumbersAnswer) {
  const keys = new Map(newest.map(({ flow, key }) => [flow, key]));
  return (row: {
    readonly flow: string;
    readonly nodeId: string | null;
    readonly name: string;
  }): StepInFlow | null => {
    const [key, { nodeId, name }] = [keys.get(row.flow), row];
    return key === undefined || nodeId === null ? null : { key, target: { nodeId, name } };
  };
}

function trendName({ trend, isFlaky }: ErrorRow, t: Translate): string {
  const names = [
    ...(trend === null ? [] : [trend === 'new' ? t('New') : t('Rising')]),
    ...(isFlaky ? [t('Flaky')] : []),
  ];
  return enumerated(names, t);
}

function increaseText(
  increase: Increase | null,
  { t, language, nowMs }: TableTexts,
  format: (value: number) => string = formatDuration,
): string {
  if (increase === null) return '';
  const { before, since, to } = increase;
  return t(
    '{0} → {1} since {2}',
    ...[format(before), format(since), formatClock(to, language, nowMs)],
  );
}

/** Inputs and outputs, else the record, and tokens. */
function grownText(
  { grownPayload, grownBytes, grownTokens }: FlowResources,
  texts: TableTexts,
): string {
  const grown = [
    increaseText(grownPayload ?? grownBytes, texts, formatBytes),
    increaseText(grownTokens, texts, (count) => tokenCount(count, texts)),
  ];
  const said = enumerated(
    grown.filter((text) => text !== ''),
    texts.t,
  );
  return said === '' ? unknown : said;
}

/** None, where it took no time. */
function some(ms: number): number | null {
  return ms === 0 ? null : ms;
}

/** What ran under the id of a flow; null where it isn't among those that are listed. */
export function kindOfFlow({ flows }: NumbersAnswer, flow: string): ExecutionKind | null {
  return flows.rows.find((row) => row.flow === flow)?.kind ?? null;
}

function nodeKey({ flow, nodeId }: { readonly flow: string; readonly nodeId: string }): string {
  return `${flow} ${nodeId}`;
}
