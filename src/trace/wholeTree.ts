import type { NodeRun } from './execution.ts';
import type { TreeNode } from './tree.ts';

type Growing = { -readonly [K in keyof TreeNode]: TreeNode[K] };

/**
 * A tree of its own, with all that its rows tell: what it was read from is not needed any more. For who goes through all rows
 * again and again, or keeps them longer than their record.
 */
export function wholeTree(tree: readonly TreeNode[]): readonly TreeNode[] {
  const whole = tree.map(wholeNode);
  // A list of what is left instead of recursion: a tree may be deep.
  const todo = [...whole];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (node.children.length === 0) continue;
    const children = node.children.map(wholeNode);
    node.children = children;
    for (const child of children) todo.push(child);
  }
  return whole;
}

function wholeNode(node: TreeNode): Growing {
  const { key, nodeId, name, type, status, inferred, run, subExecution, confidence } = node;
  const { beginMs, endMs, durationMs, count, children } = node;
  return {
    ...{ key, nodeId, name, type, status, inferred, subExecution, confidence },
    ...{ beginMs, endMs, durationMs, count, children },
    run: run === null ? null : wholeRun(run),
  };
}

/** A run of its own, with all that it tells. */
export function wholeRun(run: NodeRun): NodeRun {
  const { key, nodeId, name, type, category, status, count } = run;
  const { beginMs, endMs, durationMs, firstFrameMs, next, usage, logCount, error } = run;
  const { iterationIndex, iterationParent, order, parent, source } = run;
  return {
    ...{ key, nodeId, name, type, category, status, count },
    ...{ beginMs, endMs, durationMs, firstFrameMs, next, usage, logCount, error },
    ...{ iterationIndex, iterationParent, order },
    ...(parent !== undefined && { parent }),
    ...(source !== undefined && { source }),
    ...(run.mixesRounds === true && { mixesRounds: true }),
    ...(run.gaveNothing === true && { gaveNothing: true }),
  };
}
