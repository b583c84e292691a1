import { collectSecrets } from '../masking/knownSecrets.ts';
import { decodeRaw, rawText } from '../decode/rawText.ts';
import { createKnowingRedactor } from '../masking/redact.ts';
import type { RedactionRules } from '../masking/redactionRules.ts';
import type { EngineMethods } from '../protocol/engineProtocol.ts';
import { RequestError } from '../protocol/packet.ts';
import type { RecordPosition } from '../record/consumedRecord.ts';
import type { RejectedStore } from '../store/rejectedStore.ts';
import type { ExecutionRecords } from './executionRecords.ts';

/** What somebody reads to see why a record was refused; the whole of a large one is in the topic. */
const longestText = 256 * 1024;

/**
 * The text of a rejected record, read again from its source: only its beginning is kept. That beginning where
 * the source can't give the record any more. Throws a `notFound` request error when it isn't listed either.
 */
export async function rejectedText(
  position: RecordPosition,
  store: RejectedStore,
  room: ExecutionRecords,
  rules: RedactionRules,
): Promise<EngineMethods['rejectedText']['result']> {
  const rejected = store.at(position);
  if (rejected === undefined) {
    throw new RequestError({ reason: 'notFound', message: 'This record is not listed any more' });
  }
  const { preview, form, whole, bytes } = rejected;
  const kept = { text: preview, form, whole };
  if (whole) return kept;
  // Of what was refused nothing but its place, time and size is known.
  const found = await room.again({ record: rejected, recordBytes: bytes }).catch(() => undefined);
  if (found?.ok !== true) return kept;
  const { value } = found.value;
  const redactor = createKnowingRedactor(
    () => collectSecrets(decodeRaw(value.subarray(0, 2 * longestText)), rules.names),
    rules,
  );
  return rules.patterns.guard(() => rawText(value, longestText, redactor));
}
