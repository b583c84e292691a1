import { suspectTypes } from '../../src/decode/suspectTypes.ts';
import type { Execution, ExecutionSummary, NodeRun } from '../../src/trace/execution.ts';
import type { FlowShape, FlowShapeEdge, FlowShapeNode } from '../../src/trace/flowShape.ts';
import type { TreeNode } from '../../src/trace/tree.ts';
import { visibleRows } from '../../src/trace/visibleRows.ts';
import { aSummary } from './builders.ts';

const noUsage = { questionTokens: 0, promptTokens: 0, completionTokens: 0, totalTokens: 0 };

/** A successful run with what the test cares about; its type is what stands before `::` in its node id. */
export function aRun(key: string, parts: Partial<NodeRun> = {}): NodeRun {
  const nodeId = parts.nodeId ?? `${key}::1`;
  return {
    key,
    nodeId,
    name: key,
    type: nodeId.split('::')[0] ?? '',
    category: '',
    status: 'succeeded',
    count: 1,
    beginMs: null,
    endMs: null,
    durationMs: null,
    firstFrameMs: null,
    next: [],
    usage: noUsage,
    logCount: 0,
    error: null,
    iterationIndex: null,
    iterationParent: null,
    order: 0,
    ...parts,
  };
}

/** An execution of runs in order of completion. */
export function anExecution(
  runs: readonly NodeRun[],
  summary: Partial<ExecutionSummary> = {},
): Execution {
  const whole = aSummary(summary);
  return {
    summary: whole,
    runs: runs.map((run, order) => ({ ...run, order })),
    suspectTypes: suspectTypes(whole),
  };
}

/** A flow of nodes written as `id` or `id<parent`, and edges as `a>b`, `a?b` (branch), `a!b` (fail). */
export function aFlow(nodes: string, edges = ''): FlowShape {
  return {
    nodes: nodes.split(' ').map(asNode),
    edges: edges === '' ? [] : edges.split(' ').map(asEdge),
  };
}

/** The tree as indented keys; a mark for what is not a plain run. */
export function outline(tree: readonly TreeNode[]): string {
  const lines = visibleRows(tree, new Set()).map(({ node, level }) => {
    const mark = node.inferred ? ` (inferred ${node.status})` : node.run === null ? ' *' : '';
    return `${'  '.repeat(level - 1)}${node.key}${mark}`;
  });
  return lines.join('\n');
}

function asNode(text: string): FlowShapeNode {
  const [id = '', parentId] = text.split('<');
  return { id, name: `label of ${id}`, type: id.split('::')[0] ?? '', parentId: parentId ?? null };
}

function asEdge(text: string): FlowShapeEdge {
  const [, source = '', sign, target = ''] = /^(.+)([>?!])(.+)$/.exec(text) ?? [];
  const kind = sign === '>' ? 'normal' : sign === '?' ? 'branch' : 'fail';
  return { source, target, kind };
}
