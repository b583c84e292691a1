import type { Outcome } from '../trace/execution.ts';

/** What a term of the filter may ask about by name. */
export type QueryField =
  | 'status'
  | 'kind'
  | 'node'
  | 'failing'
  | 'cause'
  | 'problem'
  | 'duration'
  | 'code'
  | 'service'
  | 'sid'
  | 'flow'
  | 'time'
  | 'text';

/** What `kind:` tells apart: runs of robots and workflows, and single calls of tools. */
export type QueryKind = 'run' | 'tool';

/** A part of the filter's text, in UTF-16 code units; `to` is the first behind it. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/** Numbers from `least` to `most`; an open end leaves its bound out. Milliseconds for durations and times. */
export interface Interval {
  readonly least: number;
  readonly most: number;
  readonly openLeast: boolean;
  readonly openMost: boolean;
}

/** What an execution must be like. Texts are in lower case and match as a part, wherever they stand. */
export type Condition =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'status'; readonly outcome: Outcome }
  | { readonly kind: 'kind'; readonly of: QueryKind }
  | {
      readonly kind: 'node' | 'failing' | 'service' | 'sid' | 'flow';
      readonly text: string;
    }
  /** Of what it failed, by the diagnosis: the name of a cause, else of its category. */
  | { readonly kind: 'cause'; readonly of: string }
  /** Of which problem it is, by its id. */
  | { readonly kind: 'problem'; readonly id: string }
  /** Somewhere in what was got, given, set and logged. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'duration' | 'code' | 'time'; readonly within: Interval };

/** One condition of the filter, and where it stands. */
export interface Term {
  readonly range: TextRange;
  /** Written with `-`: the execution must not be like that. */
  readonly excludes: boolean;
  readonly condition: Condition;
}

/** A word of the filter that means nothing; the rest of the filter works without it. */
export interface QueryFault {
  readonly reason:
    | 'unknownField'
    | 'unknownStatus'
    | 'unknownKind'
    | 'badDuration'
    | 'badTime'
    | 'badCode'
    | 'emptyRange'
    | 'noValue'
    | 'openQuote'
    | 'tooManyTexts';
  readonly range: TextRange;
  /** The wrong word as written. */
  readonly word: string;
  /** What was probably meant, to be put in its place; null when nothing is near. */
  readonly suggestion: string | null;
}

/** A filter that was read: all its terms must hold. */
export interface Query {
  readonly terms: readonly Term[];
  readonly faults: readonly QueryFault[];
}

/** Whether a number lies in an interval; what is unknown lies in none. */
export function isWithin(value: number | null, within: Interval): boolean {
  if (value === null) return false;
  const { least, most, openLeast, openMost } = within;
  return (openLeast ? value > least : value >= least) && (openMost ? value < most : value <= most);
}
