import { decodeRecord } from '../decode/decodeRecord.ts';
import type { RedactionRules } from '../masking/redactionRules.ts';
import type { ConsumedRecord, RecordPosition } from '../record/consumedRecord.ts';
import { sameStamp, type StoredExecution } from '../store/storedExecution.ts';

/** Reads a record of the source again; undefined when it is gone. */
export type Refetch = (position: RecordPosition) => Promise<ConsumedRecord | undefined>;

/** A record with its value. */
export type FullRecord = ConsumedRecord & { readonly value: Uint8Array };

/**
 * The record of a stored execution, read again by its position. Undefined when the topic has let go of it, or
 * holds another record there: a topic that was made anew counts its offsets from 0 again.
 */
export async function readAgain(
  { summary, record, recordBytes }: StoredExecution,
  refetch: Refetch,
  rules: RedactionRules,
): Promise<FullRecord | undefined> {
  const again = await refetch(record);
  if (again === undefined || !hasValue(again)) return undefined;
  if (!sameStamp(again, record) || again.value.byteLength !== recordBytes) return undefined;
  const decoded = decodeRecord(again, rules);
  return decoded.ok && decoded.value.summary.key === summary.key ? again : undefined;
}

function hasValue(record: ConsumedRecord): record is FullRecord {
  return record.value !== null;
}
