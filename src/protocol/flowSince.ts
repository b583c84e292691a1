import type { FlowKeys } from '../flow/genericFlow.ts';
import type { Milliseconds } from '../trace/execution.ts';

/** Some of many, by their names. */
export interface SomeNames {
  readonly count: number;
  readonly names: readonly string[];
}

/** The commit that had the last word on a file. */
export interface FlowCommit {
  readonly hash: string;
  readonly atMs: Milliseconds;
}

/** How a flow file has changed since an execution ran. */
export interface FlowSince {
  /** What ran, or was there to run, and is not in the file any more. */
  readonly gone: SomeNames;
  readonly added: SomeNames;
  readonly moved: SomeNames;
  readonly renamed: {
    readonly count: number;
    readonly names: readonly { readonly was: string; readonly name: string }[];
  };
  /**
   * How the flow was is known: of the commit, or because it was seen. Null where the record alone tells what is gone, and
   * nobody what is added, moved or renamed.
   */
  readonly then: { readonly commit: FlowCommit | null } | null;
}

/** What a node was at the time of the run. */
export type NodeSince =
  { readonly kind: 'added' | 'moved' } | { readonly kind: 'renamed'; readonly was: string };

/** The engine asks how a flow file was at a time; who knows tells `setFlowThen`. */
export interface FlowThenWanted {
  readonly uri: string;
  readonly atMs: Milliseconds;
}

/** The answer, true of all times from one to the other, the second one left out. */
export interface FlowThenTold {
  readonly uri: string;
  readonly fromMs: Milliseconds;
  readonly untilMs: Milliseconds;
  /** Keys of home-made formats, from the settings. */
  readonly keys?: FlowKeys;
  /** `same`: as it is now; `unknown`: nobody knows. */
  readonly was: 'same' | 'unknown' | { readonly commit: FlowCommit; readonly text: string };
}
