import type { ExecutionSummary } from '../trace/execution.ts';
import type { Instruments } from './instruments.ts';
import { label } from './label.ts';
import type { CountedNode } from './nodeInstruments.ts';

/** What of an execution is counted. */
export type Countable = Pick<
  ExecutionSummary,
  'service' | 'kind' | 'flowId' | 'code' | 'durationMs'
> & {
  /** Undefined: of them nothing is counted. */
  readonly nodes?: readonly CountedNode[];
};

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
