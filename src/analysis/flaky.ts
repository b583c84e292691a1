import type { Milliseconds } from '../trace/execution.ts';
import type { CameToNode } from './byNode.ts';
import type { PastExecution } from './pastExecution.ts';

/** Flaky is what turned at least twice in the last ten runs, by two failures or more: one among good runs may be chance. */
export const lookedBack = 10;
const leastTurns = 2;
const leastFailures = 2;

/** How often a node failed, of whatever, since a moment. */
export interface NodeReliability {
  readonly failures: number;
  /** In how many it ran, or was to run. */
  readonly runs: number;
  /** It fails and passes by turns, at the same revision, of late. */
  readonly isFlaky: boolean;
}

/** Once of once, and once of twice, say nothing of how often. */
export const leastToTell = 3;

/** How reliable a node is by what came to it, oldest first; null where too few did. Without a moment: since it first failed. */
export function nodeReliability(
  came: readonly CameToNode<PastExecution>[],
  sinceMs?: Milliseconds,
): NodeReliability | null {
  if (came.length < leastToTell) return null;
  const from = came.findIndex(({ run, passed }) =>
    sinceMs === undefined ? !passed : (run.beginMs ?? 0) >= sinceMs,
  );
  const since = from === -1 ? [] : came.slice(from);
  const last = came.slice(-lookedBack);
  return {
    failures: since.filter(({ passed }) => !passed).length,
    runs: since.length,
    isFlaky: turnsOften(last.map(({ run: { revision }, passed }) => ({ revision, passed }))),
  };
}

/** Whether what happened turned at least twice without a change of the revision, and not by one failure alone. */
export function turnsOften(
  verdicts: readonly { readonly revision: string; readonly passed: boolean }[],
): boolean {
  let turns = 0;
  const turned = new Set<number>();
  for (const [index, { revision, passed }] of verdicts.entries()) {
    const before = verdicts[index - 1];
    if (before?.revision !== revision || before.passed === passed) continue;
    turns++;
    turned.add(passed ? index - 1 : index);
  }
  return turns >= leastTurns && turned.size >= leastFailures;
}
