import { groupsOf } from '../base/groups.ts';
import type {
  Execution,
  ExecutionSummary,
  FailingNode,
  NodeId,
  NodeRun,
  RunKey,
} from './execution.ts';
import type { FlowShape, FlowShapeNode } from './flowShape.ts';
import { inBodyOrder } from './bodyOrder.ts';
import { recoveredNodes } from './recoveredNodes.ts';
import { findBodies } from './iterationBodies.ts';
import { locateFailingNode, missingSuccessor } from './locateFailingNode.ts';
import { compareRounds, inRunOrder } from './runOrder.ts';
import { findCaller, possibleCallers } from './subExecutions.ts';
import type { SubWorkflow } from './subWorkflows.ts';
import type { NodeStatus, TreeNode } from './tree.ts';
import {
  nodeOfFlow,
  nodeOfRun,
  nodeOfSubExecution,
  statusOf,
  unnamedFailure,
  type GrowingNode,
} from './treeRowNodes.ts';

/**
 * Builds the execution tree. Every run stands in it exactly once, whatever its links say; rows are in order
 * of begin, then completion, then come the nodes of the flow that never ran, in file order.
 */
export function buildTree(
  execution: Execution,
  flow: FlowShape | null,
  subExecutions: readonly ExecutionSummary[],
  subWorkflows: readonly SubWorkflow[] = [],
): readonly TreeNode[] {
  const tree = new GrowingTree(execution, flow);
  tree.addMissing();
  tree.addGotOver();
  tree.addNotRun();
  tree.connect();
  tree.addSubExecutions(subExecutions);
  tree.addSubWorkflows(subWorkflows);
  return tree.roots;
}

class GrowingTree {
  readonly roots: GrowingNode[] = [];
  private readonly execution: Execution;
  private readonly flow: FlowShape | null;
  private readonly flowNodes: ReadonlyMap<NodeId, FlowShapeNode>;
  /** In the order in which they shall stand. */
  private rows: GrowingNode[];
  // Of most executions nobody asks which row a run, a key or a node has: to know it of all takes as long as their rows.
  private known: KnownRows | undefined;
  private byNode: Map<NodeId, GrowingNode[]> | undefined;
  private readonly bodies: ReadonlyMap<NodeRun, NodeRun>;
  /** Rows of a node by completion, where they were asked for. */
  private readonly completed = new Map<NodeId, GrowingNode[]>();
  /** Rows behind which another one was put: the row without an entry stands beside its predecessor. */
  private readonly beside = new Map<GrowingNode, GrowingNode>();

  constructor(execution: Execution, flow: FlowShape | null) {
    this.execution = execution;
    this.flow = flow;
    // The first of an id counts, should a file repeat it.
    this.flowNodes = new Map([...(flow?.nodes ?? [])].reverse().map((node) => [node.id, node]));
    const runs = inRunOrder(execution.runs);
    this.rows = runs.map((run) => nodeOfRun(run, execution.summary.outcome));
    this.bodies = findBodies(execution.runs);
  }

  /** The node that left no entry: where it failed, or where it was cut off; and containers of what ran. */
  addMissing(): void {
    this.addMissingContainers();
    const { outcome } = this.execution.summary;
    const failing = locateFailingNode(this.execution, this.flow);
    if (failing?.inferred === true) {
      const node = failing.nodeId === null ? undefined : this.nodeNamed(failing.nodeId, failing);
      const row = node === undefined ? unnamedFailure() : nodeOfFlow(node, 'failed');
      this.addBehind(row, failing.afterNodeId);
    } else if (outcome === 'cancelled' && this.flow !== null) {
      const after = this.execution.runs.at(-1)?.nodeId ?? null;
      const node = missingSuccessor(this.execution, this.flow, after);
      if (node !== undefined) this.addBehind(nodeOfFlow(node, 'cancelled'), after);
    }
  }

  /** By the flow file; without one, as an earlier run calls it, of which the id tells the type. */
  private nodeNamed(id: NodeId, { name }: FailingNode): FlowShapeNode {
    const [type = ''] = id.split('::');
    return this.flowNodes.get(id) ?? { id, name, type, parentId: null };
  }

  /** Nodes that failed without an entry and were got over: what followed them ran. */
  addGotOver(): void {
    for (const { node, afterNodeId } of this.flow === null
      ? []
      : recoveredNodes(this.execution, this.flow)) {
      const before = this.rowsOfNode.get(afterNodeId)?.at(-1);
      if (before === undefined || this.rowsOfNode.has(node.id)) continue;
      const row = nodeOfFlow(node, 'recovered');
      this.index(row);
      this.rows.splice(this.rows.indexOf(before) + 1, 0, row);
    }
  }

  addNotRun(): void {
    for (const node of this.flowNodesInOrder()) {
      if (!this.rowsOfNode.has(node.id)) this.add(nodeOfFlow(node, 'notRun'));
    }
  }

  connect(): void {
    const parents = withoutCycles(this.rows, (row) => this.parentOf(row));
    for (const row of this.rows) {
      const parent = parents.get(row);
      (parent === undefined ? this.roots : parent.children).push(row);
    }
    for (const row of this.rows) {
      if (row.children.length === 0) continue;
      if (row.children.some((child) => child.run?.iterationIndex != null)) {
        row.children.sort((a, b) => compareRounds(a.run, b.run));
      }
      if (/^(?:iteration|loop)$/.test(row.type)) {
        inBodyOrder([...row.children]).forEach((child, index) => (row.children[index] = child));
      }
    }
  }

  addSubExecutions(subExecutions: readonly ExecutionSummary[]): void {
    if (subExecutions.length === 0) return;
    const added = new Set<string>();
    const callers = possibleCallers(this.rows);
    const inOrder = [...subExecutions].sort((a, b) => (a.beginMs ?? 0) - (b.beginMs ?? 0));
    for (const sub of inOrder) {
      if (added.has(sub.key)) continue;
      added.add(sub.key);
      const caller = findCaller(sub, callers);
      (caller === undefined ? this.roots : caller.children).push(nodeOfSubExecution(sub));
    }
  }

  /** Each under the run that called it, in order of begin. */
  addSubWorkflows(subWorkflows: readonly SubWorkflow[]): void {
    if (subWorkflows.length === 0) return;
    const byKey = new Map(this.rows.map((row) => [row.key, row]));
    const inOrder = [...subWorkflows].sort(
      (a, b) => (a.summary.beginMs ?? 0) - (b.summary.beginMs ?? 0),
    );
    for (const { summary, runKey, confidence } of inOrder) {
      const row = runKey === null ? undefined : byKey.get(runKey);
      // One whose caller was left out of the record stands beside all others.
      const rows = row === undefined && confidence === 'told' ? this.roots : row?.children;
      rows?.push(nodeOfSubExecution(summary, confidence));
    }
  }

  /** A container that the file knows, that has no entry, although its body ran. */
  private addMissingContainers(): void {
    if (this.flowNodes.size === 0) return;
    const { outcome } = this.execution.summary;
    const status: NodeStatus = statusOf(outcome);
    for (const row of [...this.rows]) {
      let parentId = this.flowNodes.get(row.nodeId)?.parentId ?? null;
      while (parentId !== null && !this.rowsOfNode.has(parentId)) {
        const container = this.flowNodes.get(parentId);
        if (container === undefined) break;
        const added = nodeOfFlow(container, status);
        this.index(added);
        this.rows.splice(this.rows.indexOf(row), 0, added);
        parentId = container.parentId;
      }
    }
  }

  private addBehind(row: GrowingNode, afterNodeId: NodeId | null): void {
    if (row.nodeId !== '' && this.rowsOfNode.has(row.nodeId)) return;
    const before = afterNodeId === null ? undefined : this.rowsOfNode.get(afterNodeId)?.at(-1);
    if (before === undefined) {
      this.add(row);
      return;
    }
    this.beside.set(row, before);
    // Behind everything that began before it could: all that ran.
    this.add(row);
  }

  private add(row: GrowingNode): void {
    this.rows.push(row);
    this.index(row);
  }

  private index(row: GrowingNode): void {
    const rows = this.byNode?.get(row.nodeId);
    if (rows === undefined) this.byNode?.set(row.nodeId, [row]);
    else rows.push(row);
  }

  private get rowsOfNode(): ReadonlyMap<NodeId, GrowingNode[]> {
    return (this.byNode ??= groupsOf(this.rows, ({ nodeId }) => nodeId));
  }

  private get rowsOfRuns(): KnownRows {
    return (this.known ??= rowsOfRuns(this.rows));
  }

  private parentOf(row: GrowingNode): GrowingNode | undefined {
    const { run } = row;
    if (run?.parent !== undefined) {
      const parent = this.rowsOfRuns.byKey.get(run.parent);
      if (parent !== undefined) return parent;
    }
    if (run?.iterationParent != null) {
      const parent = this.containerOf(run.iterationParent, run);
      if (parent !== undefined) return parent;
    }
    const parentId = this.flowNode(row)?.parentId ?? null;
    if (parentId !== null) {
      const parent = this.containerOf(parentId, run);
      if (parent !== undefined) return parent;
    }
    if (run !== null) {
      const container = this.bodies.get(run);
      return container === undefined ? undefined : this.rowsOfRuns.byRun.get(container);
    }
    const before = this.beside.get(row);
    return before === undefined || this.flowNode(row) !== undefined
      ? undefined
      : this.parentOf(before);
  }

  /** Without a flow file nobody has to read which node it is. */
  private flowNode(row: GrowingNode): FlowShapeNode | undefined {
    return this.flowNodes.size === 0 ? undefined : this.flowNodes.get(row.nodeId);
  }

  /** Of several runs of a container, the one that completed next after its child. */
  private containerOf(nodeId: NodeId, child: NodeRun | null): GrowingNode | undefined {
    const rows = this.rowsOfNode.get(nodeId);
    if (rows === undefined || rows.length === 1 || child === null) return rows?.[0];
    let sorted = this.completed.get(nodeId);
    if (sorted === undefined) {
      sorted = [...rows].sort((a, b) => orderOf(a) - orderOf(b));
      this.completed.set(nodeId, sorted);
    }
    return firstAfter(sorted, child.order) ?? rows[0];
  }

  private *flowNodesInOrder(): Generator<FlowShapeNode> {
    for (const node of this.flow?.nodes ?? []) {
      if (this.flowNodes.get(node.id) === node) yield node;
    }
  }
}

/** The parent of each row, where following parents always ends; a row that closes a circle becomes a root. */
function withoutCycles(
  rows: readonly GrowingNode[],
  parentOf: (row: GrowingNode) => GrowingNode | undefined,
): ReadonlyMap<GrowingNode, GrowingNode> {
  const parents = new Map<GrowingNode, GrowingNode>();
  const done = new Set<GrowingNode>();
  for (const start of rows) {
    if (done.has(start)) continue;
    let row = start;
    let parent = parentOf(row);
    // Most are roots.
    if (parent === undefined) continue;
    const path = new Set([row]);
    while (parent !== undefined && !path.has(parent)) {
      parents.set(row, parent);
      row = parent;
      if (done.has(row)) break;
      path.add(row);
      parent = parentOf(row);
    }
    for (const walked of path) done.add(walked);
  }
  return parents;
}

/** Rows of runs, by their runs and by their keys. */
interface KnownRows {
  readonly byRun: ReadonlyMap<NodeRun, GrowingNode>;
  readonly byKey: ReadonlyMap<RunKey, GrowingNode>;
}

function rowsOfRuns(rows: readonly GrowingNode[]): KnownRows {
  const byRun = new Map<NodeRun, GrowingNode>();
  const byKey = new Map<RunKey, GrowingNode>();
  for (const row of rows) {
    if (row.run === null) continue;
    byRun.set(row.run, row);
    byKey.set(row.key, row);
  }
  return { byRun, byKey };
}

function orderOf(row: GrowingNode): number {
  return row.run?.order ?? -1;
}

function firstAfter(sorted: readonly GrowingNode[], order: number): GrowingNode | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = sorted[middle];
    if (row !== undefined && orderOf(row) <= order) low = middle + 1;
    else high = middle;
  }
  return sorted[low];
}
