import type { NodeRun, RunKey } from './execution.ts';

/** What holds a body, by the type of the node that begins it. */
const containerOfStart: ReadonlyMap<string, string> = new Map([
  ['iteration-node-start', 'iteration'],
  ['loop-node-start', 'loop'],
]);

/** Whether a node of this type begins a body. */
export function beginsBody(type: string): boolean {
  return containerOfStart.has(type);
}

interface Body {
  readonly type: string;
  readonly runs: readonly NodeRun[];
  /** When the last of it completed. */
  readonly lastOrder: number;
}

/**
 * Finds the bodies of iterations and loops by the record alone: what is reached from a body's start through
 * the links to next runs belongs to the container that completes next. Answers each run's container.
 */
export function findBodies(runs: readonly NodeRun[]): ReadonlyMap<NodeRun, NodeRun> {
  const starts = runs.filter(({ type }) => beginsBody(type));
  if (starts.length === 0) return new Map();
  const byKey = new Map<RunKey, NodeRun>(runs.map((run) => [run.key, run]));
  const taken = new Set<NodeRun>();
  const bodies: Body[] = [];
  for (const run of starts) {
    const type = containerOfStart.get(run.type);
    if (type !== undefined && !taken.has(run)) bodies.push(bodyOf(run, type, byKey, taken));
  }
  return withContainers(bodies, runs);
}

function bodyOf(
  start: NodeRun,
  type: string,
  byKey: ReadonlyMap<RunKey, NodeRun>,
  taken: Set<NodeRun>,
): Body {
  const runs = [start];
  taken.add(start);
  let lastOrder = start.order;
  // The list grows while it is walked.
  for (const run of runs) {
    lastOrder = Math.max(lastOrder, run.order);
    for (const key of run.next) {
      const next = byKey.get(key);
      if (next === undefined || taken.has(next)) continue;
      taken.add(next);
      runs.push(next);
    }
  }
  return { type, runs, lastOrder };
}

/** Latest bodies first, each takes the first free container that completed behind it. */
function withContainers(
  bodies: readonly Body[],
  runs: readonly NodeRun[],
): ReadonlyMap<NodeRun, NodeRun> {
  const containers = runs
    .filter((run) => run.type === 'iteration' || run.type === 'loop')
    .sort((a, b) => b.order - a.order);
  const parents = new Map<NodeRun, NodeRun>();
  const free: NodeRun[] = [];
  let next = 0;
  for (const body of [...bodies].sort((a, b) => b.lastOrder - a.lastOrder)) {
    for (; next < containers.length; next++) {
      const container = containers[next];
      if (container === undefined || container.order < body.lastOrder) break;
      free.push(container);
    }
    const own = new Set(body.runs);
    const container = takeLast(free, (run) => run.type === body.type && !own.has(run));
    if (container === undefined) continue;
    for (const run of body.runs) parents.set(run, container);
  }
  return parents;
}

/** From the end, where the next to complete stands; few are ever waiting. */
function takeLast(free: NodeRun[], fits: (run: NodeRun) => boolean): NodeRun | undefined {
  const index = free.findLastIndex(fits);
  return index < 0 ? undefined : free.splice(index, 1)[0];
}
