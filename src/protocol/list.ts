import type { QueryFault } from '../query/terms.ts';
import type {
  ExecutionKey,
  ExecutionKind,
  FailingNode,
  Milliseconds,
  Outcome,
} from '../trace/execution.ts';

/** Which executions are asked for. `flow`: those of that file. */
export type Scope = { readonly kind: 'all' } | { readonly kind: 'flow'; readonly uri: string };

/** Whether two scopes hold the same executions. */
export function sameScope(a: Scope, b: Scope): boolean {
  return a.kind === 'flow' && b.kind === 'flow' ? a.uri === b.uri : a.kind === b.kind;
}

/** What part of the list the panel shows. Sent again whenever the reader scrolls, filters or changes scope. */
export interface ListQuery {
  readonly scope: Scope;
  /** A query as `query/parseQuery.ts` reads it: words and `field:value` terms that must all hold. Empty: all. */
  readonly filter: string;
  /**
   * The execution at the top of what the reader looks at; rows are counted from it, so that new ones above
   * don't move the page. Null: from the newest.
   */
  readonly anchor: ExecutionKey | null;
  /** First row, counted from the anchor; may be negative down to the newest. */
  readonly offset: number;
  readonly limit: number;
  /** The reader's, whose clock times of the filter are told by; that of the machine where none is told. */
  readonly timeZone?: string;
  /** How many pages of executions from before the window; a filter that looks for something has one unasked. */
  readonly earlier?: number;
}

/** A row of the list of executions. */
export interface ExecutionRow {
  readonly key: ExecutionKey;
  readonly sid: string;
  /** The flow's name when a file is bound to it, else what the record calls it. */
  readonly name: string;
  readonly kind: ExecutionKind;
  readonly service: string;
  readonly outcome: Outcome;
  readonly code: number;
  readonly beginMs: Milliseconds | null;
  readonly durationMs: Milliseconds | null;
  /** Of one that runs: when its last step began or ended, by the clock of its robot. */
  readonly reachedMs?: Milliseconds;
  readonly failing: FailingNode | null;
  /** How many records of other services hang below it. */
  readonly subExecutionCount: number;
  /** Its record is no longer on the topic: what the history knows is all there is. */
  readonly summaryOnly?: true;
  /** No other execution of its flow succeeded: there is none to compare it with as a good one. */
  readonly noGoodRun?: true;
}

/** The part of the list that was asked for, as it is now. */
export interface ListWindow {
  readonly query: ListQuery;
  /** Rows in all, under scope and filter. */
  readonly total: number;
  /** How many of them are newer than the anchor (0 without one). */
  readonly newer: number;
  /** Position of the first row among all, 0 = newest. */
  readonly start: number;
  readonly rows: readonly ExecutionRow[];
  /** Executions in all scopes without filter: tells "none here" from "none at all". */
  readonly totalAll: number;
  /** Words of the filter that mean nothing; their ranges count from its beginning as it was sent. */
  readonly faults: readonly QueryFault[];
  /** How far payloads have been searched; null where the filter has no `text:`. */
  readonly search: SearchProgress | null;
  /** What the history has from before the window; none where there is no history, or it can't tell. */
  readonly earlier?: EarlierProgress;
}

/** How far back the history was looked through. Its executions are at the end of the list, as many as were found. */
export interface EarlierProgress {
  readonly isLooking: boolean;
  /** Null before anything was looked at. */
  readonly backToMs: Milliseconds | null;
  readonly found: number;
  readonly hasMore: boolean;
}

/** How far a search through payloads is, in executions. It ends when `searched` and `unavailable` make `total`. */
export interface SearchProgress {
  readonly searched: number;
  /** Not searched, because their bytes left the window. */
  readonly unavailable: number;
  readonly total: number;
}
