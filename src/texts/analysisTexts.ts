import type { Concurrency } from '../analysis/concurrency.ts';
import type { Durations } from '../analysis/durations.ts';
import type { ErrorRates } from '../analysis/errorRates.ts';
import type { Increase } from '../analysis/increase.ts';
import type { Resources } from '../analysis/resources.ts';
import { formatBytes, formatCount, formatDuration, formatPercent } from './format.ts';
import { causeTitle } from './findingTexts.ts';
import type { Translate } from './translate.ts';

/** What the sentences need of where they are shown. */
export interface AnalysisTexts {
  readonly t: Translate;
  readonly language: string;
  /** A moment, for people. */
  readonly moment: (atMs: number) => string;
}

/** So many of what got slower or grew are told in words; the table has all. */
const mostTold = 3;

/** Which nodes take the time, and what got slower since when. */
export function durationSentences(
  { flows, nodes }: Durations,
  { t, moment }: AnalysisTexts,
): readonly string[] {
  const [most] = nodes;
  const [longest] = flows;
  const name = (node: { readonly name: string; readonly nodeId: string }) =>
    node.name === '' ? node.nodeId : node.name;
  const first =
    most !== undefined && most.totalMs > 0
      ? t(
          'Most time goes into “{0}”: {1} of its flow, {2} in half of its runs and {3} in one of twenty.',
          ...[name(most), formatPercent(most.share), formatDuration(most.p50Ms)],
          formatDuration(most.p95Ms),
        )
      : longest === undefined || longest.totalMs === 0
        ? t('No execution has a duration.')
        : t('Most time goes into “{0}”: {1}.', longest.name, formatDuration(longest.totalMs));
  const slower = [
    ...flows.flatMap((flow) => (flow.slower === null ? [] : [[flow.name, flow.slower] as const])),
    ...nodes.flatMap((node) => (node.slower === null ? [] : [[name(node), node.slower] as const])),
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
  ];
}

/** Where executions fail most, of what, and what retries saved. */
export function errorSentences(
  { nodes, savedByRetry, savedShare }: ErrorRates,
  { t }: AnalysisTexts,
): readonly string[] {
  const [most] = nodes;
  const fallback = t('an unknown node');
  const name = (node: { readonly name: string; readonly nodeId: string | null }) =>
    node.name === '' ? (node.nodeId ?? fallback) : node.name;
  return [
    most === undefined
      ? t('No execution failed.')
      : t(
          'Most failures are at “{0}” (runs: {1} of {2}). {3}.',
          ...[name(most), most.failures, most.runs, causeTitle(most.cause, most.category, t)],
        ),
    // Of several causes at one node it is said once.
    ...[
      ...new Set(
        nodes
          .filter(({ trend, isFlaky }) => trend !== null || isFlaky)
          .map((node) => trendText(name(node), node.trend, t)),
      ),
    ].slice(0, mostTold),
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

function trendText(name: string, trend: 'new' | 'rising' | null, t: Translate): string {
  switch (trend) {
    case 'new':
      return t('“{0}” went well for a while, and fails now.', name);
    case 'rising':
      return t('“{0}” fails more often than before.', name);
    case null:
      return t('“{0}” alternately fails and passes.', name);
  }
}

/** How large records are, what models and processes used, and what grew. */
export function resourceSentences(
  { executions, recordBytes, tokens, isProcessReported, flows }: Resources,
  { t, language, moment }: AnalysisTexts,
): readonly string[] {
  const tokensText = (count: number) =>
    count === 1 ? t('1 token') : t('{0} tokens', formatCount(Math.round(count), language));
  if (executions === 0) return [t('There are no executions.')];
  const grown = flows.flatMap(({ name, grownBytes, grownTokens }) => [
    ...grownText(name, grownBytes, formatBytes),
    ...grownText(name, grownTokens, tokensText),
  ]);
  return [
    t(
      'Half of the records have {0} or less, the largest {1}.',
      ...[formatBytes(recordBytes.p50), formatBytes(recordBytes.max)],
    ),
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

function grownText(name: string, increase: Increase | null, format: (value: number) => string) {
  if (increase === null) return [];
  const { before, since, from, to } = increase;
  return [{ name, before: format(before), since: format(since), from, to }];
}

/** How many executions went on at once, and whether that slows them down. */
export function concurrencySentences(
  { maxInFlight, maxAtMs, flows, peakHour }: Concurrency,
  { t, moment }: AnalysisTexts,
): readonly string[] {
  if (maxAtMs === null) return [t('No execution has times.')];
  const busy = flows.flatMap(({ name, slowerWhenBusy }) =>
    slowerWhenBusy === null ? [] : [{ name, ...slowerWhenBusy }],
  );
  return [
    maxInFlight === 1
      ? t('Executions ran one after the other.')
      : t('Most executions in flight at once: {0}, at {1}.', maxInFlight, moment(maxAtMs)),
    ...(peakHour === null
      ? []
      : [t('Most began between {0}:00 and {1}:00.', peakHour, (peakHour + 1) % 24)]),
    ...busy
      .slice(0, mostTold)
      .map(({ name, calmMs, busyMs }) =>
        t(
          '“{0}” takes longer the more runs in parallel: {1} at quiet times, {2} at busy ones.',
          ...[name, formatDuration(calmMs), formatDuration(busyMs)],
        ),
      ),
    ...moreText(busy.length, t),
  ];
}

function moreText(count: number, t: Translate): readonly string[] {
  return count > mostTold ? [t('In the table: {0} more.', count - mostTold)] : [];
}
