import type { Narrowing, PastNumbers } from '../analysis/pastNumbers.ts';
import type { Range, Span } from '../analysis/spans.ts';
import type { ExecutionKey, Milliseconds } from '../trace/execution.ts';
import type { Scope } from './list.ts';

/** Of which time. */
export interface NumbersTime {
  readonly range: Range;
  /** With the range `own`: from when to when. */
  readonly own?: Span;
}

/** Which numbers are asked for. */
export interface NumbersQuery extends NumbersTime {
  readonly scope: Scope;
  /** Of the scope a flow alone, or a service. */
  readonly only?: Narrowing;
  /** Of the reader, whose days and hours are counted: `Asia/Shanghai`. */
  readonly timeZone: string;
}

/** Rows of a table: more than that nobody reads through, and what is ranked below says little. */
export const mostNumberRows = 200;

/** What the numbers view shows. */
export interface NumbersAnswer extends PastNumbers {
  readonly query: NumbersQuery;
  readonly span: Span;
  /** When it was counted. A span that goes on reaches to the end of that minute. */
  readonly nowMs: Milliseconds;
  /** From when on executions are known; null for none. */
  readonly sinceMs: Milliseconds | null;
  /** Of how many of all that were counted the record is still to be looked into. */
  readonly pending: number;
  /** Of flows whose nodes are in the tables the newest execution in memory: what leads to their flow files. */
  readonly newest: readonly { readonly flow: string; readonly key: ExecutionKey }[];
}
