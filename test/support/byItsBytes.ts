import { glanceAtRecord, indexRecord } from '../../src/decode/indexRecord.ts';
import type { ReadJson } from '../../src/decode/parseRecord.ts';

/** Reads a record by its bytes however small it is; small ones are parsed, because that is quicker. */
export const byItsBytes: ReadJson = (record, rules) => indexRecord(record, rules, 0);

/** The same to be read at once, as a record that arrives is. */
export const atAGlance: ReadJson = (record, rules) => glanceAtRecord(record, rules, 0);
