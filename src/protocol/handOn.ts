import type { ExecutionKey, NodeId, RunKey } from '../trace/execution.ts';

/** The execution of a record, or why there is none. */
export type LinkedExecution =
  | { readonly kind: 'found'; readonly key: ExecutionKey }
  /** What is read is no topic, or another one. */
  | { readonly kind: 'otherSource' }
  /** The topic has let go of the record. */
  | { readonly kind: 'gone' }
  /** Another execution stands there: the topic was made anew, or the link is of another cluster. */
  | { readonly kind: 'otherRecord' }
  /** It can't be read as an execution. */
  | { readonly kind: 'unreadable' }
  /** There is no room for records that are older than what is kept. */
  | { readonly kind: 'noRoom' };

/** A place that a link leads to: a run of a node, or a value of one. */
export interface LinkedValue {
  readonly key: ExecutionKey;
  readonly nodeId: NodeId;
  /** Which of its runs; null: the last that has the value. */
  readonly run: RunKey | null;
  /** The value, as `Copy Path` names it. */
  readonly path: string | null;
  /** Which of several that are called so; null: what was given by the node before what it was given. */
  readonly at: LinkedEntry | null;
}

/** The sections of the inspector that a link may lead to. */
export const linkedSections = ['input', 'output', 'logs', 'config', 'other'] as const;

/** A value, or the line of a log, by the section that it stands in, and its place there from 0. */
export interface LinkedEntry {
  readonly section: (typeof linkedSections)[number];
  readonly entry: number;
}
