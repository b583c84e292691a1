import type { Execution, Milliseconds, NodeData, NodeRun, RunKey } from './execution.ts';
import type { FlowShape } from './flowShape.ts';
import type { TreeNode } from './tree.ts';

/** Less is what an engine takes from one step to the next. */
const leastMs = 100;
/** They may begin before those that they wait for, so that their times tell nothing about what lies between. */
const waiting = new Set(['message', 'node-end']);

/** Whether the entries of a run can only be attempts: outside of a body, and in a round that has entries of its own. */
export function isRetried(run: NodeRun, runs: readonly NodeRun[], flow: FlowShape | null): boolean {
  return run.count > 1 && isOutsideOfRounds(run, runs, flow);
}

/**
 * How long before the begin of a retried run the step before it had ended, by the key of the run:
 *
 *     before ├────┤         run (last attempt) ├──────┤
 *                 ┊← lost to earlier attempts →┊
 *
 * Each attempt writes its own begin over the one before, so the record shows earlier ones as this gap alone. It may
 * hold waiting too: the figure is the most that they can have taken. None where anything makes it doubtful.
 */
export function lostToAttempts(
  { runs, summary }: Execution,
  tree: readonly TreeNode[],
  flow: FlowShape | null,
  nodeData: (runKey: RunKey) => NodeData | undefined,
): ReadonlyMap<RunKey, Milliseconds> {
  const lost = new Map<RunKey, Milliseconds>();
  if (summary.kind !== 'workflow' || summary.timeSource !== 'record') return lost;
  const retried = runs.filter(
    (run) => isRetried(run, runs, flow) || wasMadeGood(run, runs, flow, nodeData),
  );
  for (const run of retried) {
    const gap = gapBefore(run, runs, tree);
    const isLate = (run.beginMs ?? 0) >= (summary.beginMs ?? Infinity);
    if (gap !== null && gap >= leastMs && isLate) lost.set(run.key, gap);
  }
  return lost;
}

function isOutsideOfRounds(
  { nodeId, iterationIndex }: NodeRun,
  runs: readonly NodeRun[],
  flow: FlowShape | null,
): boolean {
  if (iterationIndex !== null) return true;
  const place = flow?.nodes.find(({ id }) => id === nodeId);
  if (place !== undefined) return place.parentId === null;
  return !runs.some(({ type }) => /^(?:iteration|loop)-node-start$/.test(type));
}

/**
 * The older services write one entry however often they tried: it says "failed" and has an output all the same. They
 * leave out nodes that failed and were got over, which may have taken the time as well.
 */
function wasMadeGood(
  run: NodeRun,
  runs: readonly NodeRun[],
  flow: FlowShape | null,
  nodeData: (runKey: RunKey) => NodeData | undefined,
): boolean {
  if (run.count > 1 || run.status !== 'recovered' || !isOutsideOfRounds(run, runs, flow))
    return false;
  const keys = new Set(runs.map(({ key }) => key));
  const areAllThere = runs.every(
    (other) => other === run || other.next.every((key) => keys.has(key)),
  );
  return areAllThere && (nodeData(run.key)?.output.length ?? 0) > 0;
}

/** From the end of the latest predecessor, or the begin of the container, to the begin; null where it is doubtful. */
function gapBefore(
  run: NodeRun,
  runs: readonly NodeRun[],
  tree: readonly TreeNode[],
): Milliseconds | null {
  const { beginMs, endMs, key, type, status } = run;
  if (beginMs === null || endMs === null || status === 'running') return null;
  if (waiting.has(type) || run.mixesRounds === true) return null;
  const before = runs.filter((other) => other !== run && other.next.includes(key));
  if (before.length === 0) {
    const containerMs = containerOf(key, tree)?.beginMs ?? null;
    return containerMs === null ? null : beginMs - containerMs;
  }
  let latest = 0;
  for (const other of before) {
    if (other.endMs === null || waiting.has(other.type) || other.status === 'running') return null;
    latest = Math.max(latest, other.endMs);
  }
  return beginMs - latest;
}

function containerOf(key: RunKey, tree: readonly TreeNode[]): TreeNode | undefined {
  // A list of what is left instead of recursion: a tree may be deep.
  const todo: TreeNode[] = [...tree];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (node.children.some((child) => child.key === key)) return node;
    for (const child of node.children) todo.push(child);
  }
  return undefined;
}
