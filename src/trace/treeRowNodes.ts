import type {
  ExecutionSummary,
  Milliseconds,
  NodeId,
  NodeRun,
  Outcome,
  RunKey,
} from './execution.ts';
import type { MatchConfidence } from './subWorkflows.ts';
import type { FlowShapeNode } from './flowShape.ts';
import type { NodeStatus, TreeNode } from './tree.ts';
import { assertNever } from '../base/assertNever.ts';

/** A tree node whose children are still being found. */
export type GrowingNode = Omit<TreeNode, 'children'> & { readonly children: GrowingNode[] };

/** The row of a run of an execution with that outcome. */
export function nodeOfRun(run: NodeRun, outcome: Outcome): GrowingNode {
  return new RowOfRun(run, outcome);
}

/** Says what its run says, of which nothing is read before somebody asks: most rows are never seen. */
class RowOfRun implements GrowingNode {
  readonly run: NodeRun;
  readonly status: NodeStatus;
  readonly children: GrowingNode[] = [];
  readonly inferred = false;
  readonly subExecution = null;
  readonly confidence = null;

  constructor(run: NodeRun, outcome: Outcome) {
    this.run = run;
    this.status = rowStatus(run.status, outcome);
  }

  get key(): RunKey {
    return this.run.key;
  }

  get nodeId(): NodeId {
    return this.run.nodeId;
  }

  get name(): string {
    return this.run.name;
  }

  get type(): string {
    return this.run.type;
  }

  get beginMs(): Milliseconds | null {
    return this.run.beginMs;
  }

  get endMs(): Milliseconds | null {
    return this.run.endMs;
  }

  get durationMs(): Milliseconds | null {
    return this.run.durationMs;
  }

  get count(): number {
    return this.run.count;
  }
}

function rowStatus(status: NodeRun['status'], outcome: Outcome): NodeStatus {
  if (status === 'running' && outcome === 'stalled') return outcome;
  if (status !== 'unended') return status;
  if (outcome === 'cancelled') return outcome;
  // Of an execution that went well a node's end was lost, not the node.
  return outcome === 'failed' ? status : 'succeeded';
}

/** The row of a node of the flow without a run; `notRun` unless something else was concluded. */
export function nodeOfFlow(node: FlowShapeNode, status: NodeStatus): GrowingNode {
  return withoutRun(`flow:${node.id}`, node.id, node.name, node.type, status);
}

/** The key of the row that `unnamedFailure` makes. */
export const unnamedKey = 'flow:?';

/** The row of a node that failed without an entry and that no flow file names. */
export function unnamedFailure(): GrowingNode {
  return withoutRun(unnamedKey, '', '', '', 'failed');
}

function withoutRun(
  key: string,
  nodeId: string,
  name: string,
  type: string,
  status: NodeStatus,
): GrowingNode {
  const notRun = status === 'notRun';
  return {
    ...{ key, nodeId, name, type, status },
    inferred: !notRun,
    run: null,
    subExecution: null,
    confidence: null,
    ...{ beginMs: null, endMs: null, durationMs: null },
    count: notRun ? 0 : 1,
    children: [],
  };
}

/** The row of another execution; `confidence` where it was matched by what it looks like. */
export function nodeOfSubExecution(
  summary: ExecutionSummary,
  confidence: MatchConfidence | null = null,
): GrowingNode {
  const { beginMs, endMs, durationMs } = summary;
  return {
    key: `execution:${summary.key}`,
    nodeId: '',
    name: summary.subject,
    type: summary.service,
    status: statusOf(summary.outcome),
    inferred: false,
    run: null,
    subExecution: summary,
    confidence,
    ...{ beginMs, endMs, durationMs },
    count: 1,
    children: [],
  };
}

/** What a row says of an execution that stands for it. */
export function statusOf(outcome: Outcome): NodeStatus {
  switch (outcome) {
    case 'succeeded':
    case 'unreported':
      return 'succeeded';
    case 'failed':
    case 'cancelled':
    case 'running':
    case 'stalled':
      return outcome;
    default:
      return assertNever(outcome);
  }
}
