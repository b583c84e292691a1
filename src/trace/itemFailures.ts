import type { Execution, NamedValue, NodeData, RunKey } from './execution.ts';
import {
  gapsIn,
  isBad,
  onlyStart,
  setFailure,
  type Body,
  type Found,
  type ItemFailure,
  type ItemFailures,
  type Known,
} from './iterationItems.ts';
import { atItems } from './roundItems.ts';
import { addSerial } from './serialItems.ts';
import type { TreeNode } from './tree.ts';

/**
 * Finds which items of iterations failed. The record names no items: serial rounds share one entry that says
 * "failed" once one of them did, and keep the values of the others. What can be told is concluded from how often
 * nodes were entered, from the gaps in what the iteration gave, and from what the other rounds were given.
 */
export function findItemFailures(
  tree: readonly TreeNode[],
  { runs, summary }: Execution,
  nodeData: (runKey: RunKey) => NodeData | undefined,
): ItemFailures {
  const found: Found = { failures: new Map(), rounds: new Map() };
  if (!runs.some(isBad)) return found;
  const known: Known = {
    failingKey: summary.failing?.runKey ?? null,
    dataOf: (run) => nodeData(run.key),
  };
  addOpenBody(tree, found);
  // A list of what is left instead of recursion: a tree may be deep.
  const todo: TreeNode[] = [...tree];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    for (const child of node.children) todo.push(child);
    if (isIteration(node) && node.count === 1) addIteration(node, known, found);
  }
  return found;
}

/** By its type; a writer that names the entry around each run, and its round, needs no such type. */
function isIteration({ type, children }: TreeNode): boolean {
  return (
    type === 'iteration' ||
    children.some(({ run }) => run?.parent !== undefined && run.iterationIndex !== null)
  );
}

/** What a node got and gave, each round with the number of its item. */
export function withItems(data: NodeData, key: RunKey, { rounds }: ItemFailures): NodeData {
  const items = rounds.get(key) ?? null;
  return items === null ? data : atItems(data, items);
}

/** A body whose iteration left no entry and that no flow file names: it failed in the round begun last. */
function addOpenBody(tree: readonly TreeNode[], { failures }: Found): void {
  const mixed = tree.find(({ run }) => run?.mixesRounds === true);
  if (mixed === undefined) return;
  const starts = tree.filter(({ type }) => type === 'iteration-node-start');
  const [start] = starts;
  if (start === undefined || starts.length > 1) return;
  failures.set(mixed.key, { total: null, failed: 1, items: [start.count - 1] });
}

function addIteration(iteration: TreeNode, known: Known, found: Found): void {
  const runs = iteration.children.flatMap(({ run }) => run ?? []).sort((a, b) => a.order - b.order);
  const bad = runs.filter(isBad);
  if (bad.length === 0) return;
  const data = iteration.run === null ? undefined : known.dataOf(iteration.run);
  const list = data?.input.find(({ value }) => Array.isArray(value))?.value;
  const body: Body = {
    ...{ ...known, iteration, runs, bad },
    given: Array.isArray(list) ? list.length : null,
    onItemError: data?.onItemError ?? null,
  };
  const { status } = iteration;
  const hasStopped = status === 'failed' || status === 'recovered' || status === 'unended';
  // What goes on, or was cut off, may yet end well.
  if (!hasStopped && status !== 'succeeded') return;
  if (runs.some(({ iterationIndex }) => iterationIndex !== null)) {
    addParallel(body, data?.output ?? [], found);
  } else if (hasStopped) {
    addStopped(body, found);
  } else {
    addSerial(body, data?.output ?? [], found);
  }
}

/** Each round of a parallel iteration has entries of its own, with its number. */
function addParallel(
  { iteration, runs, bad, given }: Body,
  output: readonly NamedValue[],
  found: Found,
): void {
  const begun = Math.max(...runs.map(({ iterationIndex }) => iterationIndex ?? -1)) + 1;
  // One that failed may have had more items than it began.
  const total = given ?? (iteration.status === 'succeeded' ? begun : null);
  const gaps = gapsIn(output, total ?? begun);
  const ended = new Set(
    runs.filter(({ type }) => type === 'iteration-node-end').map((run) => run.iterationIndex),
  );
  const failed = new Set<number>();
  for (const { key, iterationIndex: item, status, parent } of bad) {
    if (item === null) continue;
    const isSaid = status === 'failed' || status === 'unended';
    // Who names the entry around each run says it all, and may give nothing for an item that went well.
    const isSeen = () => parent === undefined && (gaps?.includes(item) ?? !ended.has(item));
    const isGivenUp = isSaid || isSeen();
    // A fixed answer or an error branch in the body got over it.
    if (!isGivenUp) continue;
    failed.add(item);
    found.failures.set(key, { total, failed: 1, items: [item] });
  }
  setFailure(found, iteration.key, total, failed.size, [...failed]);
}

/** An iteration that fails does so in the round begun last. */
function addStopped(
  { iteration, runs, bad, given, onItemError, failingKey }: Body,
  found: Found,
): void {
  const start = onlyStart(runs);
  if (start === undefined || onItemError === 'giveNothing' || onItemError === 'leaveOut') return;
  const failure: ItemFailure = { total: given, failed: 1, items: [start.count - 1] };
  const run = bad.find(({ key }) => key === failingKey) ?? (bad.length === 1 ? bad[0] : undefined);
  found.failures.set(iteration.key, failure);
  if (run !== undefined) found.failures.set(run.key, failure);
}
