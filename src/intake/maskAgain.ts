import { decodeRecord } from '../decode/decodeRecord.ts';
import { keptSummary } from '../decode/keptSummary.ts';
import { createRedactor } from '../masking/redact.ts';
import type { RedactionRules } from '../masking/redactionRules.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { RecordRoom } from '../record/recordRoom.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { RejectedStore } from '../store/rejectedStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { ExecutionSummary } from '../trace/execution.ts';

/** Masks by new rules what was decoded by the old ones. */
export function maskAgain(
  store: ExecutionStore,
  room: RecordRoom<StoredExecution>,
  rejected: RejectedStore,
  rules: RedactionRules,
): void {
  store.redecode((stored) => summaryOf(stored, room.held(stored), rules));
  const redactor = createRedactor([], rules);
  rejected.remask((preview) => rules.patterns.guard(() => redactor.text(preview)));
}

/** Of a record whose bytes left the window, what is kept is masked once more: masks of before stay. */
function summaryOf(
  { summary }: StoredExecution,
  record: ConsumedRecord | undefined,
  rules: RedactionRules,
): ExecutionSummary {
  const decoded = record === undefined ? undefined : decodeRecord(record, rules);
  if (decoded?.ok === true) return decoded.value.summary;
  const redactor = createRedactor([], rules);
  const masked = rules.patterns.guard(() => ({
    ...summary,
    sid: redactor.id(summary.sid),
    flowId: redactor.id(summary.flowId),
    nodeIds: summary.nodeIds.map((id) => redactor.id(id)),
    subject: redactor.text(summary.subject),
    message: redactor.text(summary.message),
    nodeNames: summary.nodeNames.map((name) => redactor.text(name)),
    ...(summary.calledBy !== undefined && {
      calledBy: {
        sid: redactor.id(summary.calledBy.sid),
        runKey: summary.calledBy.runKey && redactor.id(summary.calledBy.runKey),
      },
    }),
    failing:
      summary.failing === null
        ? null
        : { ...summary.failing, name: redactor.text(summary.failing.name) },
  }));
  return keptSummary(masked);
}
