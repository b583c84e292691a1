import { AttemptsIn, type Tried } from '../compare/attempts.ts';
import type { ComparedRun } from '../compare/comparedRun.ts';
import type { TriedInRounds } from '../protocol/tree.ts';
import type { RunKey } from '../trace/execution.ts';
import type { ItemFailures } from '../trace/iterationItems.ts';
import type { TreeNode } from '../trace/tree.ts';

/** What a node was given is decoded for it, and nobody looks at more figures than these. */
const mostLooks = 100;

/** By the key of a run with more entries than there were rounds: which of them are attempts. */
export function triedInRounds(
  run: Pick<ComparedRun, 'tree' | 'retried' | 'dataOf'>,
  { rounds }: ItemFailures,
): ReadonlyMap<RunKey, Tried> {
  const found = new Map<RunKey, Tried>();
  let looks = 0;
  const attempts = new AttemptsIn({
    ...run,
    dataOf: (key) => (++looks > mostLooks ? undefined : run.dataOf(key)),
  });
  // A list of what is left instead of recursion: a tree may be deep.
  const todo: TreeNode[] = [...run.tree];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    for (const child of node.children) todo.push(child);
    // Values that stand at their items are told by these.
    if (node.count < 2 || run.retried.has(node.key) || rounds.has(node.key)) continue;
    const tried = attempts.of(node);
    if (tried !== null) found.set(node.key, tried);
  }
  return found;
}

/** As its row tells it. `items`: those that failed. */
export function sentTriedInRounds(
  { rounds, attempts, last }: Tried,
  { status }: TreeNode,
  items: readonly number[],
): TriedInRounds {
  // Where it went on without items that failed, nobody knows which of them left an entry of their giving up.
  const isKnown = status !== 'recovered' || items.length === 0;
  return {
    rounds,
    attempts: isKnown ? attempts : null,
    failed: items.flatMap((item) => last[item] ?? []),
  };
}
