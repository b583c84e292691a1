import Papa from 'papaparse';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import { timestampIn } from './dumpLine.ts';

/** A header has some columns; what is longer is a line of something else. */
const longestHeader = 1_000;
/** Columns that hold the record, the telling ones first. */
const valueColumns = ['value', 'content', 'payload', 'message', '_source', 'log', 'line', 'body'];
const knownColumns = new Set([
  ...valueColumns,
  ...[
    'offset',
    'partition',
    'partitionid',
    'timestamp',
    'time',
    'key',
    'headers',
    'topic',
    '@timestamp',
  ],
  ...['_id', '_index', 'date', 'ts', 'labels', 'stream'],
]);

/** Whether a file is a table of records, as topic browsers and log stores export it: by the names in its first line. */
export function isCsv(bytes: Uint8Array): boolean {
  return columnsOf(bytes) !== undefined;
}

function columnsOf(bytes: Uint8Array): string[] | undefined {
  const end = bytes.subarray(0, longestHeader).indexOf(0x0a);
  if (end < 0) return undefined;
  const line = new TextDecoder().decode(bytes.subarray(0, end)).trim();
  if (/[{}[\]:]/.test(line) || !/[,;\t]/.test(line)) return undefined;
  const names = line.split(/[,;\t]/).map(plainName);
  const known = names.filter((name) => knownColumns.has(name)).length;
  return known >= 2 ? names : undefined;
}

/**
 * Reads the rows of a table, a record each. A row without a value becomes a tombstone; where no column holds values,
 * each row is given as it is, to be listed with the reason.
 */
export function* readCsv(
  bytes: Uint8Array,
  name: string,
): Generator<{ readonly record: ConsumedRecord; readonly share: number }> {
  const text = new TextDecoder().decode(bytes);
  const { data } = Papa.parse<string[]>(text, { skipEmptyLines: true });
  const names = (data[0] ?? []).map(plainName);
  const at = (wanted: readonly string[]) =>
    wanted.map((column) => names.indexOf(column)).find((column) => column >= 0);
  const valueAt = at(valueColumns);
  const [keyAt, timeAt] = [at(['key']), at(['timestamp', '@timestamp', 'time', 'ts', 'date'])];
  for (let row = 1; row < data.length; row++) {
    const cells = data[row] ?? [];
    const cell = (column: number | undefined) =>
      column === undefined ? '' : (cells[column] ?? '');
    const value = valueAt === undefined ? cells.join(',') : cell(valueAt);
    const key = cell(keyAt);
    const record: ConsumedRecord = {
      topic: name,
      partition: 0,
      offset: String(row),
      timestampMs: timestampIn(cell(timeAt)),
      key: key === '' ? null : new TextEncoder().encode(key),
      value: value === '' ? null : new TextEncoder().encode(value),
    };
    yield { record, share: row / data.length };
  }
}

function plainName(name: string): string {
  return name.trim().replace(/^"|"$/g, '').toLowerCase();
}
