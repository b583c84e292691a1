import type { UnreadableBatch } from '../record/unreadableBatch.ts';
import type { RejectedRecord } from '../trace/rejected.ts';

/** A batch that can't be read, as the list of rejected records shows it: where it stands, and nothing of its content. */
export function rejectBatch(batch: UnreadableBatch): RejectedRecord {
  const { topic, partition, offset, lastOffset, fault, bytes, detail } = batch;
  const isMany = lastOffset !== null && lastOffset !== offset;
  const parts = [isMany ? `${offset}–${lastOffset}` : '', fault, detail].filter(Boolean);
  return {
    reason: fault === 'tooLarge' ? 'tooLargeDecompressed' : 'damagedBatch',
    detail: (fault === 'tooLarge' ? parts.filter((part) => part !== fault) : parts).join(' · '),
    ...{ topic, partition, offset },
    timestampMs: null,
    bytes: bytes ?? 0,
    preview: '',
    form: 'text',
    whole: true,
  };
}
