import type { NodeId } from '../trace/execution.ts';
import type { ComparedRun } from './comparedRun.ts';

/** Two executions to compare, and the good ones of their flow. */
export interface ComparedPair {
  readonly before: ComparedRun;
  readonly after: ComparedRun;
  readonly good: readonly ComparedRun[];
}

/**
 * Of executions in their order: the last that failed, else the last; and among the others the last good one of the same
 * flow that came to where it failed, else the last good one, else the last of it, else the last. Undefined where there are none.
 */
export function comparedPair(
  runs: readonly ComparedRun[],
  others: readonly ComparedRun[],
): ComparedPair | undefined {
  const after = runs.findLast(({ summary }) => summary.outcome === 'failed') ?? runs.at(-1);
  if (after === undefined) return undefined;
  const ofFlow = others.filter((run) => areOfOneFlow(run, after));
  const came = cameWhere(after);
  const before =
    ofFlow.findLast((run) => isGood(run) && came(run)) ??
    ofFlow.findLast(isGood) ??
    ofFlow.at(-1) ??
    others.findLast(isGood) ??
    others.at(-1);
  if (before === undefined) return undefined;
  return { before, after, good: ofFlow.filter(isGood) };
}

function isGood({ summary }: ComparedRun): boolean {
  return summary.outcome === 'succeeded';
}

function cameWhere({ summary, failing, mayHaveFailed }: ComparedRun) {
  const { nodeId = null, inferred = false } = failing ?? {};
  const ran = new Set(summary.nodeIds);
  const isThere = (id: NodeId) =>
    nodeId === null ? !inferred || (!ran.has(id) && mayHaveFailed?.(id) !== false) : id === nodeId;
  return (other: ComparedRun) => other.summary.nodeIds.some(isThere);
}

/** By the flow's id, else by nodes that both have, else by what ran. */
function areOfOneFlow({ summary: one }: ComparedRun, { summary: other }: ComparedRun): boolean {
  if (one.kind !== other.kind) return false;
  if (one.flowId !== '' && one.flowId === other.flowId) return true;
  if (one.nodeIds.length + other.nodeIds.length === 0) {
    return one.flowId === other.flowId && one.subject === other.subject;
  }
  const ids = new Set(one.nodeIds);
  return other.nodeIds.some((id) => ids.has(id));
}
