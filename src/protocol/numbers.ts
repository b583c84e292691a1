import type { Concurrency } from '../analysis/concurrency.ts';
import type { DurationClass } from '../analysis/distribution.ts';
import type { Durations } from '../analysis/durations.ts';
import type { ErrorRates } from '../analysis/errorRates.ts';
import type { TimePart } from '../analysis/overTime.ts';
import type { Resources } from '../analysis/resources.ts';
import type { SixFigures } from '../analysis/sixFigures.ts';
import type { Range, Span } from '../analysis/spans.ts';
import type { CauseCount, CodeCount, FlowNumbers, NodeNumbers } from '../analysis/tables.ts';
import type { ExecutionKind, Milliseconds } from '../trace/execution.ts';
import type { Scope } from './list.ts';

/** Which numbers are asked for. */
export interface NumbersQuery {
  readonly scope: Scope;
  readonly range: Range;
  /** With the range `own`: from when to when. */
  readonly own?: Span;
  /** Of the scope a flow alone, or a service. */
  readonly only?: Narrowing;
  /** Of the reader, whose days and hours are counted: `Asia/Shanghai`. */
  readonly timeZone: string;
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

/** Rows of a table: more than that nobody reads through, and what is ranked below says little. */
export const mostNumberRows = 200;

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

/** What the numbers view shows. */
export interface NumbersAnswer {
  readonly query: NumbersQuery;
  readonly span: Span;
  readonly choices: NarrowingChoices;
  /** From when on executions are known; null for none. */
  readonly sinceMs: Milliseconds | null;
  /** Runs that began in the span; calls of tools and builds are counted apart. */
  readonly runs: number;
  /** Of how many of all that were counted the record is still to be looked into. */
  readonly pending: number;
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
