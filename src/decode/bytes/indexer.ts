import { isUtf8 } from 'node:buffer';

import { openBrace } from '../../base/jsonSigns.ts';
import { asBuffer } from './asBuffer.ts';
import { JsonScan } from './jsonScan.ts';
import { KeptIndexes } from './keptIndexes.ts';
import { rootPlan, entryPlan, RecordIndex } from './recordIndex.ts';
import { Tokens } from './tokens.ts';

// Only scratch: nothing in it means anything behind a call. Without WebAssembly all records are parsed.
const tokens = Tokens.make();
// What is read of a record is the same with it and without.
const kept = new KeptIndexes();

/**
 * The index of a record; undefined for bytes that are not plainly one. What is read of an index is what a parser reads.
 * One that is not kept is right until the next is made, and costs half of it; that of a large record is kept anyhow.
 */
export function indexOfRecord(bytes: Uint8Array, isKept = true): RecordIndex | undefined {
  if (bytes[0] !== openBrace) return undefined;
  return kept.wants(bytes) ? kept.of(bytes, () => indexNow(bytes, true)) : indexNow(bytes, isKept);
}

/**
 * Strict: what JSON.parse would refuse, what is nested deeper than a record is, and names that another reader may
 * understand otherwise have no index; then whoever reads any JSON reads the record.
 */
function indexNow(bytes: Uint8Array, isKept: boolean): RecordIndex | undefined {
  if (tokens === undefined || !isUtf8(bytes)) return undefined;
  try {
    const found = tokens.rowsOf(bytes);
    if (found === undefined) return undefined;
    const { places, entries, traceEnd } = found;
    const buffer = asBuffer(bytes);
    if (!isKept)
      return new RecordIndex(new JsonScan(buffer, tokens.words), places, entries, traceEnd);
    const own = places.slice(0, rootPlan.end + entries * entryPlan.end);
    return new RecordIndex(new JsonScan(buffer), own, entries, traceEnd);
  } finally {
    tokens.letGo();
  }
}
