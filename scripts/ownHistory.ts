import { againstUsual } from '../src/analysis/againstUsual.ts';
import { byNode } from '../src/analysis/byNode.ts';
import { nodeReliability } from '../src/analysis/flaky.ts';
import { groupsOf } from '../src/base/groups.ts';
import type { PastExecution } from '../src/analysis/pastExecution.ts';
import type { ComposedEngine } from '../src/engine/compose.ts';
import type { OwnHistory } from '../src/texts/ownHistoryTexts.ts';
import type { ExecutionKey, Milliseconds } from '../src/trace/execution.ts';

/** Tells of an execution what is unusual against those of its flow; of its step since a moment, else since that first failed. */
export type HistoryOf = (key: ExecutionKey, sinceMs?: Milliseconds) => Promise<OwnHistory>;

/** Of executions that an engine holds, in order of their begin. */
export function ownHistories(
  { compare }: Pick<ComposedEngine, 'compare'>,
  executions: readonly PastExecution[],
): HistoryOf {
  const ofFlow = groupsOf(executions, ({ flow }) => flow);
  const byKey = new Map(executions.map((run) => [run.key, run]));
  return async (key, sinceMs) => {
    const { signs } = await compare.signs({ key });
    const run = byKey.get(key);
    if (run === undefined) return { usual: null, node: null, signs };
    const runs = ofFlow.get(run.flow) ?? [];
    const failedAt = run.failure?.nodeId ?? null;
    const came = failedAt === null ? [] : (byNode(runs, new Set([failedAt])).get(failedAt) ?? []);
    return { usual: againstUsual(run, runs), node: nodeReliability(came, sinceMs), signs };
  };
}
