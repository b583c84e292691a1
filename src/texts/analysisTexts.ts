import type { Concurrency, FlowConcurrency } from '../analysis/concurrency.ts';
import type { Durations } from '../analysis/durations.ts';
import type { ErrorRates } from '../analysis/errorRates.ts';
import type { Increase } from '../analysis/increase.ts';
import type { Resources } from '../analysis/resources.ts';
import type { ExecutionKind } from '../trace/execution.ts';
import { formatBytes, formatCount, formatDuration, formatPercent } from './format.ts';
import { causeTitle } from './findingTexts.ts';
import { enumerated } from './sentences.ts';
import { flowTitle, nodeTitle, titleText } from './titles.ts';
import type { Translate } from './translate.ts';

/** What the sentences need of where they are shown. */
export interface AnalysisTexts {
  readonly t: Translate;
  readonly language: string;
  /** A moment, for people. */
  readonly moment: (atMs: number) => string;
  /** What ran under the id of a flow; null where that isn't known. */
  readonly kindOf: (flow: string) => ExecutionKind | null;
  /** What it is called; empty where that isn't known. */
  readonly nameOf: (flow: string) => string;
}

/** So many of what got slower or grew are told in words; the table has all. */
const mostTold = 3;

/** Which nodes take the time, and what got slower since when. */
export function durationSentences(
  { flows, nodes }: Durations,
  texts: AnalysisTexts,
): readonly string[] {
  const { t, moment } = texts;
  const nodeName = nodeNames(nodes, texts);
  const [most] = nodes;
  const [longest] = flows;
  const first =
    most !== undefined && most.totalMs > 0
      ? t(
          'Most time is spent in “{0}”: {1} of its flow. Half of its runs took up to {2}, one in twenty longer than {3}.',
          ...[nodeName(most), formatPercent(most.share), formatDuration(most.p50Ms)],
          formatDuration(most.p95Ms),
        )
      : longest === undefined || longest.totalMs === 0
        ? t('No execution has a duration.')
        : t(
            'Most time is spent in “{0}”: {1}.',
            flowName(longest, texts),
            formatDuration(longest.totalMs),
          );
  const slower = [
    ...flows.flatMap((flow) =>
      flow.slower === null ? [] : [[flowName(flow, texts), flow.slower] as const],
    ),
    ...nodes.flatMap((node) =>
      node.slower === null ? [] : [[nodeName(node), node.slower] as const],
    ),
  ];
  return [
    first,
    ...slower
      .slice(0, mostTold)
      .map(([what, { before, since, from, to }]) =>
        t(
          '“{0}” got slower between {1} and {2}: from {3} to {4}.',
          ...[what, moment(from), moment(to), formatDuration(before), formatDuration(since)],
        ),
      ),
    ...moreText(slower.length, t),
    ...waitingText(nodes, nodeName, t),
    ...retryText(nodes, nodeName, t),
  ];
}

/** Less is what an engine takes from one step to the next. */
const leastWaitMs = 1_000;

/** Before which node the flow stands still longest. */
function waitingText(
  nodes: Durations['nodes'],
  nodeName: (node: NamedNode) => string,
  t: Translate,
): readonly string[] {
  const longest = longestBy(nodes, ({ waitedP50Ms }) => waitedP50Ms);
  if (longest === undefined || longest.waitedP50Ms < leastWaitMs) return [];
  const waited = formatDuration(longest.waitedP50Ms);
  return [t('Before “{0}” half of its runs waited {1} or longer.', nodeName(longest), waited)];
}

/** What earlier attempts took, and at which node most. */
function retryText(
  nodes: Durations['nodes'],
  nodeName: (node: NamedNode) => string,
  t: Translate,
): readonly string[] {
  const all = nodes.reduce((sum, { lostMs }) => sum + lostMs, 0);
  const most = longestBy(nodes, ({ lostMs }) => lostMs);
  if (most === undefined || all === 0) return [];
  return [
    t(
      'Earlier attempts took up to {0}; those at “{1}” most: {2}.',
      ...[formatDuration(all), nodeName(most), formatDuration(most.lostMs)],
    ),
  ];
}

function longestBy<Row>(rows: readonly Row[], msOf: (row: Row) => number): Row | undefined {
  return rows.reduce<Row | undefined>(
    (most, row) => (most === undefined || msOf(row) > msOf(most) ? row : most),
    undefined,
  );
}

/** Where executions fail most, of what, and what retries saved. */
export function errorSentences(
  { nodes, savedByRetry, savedShare }: ErrorRates,
  texts: AnalysisTexts,
): readonly string[] {
  const { t } = texts;
  const nodeName = nodeNames(nodes, texts);
  const [most] = nodes;
  return [
    most === undefined
      ? t('No execution failed.')
      : t(
          'Most failures of one cause are at “{0}” (runs: {1} of {2}). {3}.',
          ...[nodeName(most), most.failures, most.runs],
          causeTitle(most.cause, most.category, t),
        ),
    ...(['new', 'rising', null] as const).flatMap((trend) => {
      const such = nodes.filter((node) => node.trend === trend && (trend !== null || node.isFlaky));
      // Of several causes at one node it is said once.
      return trendText([...new Set(such.map(nodeName))], trend, t);
    }),
    ...savedText(savedByRetry, formatPercent(savedShare), t),
  ];
}

function savedText(count: number, share: string, t: Translate): readonly string[] {
  if (count === 0) return [];
  return [
    count === 1
      ? t('A later attempt saved 1 execution: {0} of those that would have failed.', share)
      : t(
          'A later attempt saved {0} executions: {1} of those that would have failed.',
          count,
          share,
        ),
  ];
}

/** What is true of several steps is said once of them all. */
function trendText(
  names: readonly string[],
  trend: 'new' | 'rising' | null,
  t: Translate,
): readonly string[] {
  const [name] = names;
  if (name === undefined) return [];
  const told = names.slice(0, mostTold).map((one) => t('“{0}”', one));
  const more = names.length - told.length;
  const rest = more === 0 ? '' : more === 1 ? t('1 more step') : t('{0} more steps', more);
  const all = enumerated([...told, rest], t);
  const isOne = names.length === 1;
  switch (trend) {
    case 'new':
      return [
        isOne
          ? t('“{0}” used to succeed, then began to fail.', name)
          : t('These steps used to succeed, then began to fail: {0}.', all),
      ];
    case 'rising':
      return [
        isOne
          ? t('“{0}” fails more often than before.', name)
          : t('These steps fail more often than before: {0}.', all),
      ];
    case null:
      return [
        isOne
          ? t('“{0}” alternately fails and passes.', name)
          : t('These steps alternately fail and pass: {0}.', all),
      ];
  }
}

/** How large records are, what models and processes used, and what grew. */
export function resourceSentences(
  { executions, recordBytes, payloadBytes, tokens, isProcessReported, flows }: Resources,
  texts: AnalysisTexts,
): readonly string[] {
  const { t, moment } = texts;
  const tokensText = (count: number) => tokenCount(count, texts);
  if (executions === 0) return [t('There are no executions.')];
  const grown = flows.flatMap((flow) => [
    // Where inputs and outputs grew, the record did for it.
    ...grownText(flowName(flow, texts), flow.grownPayload ?? flow.grownBytes, formatBytes),
    ...grownText(flowName(flow, texts), flow.grownTokens, tokensText),
  ]);
  return [
    t(
      'Half of the records have {0} or less, the largest {1}.',
      ...[formatBytes(recordBytes.p50), formatBytes(recordBytes.max)],
    ),
    ...(payloadBytes.count === 0
      ? []
      : [
          t(
            'Half of the executions have {0} or less of inputs and outputs, the largest {1}.',
            ...[formatBytes(payloadBytes.p50), formatBytes(payloadBytes.max)],
          ),
        ]),
    tokens === 0
      ? t('No language model was used.')
      : t('Used by language models: {0}.', tokensText(tokens)),
    ...(isProcessReported
      ? []
      : [t('CPU time, memory and event loop aren’t reported: the platform provides none.')]),
    ...grown
      .slice(0, mostTold)
      .map(({ name, before, since, from, to }) =>
        t(
          '“{0}” grew between {1} and {2}: from {3} to {4}.',
          ...[name, moment(from), moment(to), before, since],
        ),
      ),
    ...moreText(grown.length, t),
  ];
}

/** So many tokens. */
export function tokenCount(
  count: number,
  { t, language }: Pick<AnalysisTexts, 't' | 'language'>,
): string {
  return count === 1 ? t('1 token') : t('{0} tokens', formatCount(Math.round(count), language));
}

function grownText(name: string, increase: Increase | null, format: (value: number) => string) {
  if (increase === null) return [];
  const { before, since, from, to } = increase;
  return [{ name, before: format(before), since: format(since), from, to }];
}

/** How many executions went on at once, and whether that slows them down. */
export function concurrencySentences(
  { maxInFlight, maxAtMs, flows, byHour, peakHour }: Concurrency,
  texts: AnalysisTexts,
): readonly string[] {
  const { t, moment } = texts;
  if (maxAtMs === null) return [t('No execution has times.')];
  const busy = flows.flatMap((flow) =>
    flow.slowerWhenBusy === null ? [] : [{ name: flowName(flow, texts), ...flow.slowerWhenBusy }],
  );
  return [
    maxInFlight === 1
      ? t('Executions ran one after the other.')
      : t('Most executions at once: {0} ({1}).', maxInFlight, moment(maxAtMs)),
    ...(peakHour === null ? [] : [peakText(peakHour, byHour, texts)]),
    ...busy
      .slice(0, mostTold)
      .map(({ name, calmMs, busyMs }) =>
        t(
          '“{0}” takes longer the more runs in parallel: {1} at quiet times, {2} at busy ones.',
          ...[name, formatDuration(calmMs), formatDuration(busyMs)],
        ),
      ),
    ...moreText(busy.length, t),
    ...flows
      .filter(({ isQueueing }) => isQueueing)
      .slice(0, mostTold)
      .map((flow) => queueText(flow, texts)),
  ];
}

/** Which hour of the day is the busiest, and by how much. */
function peakText(
  peakHour: number,
  byHour: readonly number[],
  { t, language }: AnalysisTexts,
): string {
  const count = (value: number) => formatCount(value, language);
  return t(
    'Busiest hour of the day: {0}:00 to {1}:00, in which {2} of {3} began.',
    ...[peakHour, (peakHour + 1) % 24, count(byHour[peakHour] ?? 0)],
    count(byHour.reduce((sum, began) => sum + began, 0)),
  );
}

/** That it waits is a guess; that there are no gaps is none. */
function queueText(flow: FlowConcurrency, texts: AnalysisTexts): string {
  const { t } = texts;
  const [name, { queued, executions, maxInFlight }] = [flowName(flow, texts), flow];
  return maxInFlight === 1
    ? t(
        '“{0}” seems to queue: {1} of {2} began right after another, and none in parallel.',
        ...[name, queued, executions],
      )
    : t(
        '“{0}” seems to queue: {1} of {2} began right after another, at most {3} at once.',
        ...[name, queued, executions, maxInFlight],
      );
}

function moreText(count: number, t: Translate): readonly string[] {
  return count > mostTold ? [t('In the table: {0} more.', count - mostTold)] : [];
}

function flowName(
  row: { readonly flow: string; readonly name: string },
  { t, kindOf }: AnalysisTexts,
): string {
  return titleText(flowTitle(row, kindOf(row.flow), t));
}

type NamedNode = Durations['nodes'][number] | ErrorRates['nodes'][number];

/** What nodes are called: with their flow where those of several flows are called so. */
function nodeNames(nodes: readonly NamedNode[], texts: AnalysisTexts): (node: NamedNode) => string {
  const nameOf = (node: NamedNode) => titleText(nodeTitle(node, texts.t));
  const flowsOf = new Map<string, Set<string>>();
  for (const node of nodes) {
    const name = nameOf(node);
    flowsOf.set(name, (flowsOf.get(name) ?? new Set()).add(node.flow));
  }
  return (node) => {
    const [name, { flow }] = [nameOf(node), node];
    if ((flowsOf.get(name)?.size ?? 0) < 2) return name;
    return texts.t('{0} ({1})', name, flowName({ flow, name: texts.nameOf(flow) }, texts));
  };
}
