import type { Milliseconds, NodeId } from '../trace/execution.ts';
import { groupsOf } from '../base/groups.ts';
import { type Increase, increases, spreadOf } from './increase.ts';
import type { PastExecution, PastNode } from './pastExecution.ts';

/** How long the executions of a flow take. */
export interface FlowDurations {
  readonly flow: string;
  readonly name: string;
  /** Those with a duration that succeeded: a failed one ends early or waits for a limit. */
  readonly runs: number;
  readonly p50Ms: Milliseconds;
  readonly p95Ms: Milliseconds;
  /** Of all executions, failed ones too. */
  readonly totalMs: Milliseconds;
  /** Of the time of all flows, 0 to 1. */
  readonly share: number;
  readonly slower: Increase | null;
}

/** How long a node takes. */
export interface NodeDurations {
  readonly flow: string;
  readonly nodeId: NodeId;
  readonly name: string;
  readonly type: string;
  /** How often it ran and has a duration. */
  readonly runs: number;
  readonly p50Ms: Milliseconds;
  readonly p95Ms: Milliseconds;
  /** Its own time in all runs, without that of nodes within it. */
  readonly totalMs: Milliseconds;
  /** That of the time of its flow's executions, 0 to 1. */
  readonly share: number;
  readonly slower: Increase | null;
  /** Between the end of what it waited for and its begin, half of its runs waited no longer. */
  readonly waitedP50Ms: Milliseconds;
  /** What earlier attempts took, at most, in all runs. */
  readonly lostMs: Milliseconds;
}

/** Which flows and nodes take the time, and what got slower: those that take most first. */
export interface Durations {
  readonly flows: readonly FlowDurations[];
  readonly nodes: readonly NodeDurations[];
}

/** Less nobody feels. */
export const leastShiftMs = 50;

/** The durations of executions. */
export function durationsOf(executions: readonly PastExecution[]): Durations {
  const byFlow = groupsOf(executions, ({ flow }) => flow);
  const allMs = sumOf(executions.map(({ durationMs }) => durationMs));
  const flows = flowDurations([...byFlow], allMs);
  const totals = new Map(flows.map(({ flow, totalMs }) => [flow, totalMs]));
  return { flows, nodes: nodeDurations([...byFlow], totals) };
}

function flowDurations(
  byFlow: readonly (readonly [string, readonly PastExecution[]])[],
  allMs: Milliseconds,
): FlowDurations[] {
  const good = byFlow.map(([, runs]) => runs.filter(({ outcome }) => outcome === 'succeeded'));
  const slower = increases(good.map(measuredRuns), leastShiftMs);
  const rows = byFlow.map(([flow, runs], index) => {
    const durations = (good[index] ?? []).flatMap(({ durationMs }) => durationMs ?? []);
    const { count, p50, p95 } = spreadOf(durations);
    const totalMs = sumOf(runs.map(({ durationMs }) => durationMs));
    return {
      ...{ flow, name: runs.at(-1)?.name ?? '', runs: count, p50Ms: p50, p95Ms: p95, totalMs },
      share: allMs === 0 ? 0 : totalMs / allMs,
      slower: slower[index] ?? null,
    };
  });
  return rows.sort((a, b) => b.totalMs - a.totalMs);
}

/** A run of a node, and when: by its own begin, else that of its execution. */
interface Timed {
  readonly flow: string;
  readonly node: PastNode;
  readonly atMs: Milliseconds | null;
}

function nodeDurations(
  byFlow: readonly (readonly [string, readonly PastExecution[]])[],
  totals: ReadonlyMap<string, Milliseconds>,
): NodeDurations[] {
  const groups = byFlow.flatMap(([flow, runs]) => {
    const timed = runs.flatMap(({ nodes, beginMs }) =>
      nodes.map((node): Timed => ({ flow, node, atMs: node.beginMs ?? beginMs })),
    );
    return [...groupsOf(timed, ({ node }) => node.nodeId).values()];
  });
  const slower = increases(groups.map(measuredNodes), leastShiftMs);
  const rows = groups.flatMap((group, index) => {
    const first = group.at(-1);
    const durations = group.flatMap(({ node }) => node.durationMs ?? []);
    if (first === undefined || durations.length === 0) return [];
    const { flow, node } = first;
    const { count, p50, p95 } = spreadOf(durations);
    const totalMs = sumOf(group.map(({ node: { ownMs } }) => ownMs));
    const flowMs = totals.get(flow) ?? 0;
    const waited = group.flatMap(({ node: { waitedMs } }) => waitedMs ?? []);
    return {
      ...{ flow, nodeId: node.nodeId, name: node.name, type: node.type },
      ...{ runs: count, p50Ms: p50, p95Ms: p95, totalMs },
      share: flowMs === 0 ? 0 : totalMs / flowMs,
      slower: slower[index] ?? null,
      waitedP50Ms: spreadOf(waited).p50,
      lostMs: sumOf(group.map(({ node: { lostMs } }) => lostMs)),
    };
  });
  return rows.sort((a, b) => b.totalMs - a.totalMs);
}

function measuredRuns(runs: readonly PastExecution[]) {
  return runs.flatMap(({ beginMs, durationMs }) =>
    beginMs === null || durationMs === null ? [] : { atMs: beginMs, value: durationMs },
  );
}

/** Of runs that went well: a failing one waits for a limit or ends at once. */
function measuredNodes(group: readonly Timed[]) {
  return group.flatMap(({ node: { status, durationMs }, atMs }) =>
    status !== 'succeeded' || durationMs === null || atMs === null
      ? []
      : { atMs, value: durationMs },
  );
}

function sumOf(values: readonly (number | null)[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}
