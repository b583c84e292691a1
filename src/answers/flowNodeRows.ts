import type { FlowDocument, FlowNode } from '../flow/flowDocument.ts';
import { nodesNow } from '../flow/flowIdentities.ts';
import { locateNode } from '../flow/locateNode.ts';
import { isKnownByPlace } from '../flow/nodesOfId.ts';
import type { MarkedRun } from '../protocol/marks.ts';
import { earlierCalls } from '../trace/earlierCalls.ts';
import type { NodeId } from '../trace/execution.ts';
import type { NodeStatus, TreeNode } from '../trace/tree.ts';
import { isFailing, madeGoodRuns, shownRows, type Opened } from './openedExecution.ts';

/** Who means a step by path or name is looked for among all nodes of the file; more distinct ones than these no flow has. */
const mostLookedFor = 1_000;

/**
 * Finds the node of a file that an execution means: by id; in some formats by path and line, or by name, where only one
 * node has it. Several nodes of one id can't be told apart: the first is meant, as everywhere.
 */
export class FlowNodeFinder {
  private readonly document: FlowDocument;
  private readonly found = new Map<string, FlowNode | undefined>();
  private readonly nodesOfThen: ReadonlyMap<FlowNode, FlowNode> | undefined;
  private readonly finderOfThen: FlowNodeFinder | undefined;

  /** `then`: the flow as it was; what is known by its line is looked for there, and stands elsewhere now. */
  constructor(document: FlowDocument, then?: FlowDocument) {
    this.document = document;
    if (then === undefined || !isKnownByPlace(document)) return;
    this.finderOfThen = new FlowNodeFinder(then);
    this.nodesOfThen = nodesNow(then, document);
  }

  find(nodeId: NodeId, name: string): FlowNode | undefined {
    if (this.finderOfThen !== undefined) {
      const was = this.finderOfThen.find(nodeId, name);
      return was && this.nodesOfThen?.get(was);
    }
    const byId = this.document.nodesById.get(nodeId)?.[0];
    if (byId !== undefined) return byId;
    const key = JSON.stringify([nodeId, name]);
    if (this.found.has(key)) return this.found.get(key);
    if (this.found.size >= mostLookedFor) return undefined;
    const located = locateNode(this.document, { nodeId, nodeName: name });
    const node = located.kind === 'found' ? located.node : undefined;
    this.found.set(key, node);
    return node;
  }
}

/** What ran of each node, and what the file does not hold. */
export interface FlowNodeRows {
  readonly rows: ReadonlyMap<FlowNode, readonly TreeNode[]>;
  readonly others: readonly TreeNode[];
}

/** Of an execution whose record is gone. */
export const noRows: FlowNodeRows = { rows: new Map(), others: [] };

/** The rows of an execution by the nodes of its file; what other services did below them is theirs. */
export function flowNodeRows(opened: Opened, finder: FlowNodeFinder): FlowNodeRows {
  const rows = new Map<FlowNode, TreeNode[]>();
  const others: TreeNode[] = [];
  for (const { node: row } of shownRows(opened, [])) {
    if (row.subExecution !== null) continue;
    const node = finder.find(row.nodeId, row.name);
    if (node === undefined) {
      others.push(row);
      continue;
    }
    const known = rows.get(node);
    if (known === undefined) rows.set(node, [row]);
    else known.push(row);
  }
  return { rows, others };
}

/** What is worst of several rows of one node is what is shown of it. */
const worst: readonly NodeStatus[] = [
  ...(['failed', 'unended', 'running', 'stalled', 'recovered', 'cancelled'] as const),
  ...(['succeeded', 'notRun'] as const),
];

/** Whether an execution that goes on may still come to it. */
function isToCome({ status, nodeId }: TreeNode, { whyNotRun }: Opened): boolean {
  return status === 'notRun' && whyNotRun.get(nodeId) === 'notYet';
}

function failedItemsOf(
  { key }: TreeNode,
  { itemFailures }: Opened,
): Pick<MarkedRun, 'failedItems'> {
  const failure = itemFailures.failures.get(key);
  if (failure === undefined) return {};
  return { failedItems: { failed: failure.failed, total: failure.total } };
}

/** What is shown of the rows of one node. */
export function markedRun(rows: readonly TreeNode[], opened: Opened): MarkedRun | undefined {
  const failing = rows.find((row) => isFailing(row, opened.failing));
  const rank = ({ status }: TreeNode) => worst.indexOf(status);
  const [first] = rows;
  if (first === undefined) return undefined;
  const row = failing ?? rows.reduce((a, b) => (rank(b) <= rank(a) ? b : a), first);
  const timesOf = ({ key, count }: TreeNode) => opened.tried.get(key)?.attempts ?? count;
  const count = rows.reduce((sum, other) => sum + timesOf(other), 0);
  const lostMs = opened.lostMs.get(row.key);
  const earlier = lostMs === undefined ? earlierCalls(row) : null;
  // Of several rows nobody tells how often each was tried.
  const areAttempts = rows.length === 1 && opened.retried.has(row.key);
  return {
    ...{ row: row.key, status: row.status, durationMs: row.durationMs },
    ...(failing === undefined ? {} : { failing: true }),
    ...(lostMs === undefined ? {} : { lostMs }),
    ...(earlier === null ? {} : { earlier: { leastMs: earlier.leastMs } }),
    ...(count > 1 ? { count } : {}),
    ...(areAttempts ? { attempts: true } : {}),
    ...(isToCome(row, opened) ? { notYet: true } : {}),
    ...(madeGoodRuns(opened.findings).has(row.key) ? { isMadeGood: true } : {}),
    ...(row.inferred ? { inferred: true } : {}),
    ...failedItemsOf(row, opened),
  };
}
