import type { OpenedRecord } from '../decode/decodeExecution.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import type { FlowDocument } from '../flow/flowDocument.ts';
import { buildTree } from '../trace/buildTree.ts';
import type { Execution, ExecutionSummary, Milliseconds, NodeId } from '../trace/execution.ts';
import { findItemFailures } from '../trace/itemFailures.ts';
import { locateFailingNode } from '../trace/locateFailingNode.ts';
import { lostToAttempts, retriedRuns } from '../trace/lostToAttempts.ts';
import type { SubWorkflow } from '../trace/subWorkflows.ts';
import { treeExtent } from '../trace/visibleRows.ts';
import { whyNotRun } from '../trace/whyNotRun.ts';
import type { TreeNode } from '../trace/tree.ts';
import type { Opened } from './openedExecution.ts';
import { triedInRounds } from './triedEntries.ts';

/** What is concluded from an execution when it is opened. */
export type OpenedParts = Pick<
  Opened,
  | 'tree'
  | 'extent'
  | 'failing'
  | 'findings'
  | 'itemFailures'
  | 'lostMs'
  | 'retried'
  | 'tried'
  | 'whyNotRun'
>;

/** Draws the conclusions. */
export function openedParts(
  execution: Execution,
  reader: OpenedRecord,
  around: {
    readonly flow: FlowDocument | null;
    readonly subExecutions: readonly ExecutionSummary[];
    readonly called: readonly SubWorkflow[];
    /** When the last record came, where somebody noted it. */
    readonly reportedMs?: Milliseconds;
    /** When its flow file was changed last; null where nobody saw that. */
    readonly flowChangedMs?: Milliseconds | null;
  },
): OpenedParts {
  const { flow, reportedMs, flowChangedMs = null } = around;
  const nodeData: OpenedRecord['nodeData'] = (run) => reader.nodeData(run);
  const tree = buildTree(execution, flow, around.subExecutions, around.called);
  const failing = locateFailingNode(execution, flow);
  const itemFailures = findItemFailures(tree, execution, nodeData);
  const retried = new Set(retriedRuns(execution.runs, flow).map(({ key }) => key));
  return {
    ...{ tree, failing, itemFailures },
    extent: treeExtent(tree),
    lostMs: lostToAttempts(execution, tree, flow, nodeData),
    whyNotRun: reasonsOf(tree, flow, execution.summary),
    retried,
    tried: triedInRounds({ tree, retried, dataOf: nodeData }, itemFailures),
    findings: diagnose(execution, {
      ...{ failing, flow, nodeData, itemFailures, flowChangedMs },
      settingsOf: (nodeId) => flow?.nodesById.get(nodeId)?.[0]?.settings,
      ...(reportedMs === undefined ? {} : { reportedMs }),
    }),
  };
}

/** By the tree: it also has what ran without an entry. */
function reasonsOf(
  tree: readonly TreeNode[],
  flow: FlowDocument | null,
  { outcome }: ExecutionSummary,
): Opened['whyNotRun'] {
  if (flow === null) return new Map();
  const ran = new Set<NodeId>();
  const todo = [...tree];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (node.status !== 'notRun') ran.add(node.nodeId);
    for (const child of node.children) todo.push(child);
  }
  return whyNotRun(flow, ran, outcome);
}
