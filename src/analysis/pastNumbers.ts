import type { ExecutionKind, Milliseconds } from '../trace/execution.ts';
import { type Concurrency, concurrencyOf, type InFlight } from './concurrency.ts';
import { type DurationClass, distributionOf } from './distribution.ts';
import { type Durations, durationsOf } from './durations.ts';
import { type ErrorRates, errorRatesOf } from './errorRates.ts';
import { leastRuns } from './increase.ts';
import { type MinutesByHand, minutesOf } from './minutesByHand.ts';
import { withCourses } from './nodeCourses.ts';
import { overTime, type TimePart } from './overTime.ts';
import type { PastExecution } from './pastExecution.ts';
import { type Resources, resourcesOf } from './resources.ts';
import { type FiguresWorld, isRun, type SixFigures, sixFigures } from './sixFigures.ts';
import type { Span } from './spans.ts';
import {
  type CauseCount,
  causeCounts,
  type CodeCount,
  codeCounts,
  failedNowhere,
  type FlowNumbers,
  flowNumbers,
  type NodeNumbers,
  nodeNumbers,
} from './tables.ts';
import { hourOfDay, type Zone, zoneOf } from '../base/zone.ts';

/** What numbers are asked for. */
export interface NumbersAsk {
  readonly span: Span;
  /** The day of the reader, as far as it went. */
  readonly today: Span;
  /** What they are compared with, best first; none of a time that is known in part. */
  readonly bases: readonly Base[];
  readonly basesOfToday: readonly Base[];
  readonly hoursOfToday: readonly Span[];
  /** Of the span: what charts over time show. */
  readonly parts: readonly Span[];
  readonly timeZone: string;
  readonly only: Narrowing | null;
  readonly minutesByHand: MinutesByHand;
  /** Whether the source tells of executions before they end. */
  readonly reportsProgress: boolean;
  /** So many rows of a table at most. */
  readonly mostRows: number;
}

/** A time that is compared with. */
export interface Base {
  readonly against: 'weekAgo' | 'before';
  readonly span: Span;
}

/** The figures of such a time. */
export interface NumbersBase extends Base {
  readonly figures: SixFigures;
}

/** What numbers are narrowed to. */
export type Narrowing =
  | { readonly kind: 'flow'; readonly flow: string }
  | { readonly kind: 'service'; readonly of: ExecutionKind };

/** What numbers can be narrowed to: what ran in the scope and the time. */
export interface NarrowingChoices {
  readonly flows: readonly { readonly flow: string; readonly name: string }[];
  readonly services: readonly ExecutionKind[];
}

/** A list of which the first rows are told. */
export interface Ranked<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

/** How many were in flight at once in each part of the time. */
export interface InFlightPart extends Span {
  readonly most: number;
}

/** What ran in a time, in numbers. */
export interface PastNumbers {
  /** Runs that began in the span; calls of tools and builds are counted apart. */
  readonly runs: number;
  /** Of how many runs the record is no longer in memory: in no figure of nodes, and without a cause. */
  readonly withoutNodes: number;
  readonly figures: SixFigures;
  /** Null where too little is known of the time before. */
  readonly base: NumbersBase | null;
  /** Of the reader's day, whatever time is asked about. */
  readonly today: {
    /** The same hours of the day that it is compared with. */
    readonly base: NumbersBase | null;
    /** How many runs began in each hour of it. */
    readonly runs: readonly number[];
  };
  readonly choices: NarrowingChoices;
  readonly parts: readonly TimePart[];
  readonly inFlight: readonly InFlightPart[];
  readonly distribution: readonly DurationClass[];
  readonly causes: Ranked<CauseCount>;
  readonly codes: Ranked<CodeCount>;
  readonly flows: Ranked<FlowNumbers>;
  readonly nodes: Ranked<NodeNumbers>;
  /** How many runs failed where no record says at which node: they are in no row of nodes. */
  readonly failedNowhere: number;
  readonly durations: Durations;
  readonly errors: ErrorRates;
  readonly resources: Resources;
  /** Without each change: `inFlight` has what a chart shows. */
  readonly concurrency: Concurrency;
}

/** The numbers of executions, in steps: between two of them others may have their turn. */
export function* numbersOf(
  ofScope: readonly PastExecution[],
  ask: NumbersAsk,
): Generator<undefined, PastNumbers> {
  const { span, today, parts } = ask;
  const executions = ofScope.filter(narrowedTo(ask.only));
  const found = within(executions, span);
  const runs = found.filter(isRun);
  const world = figuresWorld(ask);
  const durations = durationsOf(runs);
  yield;
  const nodes = nodeNumbers(runs, durations);
  yield;
  const errors = errorRatesOf(runs);
  yield;
  const resources = resourcesOf(runs);
  yield;
  const zone: Zone = zoneOf(ask.timeZone);
  const concurrency = concurrencyOf(runs, (atMs) => hourOfDay(atMs, zone));
  yield;
  // Of the day that it is compared with, they are those of that day.
  const figuresOf = (of: Span) =>
    sixFigures(within(executions, of), { ...world, isToday: () => true });
  const told = shortened(
    {
      runs: runs.length,
      withoutNodes: runs.filter(({ isSummary }) => isSummary === true).length,
      figures: {
        ...sixFigures(found, world),
        // Of now, whatever time is asked about.
        today: sixFigures(within(executions, today), world).today,
        running: sixFigures(executions, world).running,
      },
      base: basedOn(ask.bases, figuresOf),
      today: {
        base: basedOn(ask.basesOfToday, figuresOf),
        runs: ask.hoursOfToday.map((hour) => within(executions, hour).filter(isRun).length),
      },
      choices: choicesIn(within(ofScope, span).filter(isRun)),
      parts: overTime(runs, parts),
      inFlight: mostInParts(concurrency.inFlight, parts),
      distribution: distributionOf(runs),
      causes: causeCounts(runs),
      codes: codeCounts(runs),
      flows: flowNumbers(runs, durations),
      failedNowhere: failedNowhere(runs),
      ...{ nodes, durations, errors, resources, concurrency },
    },
    ask.mostRows,
  );
  return { ...told, nodes: { ...told.nodes, rows: withCourses(told.nodes.rows, runs, span) } };
}

/** Numbers with all rows of their tables. */
export type WholeNumbers = Omit<PastNumbers, 'causes' | 'codes' | 'flows' | 'nodes'> & {
  readonly [Table in 'causes' | 'codes' | 'flows' | 'nodes']: PastNumbers[Table]['rows'];
};

/** The same with as many rows of each table as are shown. */
export function shortened(numbers: WholeNumbers, mostRows: number): PastNumbers {
  const { durations, errors, resources, concurrency, choices } = numbers;
  const first = <Row>(rows: readonly Row[]) => rows.slice(0, mostRows);
  const ranked = <Row>(rows: readonly Row[]) => ({ rows: first(rows), total: rows.length });
  return {
    ...numbers,
    // Those that ran last.
    choices: { ...choices, flows: choices.flows.slice(-mostRows) },
    ...{ causes: ranked(numbers.causes), codes: ranked(numbers.codes) },
    ...{ flows: ranked(numbers.flows), nodes: ranked(numbers.nodes) },
    durations: { flows: first(durations.flows), nodes: first(durations.nodes) },
    errors: { ...errors, nodes: first(errors.nodes), codes: first(errors.codes) },
    resources: { ...resources, flows: first(resources.flows), nodes: first(resources.nodes) },
    concurrency: { ...concurrency, inFlight: [], flows: first(concurrency.flows) },
  };
}

/** The first in which enough ran: with too few a change says nothing. */
export function basedOn(
  bases: readonly Base[],
  figuresOf: (span: Span) => SixFigures,
): NumbersBase | null {
  for (const base of bases) {
    const figures = figuresOf(base.span);
    const ended = figures.succeeded + figures.failed + figures.cutOff;
    if (ended >= leastRuns) return { ...base, figures };
  }
  return null;
}

/** All times that it takes. */
export function spansOf({ span, today, bases, basesOfToday }: NumbersAsk): readonly Span[] {
  return joinedSpans([span, today, ...[...bases, ...basesOfToday].map((base) => base.span)]);
}

function figuresWorld({ today, reportsProgress, minutesByHand }: NumbersAsk): FiguresWorld {
  return {
    isToday: (atMs) => atMs >= today.fromMs && atMs < today.toMs,
    reportsProgress,
    minutesByHand: (flow, name) => minutesOf(minutesByHand, flow, name),
  };
}

/** Whether something of a flow and of a kind is what numbers are narrowed to. */
export function narrowedTo(
  only: Narrowing | null,
): (of: { readonly flow: string; readonly kind: ExecutionKind }) => boolean {
  switch (only?.kind) {
    case undefined:
      return () => true;
    case 'flow':
      return ({ flow }) => flow === only.flow;
    case 'service':
      return ({ kind }) => kind === only.of;
  }
}

function choicesIn(runs: readonly PastExecution[]): NarrowingChoices {
  const flows = new Map(runs.map(({ flow, name }) => [flow, { flow, name }]));
  const services = [...new Set(runs.map(({ kind }) => kind))].sort();
  return { flows: [...flows.values()], services };
}

/** In order, what overlaps as one. */
function joinedSpans(spans: readonly Span[]): readonly Span[] {
  const inOrder = [...spans].sort((a, b) => a.fromMs - b.fromMs);
  const found: Span[] = [];
  for (const span of inOrder) {
    const last = found.at(-1);
    if (last === undefined || span.fromMs > last.toMs) found.push(span);
    else found.splice(-1, 1, { ...last, toMs: Math.max(last.toMs, span.toMs) });
  }
  return found;
}

/** Of each part the most that were in flight in it, by the changes. */
export function mostInParts(
  changes: readonly InFlight[],
  parts: readonly Span[],
): readonly InFlightPart[] {
  let [at, count] = [0, 0];
  return parts.map(({ fromMs, toMs }) => {
    let change = changes[at];
    for (; change !== undefined && change.atMs <= fromMs; change = changes[++at])
      ({ count } = change);
    let most = count;
    for (; change !== undefined && change.atMs < toMs; change = changes[++at]) {
      ({ count } = change);
      most = Math.max(most, count);
    }
    return { fromMs, toMs, most };
  });
}

function within(
  executions: readonly PastExecution[],
  { fromMs, toMs }: { readonly fromMs: Milliseconds; readonly toMs: Milliseconds },
): PastExecution[] {
  return executions.filter(
    ({ beginMs }) => beginMs !== null && beginMs >= fromMs && beginMs < toMs,
  );
}
