import type { Milliseconds } from '../trace/execution.ts';
import { type Concurrency, concurrencyOf, type InFlight } from './concurrency.ts';
import { type DurationClass, distributionOf } from './distribution.ts';
import { type Durations, durationsOf } from './durations.ts';
import { type ErrorRates, errorRatesOf } from './errorRates.ts';
import { leastRuns } from './increase.ts';
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
  type FlowNumbers,
  flowNumbers,
  type NodeNumbers,
  nodeNumbers,
} from './tables.ts';
import { hourOfDay, type Zone, zoneOf } from './zone.ts';

/** What numbers are asked for. */
export interface NumbersAsk {
  readonly span: Span;
  /** The day of the reader, as far as it went. */
  readonly today: Span;
  /** What it is compared with. */
  readonly base: Omit<NumbersBase, 'figures'> | null;
  /** Of the span: what charts over time show. */
  readonly parts: readonly Span[];
  readonly timeZone: string;
  /** Whether the source tells of executions before they end. */
  readonly reportsProgress: boolean;
  /** So many rows of a table at most. */
  readonly mostRows: number;
}

/** The figures of the time that is compared with. */
export interface NumbersBase {
  readonly against: 'weekAgo' | 'before';
  readonly span: Span;
  readonly figures: SixFigures;
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
  readonly parts: readonly TimePart[];
  readonly inFlight: readonly InFlightPart[];
  readonly distribution: readonly DurationClass[];
  readonly causes: Ranked<CauseCount>;
  readonly codes: Ranked<CodeCount>;
  readonly flows: Ranked<FlowNumbers>;
  readonly nodes: Ranked<NodeNumbers>;
  readonly durations: Durations;
  readonly errors: ErrorRates;
  readonly resources: Resources;
  /** Without each change: `inFlight` has what a chart shows. */
  readonly concurrency: Concurrency;
}

/** The numbers of executions, in steps: between two of them others may have their turn. */
export function* numbersOf(
  executions: readonly PastExecution[],
  ask: NumbersAsk,
): Generator<undefined, PastNumbers> {
  const { span, today, base, parts, mostRows } = ask;
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
  return shortened(
    {
      runs: runs.length,
      withoutNodes: runs.filter(({ isSummary }) => isSummary === true).length,
      figures: {
        ...sixFigures(found, world),
        // Of now, whatever time is asked about.
        today: sixFigures(within(executions, today), world).today,
        running: sixFigures(executions, world).running,
      },
      base: basedOn(base, base && sixFigures(within(executions, base.span), world)),
      parts: overTime(runs, parts),
      inFlight: mostInParts(concurrency.inFlight, parts),
      distribution: distributionOf(runs),
      causes: causeCounts(runs),
      codes: codeCounts(runs),
      flows: flowNumbers(runs, durations),
      ...{ nodes, durations, errors, resources, concurrency },
    },
    mostRows,
  );
}

/** Numbers with all rows of their tables. */
export type WholeNumbers = Omit<PastNumbers, 'causes' | 'codes' | 'flows' | 'nodes'> & {
  readonly [Table in 'causes' | 'codes' | 'flows' | 'nodes']: PastNumbers[Table]['rows'];
};

/** The same with as many rows of each table as are shown. */
export function shortened(numbers: WholeNumbers, mostRows: number): PastNumbers {
  const { durations, errors, resources, concurrency } = numbers;
  const first = <Row>(rows: readonly Row[]) => rows.slice(0, mostRows);
  const ranked = <Row>(rows: readonly Row[]) => ({ rows: first(rows), total: rows.length });
  return {
    ...numbers,
    ...{ causes: ranked(numbers.causes), codes: ranked(numbers.codes) },
    ...{ flows: ranked(numbers.flows), nodes: ranked(numbers.nodes) },
    durations: { flows: first(durations.flows), nodes: first(durations.nodes) },
    errors: { ...errors, nodes: first(errors.nodes), codes: first(errors.codes) },
    resources: { ...resources, flows: first(resources.flows), nodes: first(resources.nodes) },
    concurrency: { ...concurrency, inFlight: [], flows: first(concurrency.flows) },
  };
}

/** Too few, and a change says nothing. */
export function basedOn(base: NumbersAsk['base'], figures: SixFigures | null): NumbersBase | null {
  if (base === null || figures === null) return null;
  const ended = figures.succeeded + figures.failed + figures.cutOff;
  return ended < leastRuns ? null : { ...base, figures };
}

/** What of the world figures depend on. */
export function figuresWorld({ today, reportsProgress }: NumbersAsk): FiguresWorld {
  return {
    isToday: (atMs) => atMs >= today.fromMs && atMs < today.toMs,
    reportsProgress,
    minutesByHand: () => undefined,
  };
}

/** In order, what overlaps as one. */
export function joinedSpans(spans: readonly Span[]): readonly Span[] {
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
