import type { NodeId } from '../trace/execution.ts';
import { identitiesOf } from './flowIdentities.ts';
import type { FlowDocument, FlowNode } from './flowDocument.ts';
import { outOfOrder } from './outOfOrder.ts';

/** A node that was called otherwise. */
export interface RenamedNode {
  readonly node: FlowNode;
  readonly was: string;
}

/** What is different in a flow from what it was. Nodes are those of now, but for what is gone. */
export interface FlowDifference {
  readonly added: readonly FlowNode[];
  readonly gone: readonly FlowNode[];
  readonly renamed: readonly RenamedNode[];
  /** It stands in another block, behind another step, or another edge leads to it. */
  readonly moved: readonly FlowNode[];
}

/** Compares two texts of one flow by their nodes. What is added or gone moves nothing else. */
export function compareFlows(before: FlowDocument, now: FlowDocument): FlowDifference {
  const [old, current] = [identitiesOf(before), identitiesOf(now)];
  const pairs = [...current.byKey].flatMap(([key, node]) => {
    const was = old.byKey.get(key);
    return was === undefined ? [] : [{ key, node, was }];
  });
  const moved = new Set([
    ...inAnotherBlock(pairs, old, current),
    ...behindAnother(pairs, before, now, old, current),
  ]);
  return {
    added: [...current.byKey].flatMap(([key, node]) => (old.byKey.has(key) ? [] : [node])),
    gone: [...old.byKey].flatMap(([key, node]) => (current.byKey.has(key) ? [] : [node])),
    renamed: pairs.flatMap(({ node, was }) =>
      node.name === was.name ? [] : [{ node, was: was.name }],
    ),
    moved: now.nodes.filter((node) => moved.has(node)),
  };
}

type Identities = ReturnType<typeof identitiesOf>;

interface Pair {
  readonly key: string;
  readonly node: FlowNode;
  readonly was: FlowNode;
}

/** A block that is gone, or that is around it since, is no move of what stands in it. */
function inAnotherBlock(pairs: readonly Pair[], old: Identities, current: Identities): FlowNode[] {
  return pairs.flatMap(({ node, was }) => {
    const [from, to] = [parentKey(was, old), parentKey(node, current)];
    const isNew = to !== '' && !old.byKey.has(to);
    const isGone = from !== '' && !current.byKey.has(from);
    return from === to || isNew || isGone ? [] : [node];
  });
}

function parentKey({ parentId }: FlowNode, { keyOfId }: Identities): string {
  return parentId === null ? '' : (keyOfId.get(parentId) ?? '');
}

/** By the edges of the file; where it has none its order is the order of the flow. */
function behindAnother(
  pairs: readonly Pair[],
  before: FlowDocument,
  now: FlowDocument,
  old: Identities,
  current: Identities,
): FlowNode[] {
  if (before.edges.length > 0 || now.edges.length > 0) {
    const [from, to] = [sourcesOf(before, old), sourcesOf(now, current)];
    return pairs.flatMap(({ key, node }) => {
      const [was, is] = [from.get(key), to.get(key)];
      if (was === undefined || is === undefined || sameKeys(was, is)) return [];
      // What stood before it is gone, or what stands before it is new: it stayed where it was.
      const isExplained =
        [...was].some((source) => !current.byKey.has(source)) ||
        [...is].some((source) => !old.byKey.has(source));
      return isExplained ? [] : [node];
    });
  }
  const places = new Map(before.nodes.map((node, place) => [node, place]));
  const blocks = new Map<string, Pair[]>();
  for (const pair of pairs) {
    const block = parentKey(pair.node, current);
    if (block !== parentKey(pair.was, old)) continue;
    const others = blocks.get(block);
    if (others === undefined) blocks.set(block, [pair]);
    else others.push(pair);
  }
  return [...blocks.values()].flatMap((block) => {
    const moved = outOfOrder(block.map(({ was }) => places.get(was) ?? 0));
    return block.flatMap(({ node }, index) => (moved.has(index) ? [node] : []));
  });
}

function sourcesOf({ edges }: FlowDocument, { keyOfId }: Identities) {
  const sources = new Map<string, Set<string>>();
  const keyOf = (id: NodeId) => keyOfId.get(id) ?? id;
  for (const { source, target } of edges) {
    const known = sources.get(keyOf(target));
    if (known === undefined) sources.set(keyOf(target), new Set([keyOf(source)]));
    else known.add(keyOf(source));
  }
  return sources;
}

function sameKeys(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((key) => b.has(key));
}
