import type { ExecutionSummary, Milliseconds, NodeId, NodeRun, RunKey } from './execution.ts';
import type { MatchConfidence } from './subWorkflows.ts';

/**
 * The state of a row of the tree. `unended`: it began, and the execution failed without its end; `stalled`: it ran when the execution's snapshots stopped; `notRun`: in the flow
 * file but not in the record.
 */
export type NodeStatus =
  'succeeded' | 'failed' | 'recovered' | 'running' | 'unended' | 'stalled' | 'cancelled' | 'notRun';

/** One row of the execution tree: a node run, a node that never ran, or another service's execution under its node. */
export interface TreeNode {
  /** The run's key, or `flow:<node id>` without a run, or `execution:<key>` for a sub-execution. Stable while the execution grows. */
  readonly key: RunKey;
  readonly nodeId: NodeId;
  readonly name: string;
  readonly type: string;
  readonly status: NodeStatus;
  /** True when the record has no entry for it and its place or state was concluded. */
  readonly inferred: boolean;
  /** Null for a node that never ran and for a sub-execution. */
  readonly run: NodeRun | null;
  /** Set for a sub-execution (an rpa-server record of the same sid under its rpa node). */
  readonly subExecution: ExecutionSummary | null;
  /** How sure it is that the node called the sub-execution; null where its sid says so, and for all other rows. */
  readonly confidence: MatchConfidence | null;
  readonly beginMs: Milliseconds | null;
  readonly endMs: Milliseconds | null;
  readonly durationMs: Milliseconds | null;
  readonly count: number;
  readonly children: readonly TreeNode[];
}
