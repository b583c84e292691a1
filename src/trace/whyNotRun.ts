import type { ExecutionSummary, NodeId } from './execution.ts';
import type { FlowShape } from './flowShape.ts';

/**
 * Why a node of the flow did not run: `branch`: each way to it begins with a branch that was not taken, or with a failure
 * that there was not; `ended`: the execution ended before it came there; `notYet`: it goes on, and may come there.
 */
export type WhyNotRun = 'branch' | 'ended' | 'notYet';

/** Where the nodes stand that were not come to, each with what follows it. */
type Begins = Record<'branch' | 'ended', NodeId[]>;

/** Of each node that did not run why, as far as the flow tells. */
export function whyNotRun(
  flow: FlowShape,
  ran: ReadonlySet<NodeId>,
  outcome: ExecutionSummary['outcome'],
): ReadonlyMap<NodeId, WhyNotRun> {
  const decided = new Set<NodeId>();
  for (const { kind, source, target } of flow.edges) {
    if (kind === 'branch' && ran.has(target)) decided.add(source);
  }
  const next = new Map<NodeId, NodeId[]>();
  const lead = (from: NodeId, to: NodeId) => {
    const list = next.get(from);
    if (list === undefined) next.set(from, [to]);
    else list.push(to);
  };
  const begins: Begins = { branch: [], ended: [] };
  for (const { source, target, kind } of flow.edges) {
    if (ran.has(target)) continue;
    if (!ran.has(source)) lead(source, target);
    else if (kind === 'fail' || decided.has(source)) begins.branch.push(target);
    else begins.ended.push(target);
  }
  // What stands in something that did not run did not run for the same reason.
  for (const { id, parentId } of flow.nodes) {
    if (parentId !== null && !ran.has(id) && !ran.has(parentId)) lead(parentId, id);
  }
  const known = new Map<NodeId, WhyNotRun>();
  // One that the execution could still have come to says nothing of branches.
  for (const why of ['ended', 'branch'] as const) {
    const todo = begins[why];
    for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
      if (known.has(id)) continue;
      known.set(id, why);
      todo.push(...(next.get(id) ?? []));
    }
  }
  if (outcome === 'running') {
    const left = flow.nodes.filter(({ id }) => !ran.has(id));
    return new Map(left.map(({ id }) => [id, known.get(id) === 'branch' ? 'branch' : 'notYet']));
  }
  // Of one that went well, or stopped reporting, nobody can say that it ended too early.
  if (outcome === 'failed' || outcome === 'cancelled') return known;
  return new Map([...known].filter(([, why]) => why === 'branch'));
}
