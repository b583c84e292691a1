import type { FlowNode } from '../flow/flowDocument.ts';
import type { FlowSince, NodeSince, SomeNames } from '../protocol/flowSince.ts';
import type { TreeNode } from '../trace/tree.ts';
import type { ChangedFlow } from './flowsThen.ts';

/** A sentence holds a few. */
const mostNames = 3;

/** How a file has changed since an execution, and what is another at its nodes. */
export interface SinceRun {
  readonly whole: FlowSince | null;
  readonly nodes: ReadonlyMap<FlowNode, NodeSince>;
}

/**
 * Puts together what is known of how the flow was, with the steps of the execution that the file does not hold: those are
 * gone, whatever else is known. What ran was there.
 */
export function sinceRun(
  changed: ChangedFlow | null,
  ran: ReadonlyMap<FlowNode, readonly TreeNode[]>,
  others: readonly TreeNode[],
): SinceRun {
  const didRun = (node: FlowNode) => ran.get(node)?.some(({ status }) => status !== 'notRun');
  const added = changed?.difference.added.filter((node) => didRun(node) !== true) ?? [];
  const { renamed = [], moved = [], gone = [] } = changed?.difference ?? {};
  const ranAndGone = others.filter(({ run }) => run !== null);
  const allGone = new Map(
    [...ranAndGone.map(({ nodeId, name }) => ({ id: nodeId, name })), ...gone].map((node) => [
      node.id,
      node.name || node.id,
    ]),
  );
  const nodes = new Map<FlowNode, NodeSince>([
    ...moved.map((node) => [node, { kind: 'moved' }] as const),
    ...renamed.map(({ node, was }) => [node, { kind: 'renamed', was }] as const),
    ...added.map((node) => [node, { kind: 'added' }] as const),
  ]);
  if (nodes.size + allGone.size === 0) return { whole: null, nodes };
  return {
    whole: {
      gone: some([...allGone.values()]),
      added: some(added.map(nameOf)),
      moved: some(moved.map(nameOf)),
      renamed: {
        count: renamed.length,
        names: renamed.slice(0, mostNames).map(({ node, was }) => ({ was, name: nameOf(node) })),
      },
      then: changed === null ? null : { commit: changed.commit },
    },
    nodes,
  };
}

function some(names: readonly string[]): SomeNames {
  return { count: names.length, names: names.slice(0, mostNames) };
}

const nameOf = ({ name, id }: FlowNode) => name || id;
