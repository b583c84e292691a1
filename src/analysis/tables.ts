import type { Category } from '../diagnosis/category.ts';
import type { CauseId } from '../diagnosis/causes.ts';
import type { ExecutionKind, Milliseconds, NodeId } from '../trace/execution.ts';
import type { Durations } from './durations.ts';
import { groupsOf } from '../base/groups.ts';
import type { PastExecution } from './pastExecution.ts';

/** A flow in numbers. */
export interface FlowNumbers {
  readonly flow: string;
  readonly name: string;
  /** What its newest execution is. */
  readonly kind: ExecutionKind;
  readonly runs: number;
  readonly failed: number;
  /** Failed in those that succeeded or failed, 0 to 1; null for none. */
  readonly failureRate: number | null;
  /** Of successful ones; null where none has a duration. */
  readonly p50Ms: Milliseconds | null;
  readonly p95Ms: Milliseconds | null;
  /** Of the time of all flows, 0 to 1. */
  readonly share: number;
  readonly tokens: number;
  readonly lastMs: Milliseconds | null;
}

/** A node in numbers. */
export interface NodeNumbers {
  readonly flow: string;
  readonly flowName: string;
  readonly nodeId: NodeId;
  readonly name: string;
  readonly type: string;
  /** Executions that came to it: ran it, or failed there and left no entry. */
  readonly runs: number;
  /** Those that failed there. */
  readonly failed: number;
  readonly failureRate: number | null;
  readonly p50Ms: Milliseconds | null;
  readonly p95Ms: Milliseconds | null;
  /** Of the time of all executions, 0 to 1. */
  readonly share: number;
  readonly tokens: number;
  /** Its usual duration over the time; undefined where nobody looked. */
  readonly course?: readonly (Milliseconds | null)[];
}

/** How many executions failed of a cause. */
export interface CauseCount {
  readonly cause: CauseId | null;
  readonly category: Category;
  readonly failed: number;
}

/** How many executions failed with a code. */
export interface CodeCount {
  readonly code: number;
  readonly failed: number;
}

/** The flows of executions: those with most runs first. */
export function flowNumbers(
  executions: readonly PastExecution[],
  { flows }: Durations,
): readonly FlowNumbers[] {
  const durations = new Map(flows.map((row) => [row.flow, row]));
  const rows = [...groupsOf(executions, ({ flow }) => flow)].map(([flow, runs]): FlowNumbers => {
    const known = durations.get(flow);
    const failed = count(runs, 'failed');
    const ended = failed + count(runs, 'succeeded');
    return {
      ...{ flow, name: runs.at(-1)?.name ?? '', kind: runs.at(-1)?.kind ?? 'other' },
      ...{ runs: runs.length, failed },
      failureRate: ended === 0 ? null : failed / ended,
      ...percentiles(known),
      share: known?.share ?? 0,
      tokens: runs.reduce((sum, { tokens }) => sum + tokens, 0),
      lastMs: runs.at(-1)?.beginMs ?? null,
    };
  });
  return rows.sort((a, b) => b.runs - a.runs);
}

/** Of nodes that an execution came to. */
interface NodeGroup {
  runs: number;
  failed: number;
  tokens: number;
  readonly row: NodeNumbers;
}

/** The nodes of executions, those too that failed and left no entry: those that take most time first. */
export function nodeNumbers(
  executions: readonly PastExecution[],
  { flows, nodes }: Durations,
): readonly NodeNumbers[] {
  const allMs = flows.reduce((sum, { totalMs }) => sum + totalMs, 0);
  const durations = new Map(nodes.map((row) => [nameOf(row), row]));
  const found = new Map<string, NodeGroup>();
  const groupOf = (of: Pick<NodeNumbers, 'flow' | 'flowName' | 'nodeId' | 'name' | 'type'>) => {
    const key = nameOf(of);
    let group = found.get(key);
    if (group === undefined) {
      const known = durations.get(key);
      const row: NodeNumbers = {
        ...{ ...of, runs: 0, failed: 0, failureRate: null, ...percentiles(known), tokens: 0 },
        share: allMs === 0 ? 0 : (known?.totalMs ?? 0) / allMs,
      };
      group = { runs: 0, failed: 0, tokens: 0, row };
      found.set(key, group);
    }
    return group;
  };
  for (const { flow, name: flowName, nodes: ran, failure } of executions) {
    const came = new Set<NodeId>();
    for (const { nodeId, name, type, tokens } of ran) {
      const group = groupOf({ flow, flowName, nodeId, name, type });
      group.tokens += tokens;
      if (came.has(nodeId)) continue;
      came.add(nodeId);
      group.runs++;
    }
    const failedAt = failure?.nodeId ?? null;
    if (failure === null || failedAt === null) continue;
    const group = groupOf({ flow, flowName, nodeId: failedAt, name: failure.name, type: '' });
    group.failed++;
    if (!came.has(failedAt)) group.runs++;
  }
  const rows = [...found.values()].map(({ runs, failed, tokens, row }) => ({
    ...{ ...row, runs, failed, tokens, failureRate: runs === 0 ? null : failed / runs },
  }));
  return rows.sort((a, b) => b.share - a.share || b.runs - a.runs);
}

/** How many failed where no record says at which node. */
export function failedNowhere(executions: readonly PastExecution[]): number {
  return executions.filter(({ failure }) => failure?.nodeId === null).length;
}

/** Failures by cause, where none is known by category: the most frequent first. */
export function causeCounts(executions: readonly PastExecution[]): readonly CauseCount[] {
  const failures = executions.flatMap(({ failure }) => failure ?? []);
  const groups = groupsOf(failures, ({ cause, category }) => cause ?? `*${category}`);
  const rows = [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map(({ cause, category }) => ({ cause, category, failed: group.length })),
  );
  return rows.sort((a, b) => b.failed - a.failed);
}

/** Failures by code: the most frequent first. */
export function codeCounts(executions: readonly PastExecution[]): readonly CodeCount[] {
  const failed = executions.filter(({ outcome }) => outcome === 'failed');
  const rows = [...groupsOf(failed, ({ code }) => code)].map(([code, group]) => ({
    ...{ code, failed: group.length },
  }));
  return rows.sort((a, b) => b.failed - a.failed);
}

function nameOf({ flow, nodeId }: { readonly flow: string; readonly nodeId: NodeId }): string {
  return `${flow}\n${nodeId}`;
}

function count(runs: readonly PastExecution[], outcome: PastExecution['outcome']): number {
  return runs.filter((run) => run.outcome === outcome).length;
}

function percentiles(
  known: { readonly runs: number; readonly p50Ms: number; readonly p95Ms: number } | undefined,
): { readonly p50Ms: Milliseconds | null; readonly p95Ms: Milliseconds | null } {
  if (known === undefined || known.runs === 0) return { p50Ms: null, p95Ms: null };
  return { p50Ms: known.p50Ms, p95Ms: known.p95Ms };
}
