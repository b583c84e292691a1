import type { ExecutionKey, NodeId } from '../trace/execution.ts';

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

/** A value that a link leads to, as `Copy Path` names it. */
export interface LinkedValue {
  readonly key: ExecutionKey;
  readonly nodeId: NodeId;
  readonly path: string;
}
