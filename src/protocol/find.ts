import type { SearchMatch, SectionId } from '../find/places.ts';
import type { ExecutionKey, ExecutionKind, NodeId, RunKey } from '../trace/execution.ts';

/** A place in an execution: a row of its tree, and there a value, a part of one, a log line. */
export interface FoundPlace {
  /** Null: the execution itself. */
  readonly row: RunKey | null;
  readonly nodeId: NodeId;
  /** What people call its step. */
  readonly name: string;
  readonly type: string;
  /** Where the execution of another service stands there, as in the tree: what kind it is. */
  readonly executionKind?: ExecutionKind;
  /** Null: the name of the step itself. */
  readonly match: SearchMatch | null;
  /** The way to it as code writes it, from the name of the value; empty in a log. */
  readonly path: string;
}

/** What is looked for in an execution, and which part of what was found is shown. */
export interface FindQuery {
  readonly key: ExecutionKey;
  /** Where only what one row holds is searched (null: the execution itself), for the text as it is typed. */
  readonly row?: RunKey | null | undefined;
  /** Words, a pattern, or `path:value`. */
  readonly text: string;
  readonly isPattern: boolean;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
  readonly offset: number;
  readonly limit: number;
}

/** One occurrence of what is looked for, with some of the text around it; masked. */
export interface FindHit extends FoundPlace {
  readonly before: string;
  readonly found: string;
  readonly after: string;
}

/**
 * Why nothing can be looked for: no pattern at all, one whose time can't be promised, or one that took too much of it;
 * `failed`: the search broke off. `detail`: what is wrong.
 */
export interface FindFault {
  readonly kind: 'invalid' | 'notLinear' | 'tooSlow' | 'failed';
  readonly detail: string;
}

/** What was found so far. */
export interface FindAnswer {
  readonly query: FindQuery;
  readonly total: number;
  /** In how many rows. */
  readonly rows: number;
  readonly start: number;
  readonly hits: readonly FindHit[];
  /** Of one row: how many of them each part of the inspector holds, in their order. */
  readonly sections?: readonly { readonly section: SectionId; readonly count: number }[];
  /** `cut`: there may be more than are kept. */
  readonly state: 'searching' | 'done' | 'cut';
  /** How much of it was looked at, 0 to 1. */
  readonly share: number;
  /** Records of other services below it that can't be read any more. */
  readonly unread: number;
  /** Large values that a service stored elsewhere, which are not searched, and where the first of them is; null: none. */
  readonly stored: { readonly count: number; readonly first: FoundPlace } | null;
  /** How many signs what a pattern finds may have to be found for sure, where texts are read in pieces; null: any number. */
  readonly longestSure: number | null;
  readonly fault: FindFault | null;
}
