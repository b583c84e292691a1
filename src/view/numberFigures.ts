import type { TimePart } from '../analysis/overTime.ts';
import type { SixFigures } from '../analysis/sixFigures.ts';
import type { NumbersBase } from '../analysis/pastNumbers.ts';
import type { NumbersAnswer } from '../protocol/numbers.ts';
import {
  formatCount,
  formatDecimal,
  formatDuration,
  formatPercent,
  formatSpan,
} from '../texts/format.ts';
import { sentences } from '../texts/sentences.ts';
import type { Translate } from '../texts/translate.ts';
import { filterOf, scopeTerms } from './numbersFilter.ts';

/** Which of the six. */
export type FigureId = 'succeeded' | 'rate' | 'hours' | 'saved' | 'today' | 'running';

/** A key figure as it is shown. */
export interface ShownFigure {
  readonly id: FigureId;
  readonly name: string;
  /** Null where the source doesn't tell. */
  readonly value: string | null;
  readonly unit: string;
  /** What it is, how it is counted, and of how many. */
  readonly definition: string;
  /** How it changed; empty where nothing can be said of that. */
  readonly change: string;
  readonly trend: 'up' | 'down' | 'same' | null;
  /** A value for each part of the time; null where there is none. */
  readonly spark: readonly (number | null)[];
  /** Finds the executions behind it; null where there are none to show. */
  readonly filter: string | null;
}

interface Texts {
  readonly t: Translate;
  readonly language: string;
  /** What is counted was read from files: nothing in them runs now. */
  readonly isOfFile?: boolean;
}

/** The product's six key figures. */
export function shownFigures(answer: NumbersAnswer, texts: Texts): readonly ShownFigure[] {
  const { t, language } = texts;
  const { figures, parts } = answer;
  const count = (value: number) => formatCount(value, language);
  const decimal = (value: number) => formatDecimal(value, language);
  const [time = '', ...narrowed] = scopeTerms(answer);
  const behind = (value: number, ...terms: readonly string[]) =>
    value > 0 ? filterOf(...terms, ...narrowed) : null;
  const { succeeded, failed, cutOff, successRate, running, toolCalls, builds } = figures;
  const duration = formatDuration(figures.cumulativeDurationHours * msOfHour);
  // What runs now has no course in a time that is over.
  const isOver = answer.span.toMs < answer.nowMs;
  const changed = (of: (figures: SixFigures) => number | null, by: 'share' | 'points' = 'share') =>
    changeOf([figures, answer.base], of, by, texts, answer.query.range === 'today');
  return [
    {
      ...{ id: 'succeeded', name: t('Successful executions'), value: count(succeeded) },
      unit: succeeded === 1 ? t('run') : t('runs'),
      definition: sentences([
        t('Runs that succeeded. Tool calls and builds are counted separately.'),
        toolCalls === 0 ? '' : t('Tool calls: {0}.', count(toolCalls)),
        builds === 0 ? '' : t('Builds: {0}.', count(builds)),
      ]),
      ...changed((one) => one.succeeded),
      spark: parts.map((part) => part.succeeded),
      filter: behind(succeeded, 'status:succeeded', time),
    },
    {
      ...{ id: 'rate', name: t('Success rate'), value: formatPercent(successRate), unit: '' },
      definition: sentences([
        t(
          'Succeeded ÷ (succeeded + failed) = {0} ÷ {1}.',
          ...[count(succeeded), count(succeeded + failed)],
        ),
        t('Runs that are still running, or were cut off before their end node, are neither.'),
        cutOff === 0 ? '' : t('Cut off: {0}.', count(cutOff)),
        parts.some((part) => rateOf(part) === null)
          ? t('The line is dashed where no run succeeded or failed.')
          : '',
      ]),
      ...changed((one) => one.successRate, 'points'),
      spark: parts.map(rateOf),
      filter: behind(failed, 'status:failed', time) ?? behind(succeeded, 'status:succeeded', time),
    },
    {
      ...{ id: 'hours', name: t('Cumulative duration'), value: duration, unit: '' },
      // The product counts them in hours, of which 8 are a day of labor.
      definition: t(
        'The durations of successful runs, added up: {0} h.',
        decimal(figures.cumulativeDurationHours),
      ),
      ...changed((one) => one.cumulativeDurationHours),
      spark: parts.map(({ durationMs }) => durationMs),
      filter: behind(succeeded, 'status:succeeded', time),
    },
    {
      ...{ id: 'saved', name: t('Labor saved'), value: decimal(figures.laborSavedPersonDays) },
      unit: t('person-days'),
      definition: savedText(figures, texts),
      ...changed((one) => one.laborSavedPersonDays),
      spark: savedSpark(answer),
      filter: behind(succeeded, 'status:succeeded', time),
    },
    {
      ...{ id: 'today', name: t('Executions today'), value: count(figures.today) },
      unit: figures.today === 1 ? t('run') : t('runs'),
      definition: t(
        'Runs that began today, whatever their outcome and whatever time range is selected above.',
      ),
      ...changeOf([figures, answer.today.base], (one) => one.today, 'share', texts, true),
      spark: answer.today.runs,
      filter: behind(figures.today, 'time:today'),
    },
    {
      ...{ id: 'running', value: running === null ? null : count(running), trend: null },
      unit: running === null ? '' : running === 1 ? t('run') : t('runs'),
      ...(texts.isOfFile === true ? unendedTexts(answer, t) : runningTexts(running, isOver, t)),
      spark: running === null || isOver ? [] : runningSpark(answer, running),
      filter: running === null ? null : behind(running, 'status:running'),
    },
  ];
}

type RunningTexts = Pick<ShownFigure, 'name' | 'definition' | 'change'>;

function runningTexts(running: number | null, isOver: boolean, t: Translate): RunningTexts {
  return {
    name: t('Running now'),
    definition:
      running === null
        ? t('This source reports an execution when it has ended: how many are running isn’t known.')
        : t('Runs that reported their progress and not yet their end.'),
    change: isOver ? t('of now, not of this time range') : '',
  };
}

/** Of what has no end in a file nobody knows whether it has ended since. */
function unendedTexts({ figures, query }: NumbersAnswer, t: Translate): RunningTexts {
  const isWhole = figures.running === null || query.range === 'all';
  return {
    name: t('Without an end'),
    definition:
      figures.running === null
        ? t('The file tells only of executions that ended.')
        : t('Runs that reported their progress, and whose end isn’t in the file.'),
    change: isWhole ? '' : t('of the whole file, not of this time range'),
  };
}

const none = { change: '', trend: null } as const;

const msOfHour = 3_600_000;

/** By which of the two formulas it is counted: minutes that somebody set win. */
function savedText({ succeeded, countedByHand, ...figures }: SixFigures, texts: Texts): string {
  const { t, language } = texts;
  const count = (value: number) => formatCount(value, language);
  const duration = formatDuration(figures.cumulativeDurationHours * msOfHour);
  const slower = t('By that formula a robot that gets slower saves more.');
  if (countedByHand === 0) {
    return sentences([
      t('Cumulative duration ÷ 8 h = {0} ÷ 8 h, as the product counts it.', duration),
      slower,
      t('Where you set how many minutes a run takes by hand, it is runs × minutes ÷ 480.'),
    ]);
  }
  const byHand = t('Runs × minutes that one takes by hand ÷ 480, as set for their flows.');
  if (countedByHand === succeeded) return byHand;
  return sentences([
    byHand,
    t('Counted this way: {0} of {1}.', count(countedByHand), count(succeeded)),
    t('The others: duration ÷ 8 h, as the product counts it.'),
    slower,
  ]);
}

/** Of each part its runs are known, not whose they are. */
function savedSpark({ parts, figures }: NumbersAnswer): ShownFigure['spark'] {
  if (figures.countedByHand === 0) return parts.map(({ durationMs }) => durationMs);
  return figures.countedByHand === figures.succeeded ? parts.map((part) => part.succeeded) : [];
}

function rateOf({ succeeded, failed }: TimePart): number | null {
  return succeeded + failed === 0 ? null : succeeded / (succeeded + failed);
}

/** The most at once in each part, and at the end what the figure says. */
function runningSpark({ inFlight }: NumbersAnswer, running: number): ShownFigure['spark'] {
  return [...inFlight.slice(0, -1).map(({ most }) => most), running];
}

/** What is in no figure, chart and table; empty where there is none. */
export function apartText({ figures }: NumbersAnswer, { t, language }: Texts): string {
  const { toolCalls, builds } = figures;
  const count = (value: number) => formatCount(value, language);
  return sentences([
    toolCalls === 0 ? '' : t('Tool calls aren’t counted as runs: {0}.', count(toolCalls)),
    builds === 0 ? '' : t('Builds aren’t counted as runs: {0}.', count(builds)),
  ]);
}

function changeOf(
  [figures, base]: readonly [SixFigures, NumbersBase | null],
  of: (figures: SixFigures) => number | null,
  by: 'share' | 'points',
  { t }: Texts,
  isDay: boolean,
): Pick<ShownFigure, 'change' | 'trend'> {
  const [now, before] = [of(figures), base === null ? null : of(base.figures)];
  if (base === null || now === null || before === null) return none;
  const since = againstText(base, isDay, t);
  const difference = by === 'points' ? now - before : before === 0 ? null : now / before - 1;
  if (difference === null) return none;
  const size = Math.abs(difference * 100);
  if (size < 0.05) return { change: t('same as {0}', since), trend: 'same' };
  const trend = difference > 0 ? 'up' : 'down';
  const amount = size < 10 ? size.toFixed(1) : String(Math.round(size));
  const signed = `${difference > 0 ? '+' : '−'}${amount}`;
  return {
    ...{ trend },
    change:
      by === 'points' ? t('{0} pp from {1}', signed, since) : t('{0}% from {1}', signed, since),
  };
}

function againstText({ against }: NumbersBase, isDay: boolean, t: Translate): string {
  if (against === 'weekAgo') return t('a week ago');
  return isDay ? t('yesterday') : t('before');
}

/** With what all figures are compared; empty where nothing is. */
export function baseText({ base, query }: NumbersAnswer, { t, language }: Texts): string {
  if (base === null) {
    return query.range === 'all'
      ? ''
      : t('This range isn’t compared: too little is known of the time before.');
  }
  const { fromMs, toMs } = base.span;
  return t('Compared with {0}.', formatSpan(fromMs, toMs, language));
}
