import { ok } from '../../src/base/result.ts';
import { glanceAtRecord, indexRecord, indexRecordBy } from '../../src/decode/indexRecord.ts';
import type { ReadJson } from '../../src/decode/parseRecord.ts';
import { KnownRuns } from '../../src/decode/runTable.ts';

/** Reads a record by its bytes, and what is not plainly one as any JSON. */
export const byItsBytes: ReadJson = indexRecord;

/** The same to be read at once, as a record that arrives is. */
export const atAGlance: ReadJson = glanceAtRecord;

/** The same, where parts of a value are parsed as somebody looks at them, however small it is. */
export const byItsParts: ReadJson = indexRecordBy({ large: 40, page: 60 });

/** The same of one record, where what was found of its runs the first time is known from then on, however small it is. */
export function knowingItsRuns(): ReadJson {
  const knownRuns = new KnownRuns();
  return (record, rules) => {
    const read = indexRecord(record, rules);
    return read.ok ? ok(Object.create(read.value, { knownRuns: { value: knownRuns } })) : read;
  };
}
