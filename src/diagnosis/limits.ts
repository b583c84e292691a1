import type { CauseId } from './causes.ts';
import type { FlowNode } from '../flow/flowDocument.ts';
import type { RunKey } from '../trace/execution.ts';
import type { DiagnosisContext, Facts } from './facts.ts';
import type { Evidence } from './finding.ts';
import { ownTimeout, type SetLimit, timeLimit } from './ownTimeout.ts';

/** The RPA plugin asks a robot every ten seconds whether it is done, unless it is set up otherwise. */
const pollMs = 10_000;
/** How long an answer, and what is done with it, may take beyond. */
const leewayMs = 2_500;

/** What a timeout is measured by: how long the node ran, and what its flow file grants it. */
export function limits(
  { execution, failingRun, context }: Facts,
  cause: CauseId | null,
): Evidence[] {
  const nodeId = context.failing?.nodeId ?? null;
  const settings = nodeId === null ? undefined : context.settingsOf?.(nodeId);
  const { beginMs } = execution.summary;
  const { flowChangedMs = null } = context;
  const isOther = flowChangedMs !== null && beginMs !== null && beginMs < flowChangedMs;
  const own = failingRun === null ? null : ownLimit(failingRun.key, settings, context);
  const set = (['timeout', 'retry'] as const).flatMap((part): Evidence[] => {
    const setting = settings?.[part];
    const value = written(setting);
    if (setting === undefined || value === '') return [];
    const isOwn = part === 'timeout' && own !== null;
    if (isOwn && own.value === value) return [];
    const asOf = isOwn || isOther ? ({ asOf: 'today' } as const) : {};
    const limit = part === 'timeout' ? timeLimit(setting) : null;
    return [{ source: { kind: 'setting', part, limit, ...asOf }, value, runKey: null }];
  });
  if (own !== null) set.unshift(own);
  if (failingRun?.durationMs == null) return set;
  const { durationMs, key, type } = failingRun;
  const runKey = key;
  return [
    { source: { kind: 'duration', ms: durationMs }, value: `${String(durationMs)} ms`, runKey },
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

/** What the run was given: the flow file may have been changed since. It counts as that does, where it tells no unit. */
function ownLimit(
  runKey: RunKey,
  settings: FlowNode['settings'],
  context: DiagnosisContext,
): Evidence | null {
  const own = ownTimeout(context.nodeData(runKey)?.config ?? []);
  if (own === null) return null;
  const unit = own.unit ?? settings?.timeout?.unit;
  const set = { value: own.value, ...(unit === undefined ? {} : { unit }) };
  const source = { kind: 'setting', part: 'timeout', limit: timeLimit(set), asOf: 'run' } as const;
  return { source, value: written(set), runKey };
}

/** With its unit, as far as it is a number. */
function written(setting: SetLimit | undefined): string {
  if (setting === undefined) return '';
  const { value, unit } = setting;
  return unit !== undefined && /^\d+(?:\.\d+)?$/.test(value) ? `${value} ${unit}` : value;
}

/** It ended just after it was asked: when it really ended nobody noted. */
function isPolled(durationMs: number): boolean {
  return durationMs >= pollMs && durationMs % pollMs < leewayMs;
}
