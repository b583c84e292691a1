import { openBrace, quote } from '../../base/jsonSigns.ts';
import type { FieldPlan } from './fieldPlan.ts';
import { entryPlan, type RecordIndex, rootPlan } from './recordIndex.ts';

const columnsOf = (plan: FieldPlan, names: readonly string[]) =>
  names.map((name) => plan.first + plan.names.indexOf(name));

const [sid = 0, status = 0, trace = 0] = columnsOf(rootPlan, ['sid', 'status', 'trace']);
const statusPlan = rootPlan.parts[rootPlan.names.indexOf('status')] ?? rootPlan;
/** What an object stands in the place of where a store wrote the types around the values. */
const typedInRoot = [
  ...columnsOf(rootPlan, ['sid', 'sub']),
  ...columnsOf(statusPlan, ['code', 'message']),
];
const typedInEntry = columnsOf(entryPlan, ['id', 'node_id', 'node_name', 'start_time', 'duration']);

/**
 * Whether what was indexed is a record as services write it, seen by how its values begin. Only yes is sure: of any
 * other the values are read and asked.
 */
export function isPlainlyRecord(index: RecordIndex): boolean {
  const { bytes } = index.json;
  const at = index.placeOf(0, sid);
  if (bytes[at] !== quote || bytes[at + 1] === quote) return false;
  const hasStatus = bytes[index.placeOf(0, status)] === openBrace && index.placeOf(0, status) !== 0;
  if (!hasStatus && index.placeOf(0, trace) === 0) return false;
  if (holdsObject(index, 0, typedInRoot)) return false;
  return index.entryCount === 0 || !holdsObject(index, index.rowOf(0), typedInEntry);
}

function holdsObject(index: RecordIndex, row: number, columns: readonly number[]): boolean {
  const { bytes } = index.json;
  for (const column of columns) {
    const at = index.placeOf(row, column);
    if (at !== 0 && bytes[at] === openBrace) return true;
  }
  return false;
}
