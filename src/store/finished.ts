import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { ExecutionSummary } from '../trace/execution.ts';

/** An execution that ended. */
export interface Finished {
  readonly summary: ExecutionSummary;
  readonly record: ConsumedRecord;
  /** It was known to have ended: the service, or a producer that tried again, wrote its record twice. */
  readonly again: boolean;
}
