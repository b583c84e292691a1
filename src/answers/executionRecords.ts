import { isRecordOf } from '../decode/recordKey.ts';
import type { RulesOfNow } from '../masking/redactionRules.ts';
import { RecordRoom, type Refetch } from '../record/recordRoom.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';

/** The records of the executions in the store. */
export type ExecutionRecords = RecordRoom<StoredExecution>;

/** Makes the room of the records of a store: one that is read again has to be of the execution's sid and kind. */
export function executionRecords(
  store: ExecutionStore,
  redaction: RulesOfNow,
  refetch: Refetch,
): ExecutionRecords {
  return new RecordRoom({
    ...{ held: store.held, refetch },
    isOfAnyTime: (stored) => store.recalled.get(stored.summary.key) === stored,
    isOf: (record, { summary }) => isRecordOf(record, summary.key, redaction.rules),
  });
}
