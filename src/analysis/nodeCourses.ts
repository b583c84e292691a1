import type { Milliseconds } from '../trace/execution.ts';
import type { PastExecution } from './pastExecution.ts';
import type { Span } from './spans.ts';
import { median } from './statistics.ts';
import type { NodeNumbers } from './tables.ts';

/** As many as a line in a column of a table tells apart. */
export const coursePoints = 12;

/**
 * How the usual duration of nodes went over a span: of each of its twelfths the median of runs that went well, null where
 * none did. Of these rows alone: of a few that are shown, not of all that ran.
 */
export function withCourses(
  rows: readonly NodeNumbers[],
  executions: readonly PastExecution[],
  span: Span,
): readonly NodeNumbers[] {
  const width = (span.toMs - span.fromMs) / coursePoints;
  const found = new Map<string, Map<string, Milliseconds[][]>>();
  for (const { flow, nodeId } of rows) {
    const nodes = found.get(flow) ?? new Map<string, Milliseconds[][]>();
    nodes.set(
      nodeId,
      Array.from({ length: coursePoints }, () => []),
    );
    found.set(flow, nodes);
  }
  for (const { flow, beginMs, nodes } of executions) {
    const known = found.get(flow);
    if (known === undefined || beginMs === null || nodes.length === 0) continue;
    const place = Math.floor((beginMs - span.fromMs) / width);
    for (const { nodeId, status, durationMs } of nodes) {
      if (status === 'succeeded' && durationMs !== null)
        known.get(nodeId)?.[place]?.push(durationMs);
    }
  }
  return rows.map((row) => {
    const parts = found.get(row.flow)?.get(row.nodeId) ?? [];
    return { ...row, course: parts.map((ms) => (ms.length === 0 ? null : median(ms))) };
  });
}
