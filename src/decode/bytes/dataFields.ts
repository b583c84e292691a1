import { openBrace, quote } from '../../base/jsonSigns.ts';
import { inOneGo } from '../../base/steps.ts';
import { asBuffer } from './asBuffer.ts';
import { entryPlan, type RecordIndex } from './recordIndex.ts';

/** A field as it is written, with its name and the blanks around it. */
export interface DataField {
  readonly name: string;
  readonly begin: number;
  readonly end: number;
}

const dataColumn = entryPlan.first + entryPlan.names.indexOf('data');

/** The fields of the data of an entry, in order. */
export function dataFieldsOf(index: RecordIndex, entry: number): readonly DataField[] {
  const { json } = index;
  const row = index.rowOf(entry);
  const data = index.placeOf(row, dataColumn);
  if (json.byteAt(data) !== openBrace) return [];
  // To walk through what is large once is enough.
  const parts = inOneGo(index.partsOf(row))?.children.find(({ begin }) => begin === data);
  const ends = new Map(parts?.children.map(({ begin, end }) => [begin, end]));
  const fields: DataField[] = [];
  for (let begin = data + 1; json.byteAt(json.afterSpace(begin)) === quote;) {
    const opening = json.afterSpace(begin);
    const behindName = json.endOfText(opening);
    const value = json.beginOfNamed(behindName);
    const end = json.afterSpace(ends.get(value) ?? json.endOfValue(value));
    const name = asBuffer(json.bytes).toString('utf8', opening + 1, behindName - 1);
    fields.push({ name, begin, end });
    begin = end + 1;
  }
  return fields;
}
