import { byNode } from './byNode.ts';
import { hasEnded, type PastExecution } from './pastExecution.ts';
import type { NodeId } from '../trace/execution.ts';

/** Flaky is what turned at least twice in the last ten runs. */
export const lookedBack = 10;
const leastTurns = 2;

/** How often a node failed, of whatever, in the runs up to one that failed there. */
export interface NodeReliability {
  readonly failures: number;
  /** In how many it ran, or was to run. */
  readonly runs: number;
  /** It fails and passes by turns, at the same revision. */
  readonly isFlaky: boolean;
}

/** More say how it was before it was changed. */
const mostRuns = 100;
/** Once of once, and once of twice, say nothing of how often. */
const fewest = 3;

/** How reliable the node is where an execution failed, by `runs` of its flow, oldest first; null where too few tell. */
export function nodeReliability(
  run: PastExecution,
  runs: readonly PastExecution[],
): NodeReliability | null {
  const nodeId: NodeId | null = run.failure?.nodeId ?? null;
  if (nodeId === null) return null;
  const upTo: PastExecution[] = [];
  for (let at = runs.length - 1; at >= 0 && upTo.length < mostRuns; at--) {
    const one = runs[at];
    if (one === undefined || !hasEnded(one) || one.isSummary === true) continue;
    if ((one.beginMs ?? 0) <= (run.beginMs ?? 0)) upTo.push(one);
  }
  const came = byNode(upTo.reverse(), new Set([nodeId])).get(nodeId) ?? [];
  if (came.length < fewest) return null;
  const verdicts = came.map(({ run: { revision }, passed }) => ({ revision, passed }));
  return {
    failures: verdicts.filter(({ passed }) => !passed).length,
    runs: verdicts.length,
    isFlaky: turnsOften(verdicts.slice(-lookedBack)),
  };
}

/** Whether what happened turned at least twice without a change of the revision. */
export function turnsOften(
  verdicts: readonly { readonly revision: string; readonly passed: boolean }[],
): boolean {
  let turns = 0;
  for (const [index, { revision, passed }] of verdicts.entries()) {
    const before = verdicts[index - 1];
    if (before?.revision === revision && before.passed !== passed) turns++;
  }
  return turns >= leastTurns;
}
