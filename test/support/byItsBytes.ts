import { glanceAtRecord, indexRecord, indexRecordBy } from '../../src/decode/indexRecord.ts';
import type { ReadJson } from '../../src/decode/parseRecord.ts';

/** Reads a record by its bytes, and what is not plainly one as any JSON. */
export const byItsBytes: ReadJson = indexRecord;

/** The same to be read at once, as a record that arrives is. */
export const atAGlance: ReadJson = glanceAtRecord;

/** The same, where parts of a value are parsed as somebody looks at them, however small it is. */
export const byItsParts: ReadJson = indexRecordBy({ large: 40, page: 60 });
