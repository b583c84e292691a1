import type { ConsumedRecord } from './consumedRecord.ts';

/** The same bytes in memory of their own: a view of something larger would keep that in memory as well. */
export function ownBytes(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}

/** The same record for whoever keeps it: what a source delivers stands in memory that its next records get. */
export function ownRecord(record: ConsumedRecord): ConsumedRecord {
  const { key, value } = record;
  return { ...record, key: key && ownBytes(key), value: value && ownBytes(value) };
}
