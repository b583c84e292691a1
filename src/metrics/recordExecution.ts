import type { ExecutionSummary } from '../trace/execution.ts';
import { maskMark } from '../trace/masked.ts';
import type { Instruments } from './instruments.ts';

/** Names and ids are shorter; what is longer would be kept for each series of its own. */
const longestLabel = 128;

/** None for what is empty, or holds something masked: a token as an id would also make a series of each execution. */
function label(name: string, text: string): Readonly<Record<string, string>> {
  return text === '' || text.length > longestLabel || text.includes(maskMark)
    ? {}
    : { [name]: text };
}
/** What of an execution is counted. */
export type Countable = Pick<
  ExecutionSummary,
  'service' | 'kind' | 'flowId' | 'code' | 'durationMs'
>;

/**
 * Counts a finished execution. The labels are those of upstream that a record knows; `ret` (the status
 * code) stands on the counter only, as there.
 */
export function recordExecution(instruments: Instruments, execution: Countable): void {
  const { service, kind, flowId, code, durationMs } = execution;
  const attributes = {
    ...label('server_name', service),
    func: kind,
    ...label('flow_id', flowId),
  };
  instruments.requestCounter.add(1, { ...attributes, ret: code });
  // A histogram takes no negative value, and clocks of two machines may give one.
  if (durationMs !== null && durationMs >= 0) {
    instruments.requestTimeHistogram.record(durationMs, attributes);
  }
}

/** Only what is counted of it, for keeping. */
export function countableOf({
  service,
  kind,
  flowId,
  code,
  durationMs,
}: ExecutionSummary): Countable {
  return { service, kind, flowId, code, durationMs };
}
