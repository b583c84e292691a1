import type { Milliseconds } from '../trace/execution.ts';
import { groupsOf } from '../base/groups.ts';
import { spreadOf } from './increase.ts';
import type { PastExecution } from './pastExecution.ts';
import { partAt, type Span } from './spans.ts';

/** What ran in a part of the time. */
export interface TimePart extends Span {
  readonly succeeded: number;
  readonly failed: number;
  /** Ended with code 0 before their end node. */
  readonly cutOff: number;
  /** They go on, stopped reporting, or never told how they ended. */
  readonly open: number;
  /** Successful ones with a duration: what the percentiles are of. */
  readonly measured: number;
  /** By nearest rank; null where none was measured. */
  readonly p50Ms: Milliseconds | null;
  readonly p95Ms: Milliseconds | null;
  /** Of successful ones, added up. */
  readonly durationMs: Milliseconds;
}

/** Executions by when they began, in the order of `parts`. */
export function overTime(
  executions: readonly PastExecution[],
  parts: readonly Span[],
): readonly TimePart[] {
  const byPart = groupsOf(executions, ({ beginMs }) =>
    beginMs === null ? -1 : partAt(parts, beginMs),
  );
  return parts.map((part, place) => partOf(part, byPart.get(place) ?? []));
}

function partOf(span: Span, runs: readonly PastExecution[]): TimePart {
  const counts = { succeeded: 0, failed: 0, cutOff: 0, open: 0 };
  for (const { outcome } of runs) counts[placeOf(outcome)]++;
  const durations = runs.flatMap(({ outcome, durationMs }) =>
    outcome === 'succeeded' && durationMs !== null ? durationMs : [],
  );
  const { count, p50, p95, total } = spreadOf(durations);
  return {
    ...{ fromMs: span.fromMs, toMs: span.toMs, ...counts, measured: count, durationMs: total },
    ...(count === 0 ? { p50Ms: null, p95Ms: null } : { p50Ms: p50, p95Ms: p95 }),
  };
}

function placeOf(
  outcome: PastExecution['outcome'],
): keyof Pick<TimePart, 'succeeded' | 'failed' | 'cutOff' | 'open'> {
  switch (outcome) {
    case 'succeeded':
    case 'failed':
      return outcome;
    case 'cancelled':
      return 'cutOff';
    default:
      return 'open';
  }
}
