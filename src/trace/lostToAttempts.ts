import type { Execution, Milliseconds, NodeData, NodeRun, RunKey } from './execution.ts';
import { type FlowShape, runsInRounds } from './flowShape.ts';
import { beginsBody } from './iterationBodies.ts';
import type { TreeNode } from './tree.ts';

/** Less is what an engine takes from one step to the next. */
const leastMs = 100;
/** What a node gave is decoded for it, and nobody looks at more figures than these. */
const mostLooks = 100;
/** They may begin before those that they wait for, so that their times tell nothing about what lies between. */
const waiting = new Set(['message', 'node-end']);

/** The runs whose entries can only be attempts: outside of a body, or in a round that has entries of its own. */
export function retriedRuns(runs: readonly NodeRun[], flow: FlowShape | null): NodeRun[] {
  return runs.filter(({ count }) => count > 1).filter(outsideOfRounds(runs, flow));
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
  const retried = runs.filter((run) => run.count > 1 || run.status === 'recovered');
  if (retried.length === 0) return lost;
  // Made once: a trace may hold thousands of retried steps.
  const links = linksOf(runs, tree);
  let looks = 0;
  for (const run of retried.filter(outsideOfRounds(runs, flow))) {
    const gap = gapBefore(run, links);
    const isLate = (run.beginMs ?? 0) >= (summary.beginMs ?? Infinity);
    if (gap === null || gap < leastMs || !isLate) continue;
    if (run.count === 1 && (++looks > mostLooks || !wasMadeGood(run, links, nodeData))) continue;
    lost.set(run.key, gap);
  }
  return lost;
}

/** What stands before and around the runs. */
interface Links {
  readonly before: ReadonlyMap<RunKey, readonly NodeRun[]>;
  /** Runs with a successor that left no entry. */
  readonly pointing: ReadonlySet<NodeRun>;
  readonly containerMs: ReadonlyMap<RunKey, Milliseconds | null>;
}

function linksOf(runs: readonly NodeRun[], tree: readonly TreeNode[]): Links {
  const before = new Map<RunKey, NodeRun[]>(runs.map(({ key }) => [key, []]));
  const pointing = new Set<NodeRun>();
  for (const run of runs) {
    for (const key of run.next) {
      const known = before.get(key);
      if (known === undefined) pointing.add(run);
      else if (key !== run.key) known.push(run);
    }
  }
  return { before, pointing, containerMs: containersOf(tree) };
}

function containersOf(tree: readonly TreeNode[]): ReadonlyMap<RunKey, Milliseconds | null> {
  const containers = new Map<RunKey, Milliseconds | null>();
  // A list of what is left instead of recursion: a tree may be deep.
  const todo: TreeNode[] = [...tree];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    for (const child of node.children) {
      containers.set(child.key, node.beginMs);
      todo.push(child);
    }
  }
  return containers;
}

function outsideOfRounds(
  runs: readonly NodeRun[],
  flow: FlowShape | null,
): (run: NodeRun) => boolean {
  const places = new Map(flow?.nodes.map((node) => [node.id, node]));
  let hasBodies: boolean | undefined;
  return ({ nodeId, iterationIndex }) => {
    if (iterationIndex !== null) return true;
    const place = places.get(nodeId);
    if (place !== undefined) return !runsInRounds(place, places);
    return !(hasBodies ??= runs.some(({ type }) => beginsBody(type)));
  };
}

/**
 * The older services write one entry however often they tried: it says "failed" and has an output all the same. They
 * leave out nodes that failed and were got over, which may have taken the time as well.
 */
function wasMadeGood(
  run: NodeRun,
  { pointing }: Links,
  nodeData: (runKey: RunKey) => NodeData | undefined,
): boolean {
  const areAllThere = pointing.size === 0 || (pointing.size === 1 && pointing.has(run));
  return areAllThere && (nodeData(run.key)?.output.length ?? 0) > 0;
}

/** From the end of the latest predecessor, or the begin of the container, to the begin; null where it is doubtful. */
function gapBefore(run: NodeRun, { before, containerMs }: Links): Milliseconds | null {
  const { beginMs, endMs, key, type, status } = run;
  if (beginMs === null || endMs === null || status === 'running') return null;
  if (waiting.has(type) || run.mixesRounds === true) return null;
  const predecessors = before.get(key) ?? [];
  if (predecessors.length === 0) {
    const fromMs = containerMs.get(key) ?? null;
    return fromMs === null ? null : beginMs - fromMs;
  }
  let latest = 0;
  for (const other of predecessors) {
    if (other.endMs === null || waiting.has(other.type) || other.status === 'running') return null;
    latest = Math.max(latest, other.endMs);
  }
  return beginMs - latest;
}
