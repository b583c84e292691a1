import type { ExecutionSummary } from '../trace/execution.ts';
import type { Instruments } from './instruments.ts';

/**
 * Counts a finished execution. The labels are those of upstream that a record knows; `ret` (the status
 * code) stands on the counter only, as there.
 */
export function recordExecution(instruments: Instruments, summary: ExecutionSummary): void {
  const attributes = {
    server_name: summary.service,
    func: summary.kind,
    ...(summary.flowId === '' ? {} : { flow_id: summary.flowId }),
  };
  instruments.requestCounter.add(1, { ...attributes, ret: summary.code });
  // A histogram takes no negative value, and clocks of two machines may give one.
  if (summary.durationMs !== null && summary.durationMs >= 0) {
    instruments.requestTimeHistogram.record(summary.durationMs, attributes);
  }
}
