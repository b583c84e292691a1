import type { TimePart } from '../analysis/overTime.ts';
import type { NumbersAnswer } from '../protocol/numbers.ts';
import {
  formatAxisTime,
  formatCount,
  formatDuration,
  formatPercent,
  formatSpan,
  unknown,
} from '../texts/format.ts';
import { enumerated, labelled, sentences } from '../texts/sentences.ts';
import type { Translate } from '../texts/translate.ts';
import type { Span } from '../analysis/spans.ts';
import {
  countScale,
  durationScale,
  markedPlaces,
  type Scale,
  shortDuration,
} from './chartScale.ts';
import { durationTerm, filterOf, scopeTerms } from './numbersFilter.ts';
import { toldSpan } from './toldSpan.ts';

/** What a mark of a chart stands for; each has its colour and its pattern. */
export type SeriesId = 'succeeded' | 'failed' | 'cutOff' | 'open' | 'p50' | 'p95' | 'inFlight';

/** A place along a chart: what stands there, in words, and the way to the executions behind it. */
export interface ChartPlace {
  readonly label: string;
  /** Values by series, in its order; null where there is none. */
  readonly values: readonly (number | null)[];
  /** The same as texts. */
  readonly texts: readonly string[];
  /** Too few for what is said: drawn hollow. */
  readonly isThin: boolean;
  /** Null where there are no executions behind it. */
  readonly filter: string | null;
}

/** A chart, whatever it is drawn with: the table below it says the same. */
export interface Chart {
  readonly id: string;
  readonly title: string;
  /** What one sees, in a sentence. */
  readonly summary: string;
  readonly form: 'bars' | 'lines';
  readonly series: readonly { readonly id: SeriesId; readonly name: string }[];
  readonly places: readonly ChartPlace[];
  readonly scale: Scale;
  /** Marks below: by place. */
  readonly marks: (
    mostMarks: number,
  ) => readonly { readonly place: number; readonly text: string }[];
  /** Marks name their places, as days; else where those begin, as hours and durations. */
  readonly isMarkedInMiddle: boolean;
  /** What the places are, at the head of the table. */
  readonly placeName: string;
  /** They are times, of which the latest is looked for first. */
  readonly isOverTime: boolean;
}

/** In whose words a chart speaks. */
export interface ChartTexts {
  readonly t: Translate;
  readonly language: string;
}

/** With fewer a percentile says next to nothing. */
export const fewRuns = 8;

/** Executions over time, stacked by how they ended. */
export function outcomeChart(answer: NumbersAnswer, texts: ChartTexts): Chart {
  const { t, language } = texts;
  const { parts, runs, figures } = answer;
  const count = (value: number) => formatCount(value, language);
  const all = [
    { id: 'succeeded', name: t('Succeeded') },
    { id: 'failed', name: t('Failed') },
    { id: 'cutOff', name: t('Cut off') },
    { id: 'open', name: t('Not ended') },
  ] as const;
  const series = all.filter(
    ({ id }) => id === 'succeeded' || id === 'failed' || parts.some((part) => part[id] > 0),
  );
  const most = parts.reduce((best, part) => Math.max(best, totalOf(part)), 0);
  const busiest = parts.find((part) => totalOf(part) === most);
  const { failed, succeeded } = figures;
  return {
    ...{ id: 'outcomes', title: t('Executions over time'), form: 'bars', series },
    ...timeAxis(answer, texts),
    summary: sentences([
      runs === 1 ? t('1 run.') : t('{0} runs.', count(runs)),
      succeeded + failed === 0
        ? ''
        : t(
            'Failed: {0} of {1} that succeeded or failed, {2}.',
            ...[count(failed), count(succeeded + failed)],
            formatPercent(failed / (succeeded + failed)),
          ),
      busiest === undefined || most < 2 || parts.length < 2
        ? ''
        : t('Most in {0}: {1}.', spanText(answer, busiest, language), count(most)),
    ]),
    places: parts.map((part) => ({
      ...{ label: spanText(answer, part, language), isThin: false },
      values: series.map(({ id }) => part[id]),
      texts: series.map(({ id }) => count(part[id])),
      filter: filterBehind(answer, part),
    })),
    scale: countScale(parts.map(totalOf), count),
  };
}

/** How long successful runs took over time: half of them, and all but one of twenty. */
export function percentileChart(answer: NumbersAnswer, texts: ChartTexts): Chart {
  const { t, language } = texts;
  const { parts, flows } = answer;
  const measured = parts.reduce((sum, part) => sum + part.measured, 0);
  const whole = answer.durations.flows.length === 1 ? flows.rows[0] : undefined;
  const thin = parts.some((part) => part.measured > 0 && part.measured < fewRuns);
  return {
    ...{ id: 'percentiles', title: t('Duration over time'), form: 'lines' },
    series: [
      { id: 'p50', name: 'p50' },
      { id: 'p95', name: 'p95' },
    ],
    ...timeAxis(answer, texts),
    summary: sentences([
      measured === 0
        ? t('No successful run has a duration.')
        : whole?.p50Ms != null
          ? wholeText(measured, formatDuration(whole.p50Ms), formatDuration(whole.p95Ms), t)
          : t('p50: half of the successful runs took no longer. p95: one in twenty took longer.'),
      thin ? t('Hollow points: too few runs to rely on.') : '',
    ]),
    places: parts.map((part) => ({
      label: spanText(answer, part, language),
      values: [part.p50Ms, part.p95Ms],
      texts: [formatDuration(part.p50Ms), formatDuration(part.p95Ms)],
      isThin: part.measured < fewRuns,
      filter: part.measured === 0 ? null : filterBehind(answer, part, 'status:succeeded'),
    })),
    scale: durationScale(parts.flatMap(({ p50Ms, p95Ms }) => [p50Ms ?? 0, p95Ms ?? 0])),
  };
}

/** Of fewer than twenty none took longer than the percentile says. */
function wholeText(measured: number, p50: string, p95: string, t: Translate): string {
  return measured < 20
    ? t('Half of the successful runs took up to {0}, the longest {1}.', p50, p95)
    : t('Half of the successful runs took up to {0}, one in twenty longer than {1}.', p50, p95);
}

/** How many runs took how long; each class is about half as long again as the one before. */
export function distributionChart(answer: NumbersAnswer, { t, language }: ChartTexts): Chart {
  const { distribution } = answer;
  const count = (value: number) => formatCount(value, language);
  const total = (one: (typeof distribution)[number]) => one.succeeded + one.failed;
  const most = Math.max(0, ...distribution.map(total));
  const usual = distribution.find((one) => total(one) === most);
  const name = ({ fromMs, toMs }: (typeof distribution)[number]) =>
    toMs === Number.MAX_SAFE_INTEGER
      ? t('{0} or longer', shortDuration(fromMs))
      : t('{0} to {1}', shortDuration(fromMs), shortDuration(toMs));
  const series = [
    { id: 'succeeded', name: t('Succeeded') },
    { id: 'failed', name: t('Failed') },
  ] as const;
  return {
    ...{ id: 'distribution', title: t('Distribution of durations'), form: 'bars', series },
    ...{ placeName: t('Duration'), isOverTime: false },
    summary:
      usual === undefined
        ? t('No run that ended has a duration.')
        : t(
            'Most frequent: {0}, {1} of {2} that succeeded or failed.',
            ...[name(usual), count(most)],
            count(distribution.reduce((sum, one) => sum + total(one), 0)),
          ),
    places: distribution.map((one) => ({
      ...{ label: name(one), isThin: false },
      values: series.map(({ id }) => one[id]),
      texts: series.map(({ id }) => count(one[id])),
      filter:
        total(one) === 0
          ? null
          : filterOf(
              ...endedTerms(answer),
              durationTerm(one.fromMs, one.toMs),
              ...scopeTerms(answer),
            ),
    })),
    scale: countScale(distribution.map(total), count),
    isMarkedInMiddle: false,
    marks: (mostMarks) =>
      markedPlaces(distribution.length, mostMarks).map((place) => ({
        ...{ place, text: shortDuration(distribution[place]?.fromMs ?? 0) },
      })),
  };
}

/** Those that succeeded or failed; of those alone is told how long they took. */
function endedTerms({ figures: { cutOff }, parts }: NumbersAnswer): readonly string[] {
  return [
    cutOff === 0 ? '' : '-status:cancelled',
    parts.every(({ open }) => open === 0) ? '' : '-status:unreported',
  ];
}

/** How many executions were in flight at once. */
export function inFlightChart(answer: NumbersAnswer, texts: ChartTexts): Chart {
  const { t, language } = texts;
  const { inFlight } = answer;
  const count = (value: number) => formatCount(value, language);
  const most = Math.max(0, ...inFlight.map((part) => part.most));
  return {
    ...{ id: 'inFlight', title: t('Concurrent executions'), form: 'bars' },
    series: [{ id: 'inFlight', name: t('Most at once') }],
    ...timeAxis(answer, texts),
    summary: most === 0 ? '' : t('Most at once: {0}.', count(most)),
    places: inFlight.map((part) => ({
      ...{ label: spanText(answer, part, language), isThin: false },
      ...{ values: [part.most], texts: [count(part.most)] },
      filter: part.most === 0 ? null : filterOf(...scopeTerms(answer, 'runs', part)),
    })),
    scale: countScale(
      inFlight.map(({ most }) => most),
      count,
    ),
  };
}

/** A place in words: what is pointed at, or read. */
export function placeText({ series }: Chart, place: ChartPlace, t: Translate): string {
  const values = series.map(({ name }, index) => labelled(name, place.texts[index] ?? unknown, t));
  return labelled(
    place.label,
    values.reduce((text, value) => enumerated([text, value], t), ''),
    t,
  );
}

function filterBehind(answer: NumbersAnswer, part: TimePart, status = ''): string | null {
  return totalOf(part) === 0 ? null : filterOf(status, ...scopeTerms(answer, 'runs', part));
}

function totalOf({ succeeded, failed, cutOff, open }: TimePart): number {
  return succeeded + failed + cutOff + open;
}

function spanText(answer: NumbersAnswer, part: Span, language: string): string {
  const { fromMs, toMs } = toldSpan(answer, part);
  return formatSpan(fromMs, toMs, language);
}

function timeAxis({ parts, span }: NumbersAnswer, { t, language }: ChartTexts) {
  return {
    ...{ placeName: t('Time'), isOverTime: true, isMarkedInMiddle: areDays(parts) },
    marks: (mostMarks: number) => {
      const marks = markedPlaces(parts.length, mostMarks, isShort(parts) ? 1 : 0).map((place) => ({
        place,
        text: formatAxisTime(parts[place]?.fromMs ?? 0, span.toMs - span.fromMs, language),
      }));
      // A day that is marked at several hours has its name once.
      return marks.filter(({ text }, index) => marks[index - 1]?.text !== text);
    },
  };
}

/** Or longer. A day that the clocks go forward in is an hour shorter; the first and the last part may be cut. */
function areDays(parts: readonly TimePart[]): boolean {
  return Math.max(...parts.map(({ fromMs, toMs }) => toMs - fromMs)) >= 23 * 3_600_000;
}

/** Whether the first part begins at no round time. */
function isShort([first, second]: readonly TimePart[]): boolean {
  if (first === undefined || second === undefined) return false;
  return first.toMs - first.fromMs < second.toMs - second.fromMs;
}
