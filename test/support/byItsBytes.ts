import { glanceAtRecord, indexRecord } from '../../src/decode/indexRecord.ts';
import type { ReadJson } from '../../src/decode/parseRecord.ts';

/** Reads a record by its bytes, and what is not plainly one as any JSON. */
export const byItsBytes: ReadJson = indexRecord;

/** The same to be read at once, as a record that arrives is. */
export const atAGlance: ReadJson = glanceAtRecord;
