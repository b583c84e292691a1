import type { CauseId } from './causes.ts';
import type { Facts } from './facts.ts';
import type { Evidence } from './finding.ts';

/** The RPA plugin asks a robot every ten seconds whether it is done, unless it is set up otherwise. */
const pollMs = 10_000;
/** How long an answer, and what is done with it, may take beyond. */
const leewayMs = 2_500;

/** What a timeout is measured by: how long the node ran, and what its flow file grants it. */
export function limits({ failingRun, context }: Facts, cause: CauseId | null): Evidence[] {
  const nodeId = context.failing?.nodeId ?? null;
  const settings = nodeId === null ? undefined : context.settingsOf?.(nodeId);
  const set = (['timeout', 'retry'] as const).flatMap((part): Evidence[] => {
    const value = settings?.[part]?.value ?? '';
    return value === '' ? [] : [{ source: { kind: 'setting', part }, value, runKey: null }];
  });
  if (failingRun?.durationMs == null) return set;
  const { durationMs, key, type } = failingRun;
  const runKey = key;
  return [
    { source: { kind: 'duration' }, value: `${String(durationMs)} ms`, runKey },
    // Its own limit ends a node at once.
    ...(type === 'rpa' && cause !== 'nodeTimeout' && isPolled(durationMs)
      ? [
          {
            source: { kind: 'poll', everyMs: pollMs } as const,
            value: `${String(Math.floor(durationMs / pollMs))} × ${String(pollMs)} ms`,
            runKey,
          },
        ]
      : []),
    ...set,
  ];
}

/** It ended just after it was asked: when it really ended nobody noted. */
function isPolled(durationMs: number): boolean {
  return durationMs >= pollMs && durationMs % pollMs < leewayMs;
}
