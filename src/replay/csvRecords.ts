import Papa from 'papaparse';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import { timestampIn } from './dumpLine.ts';

/** A header has some columns; what is longer is a line of something else. */
const longestHeader = 1_000;
/** So much is parsed at once: whoever wants to stop or to look has his turn between two parts. */
const partBytes = 1024 * 1024;
/** A row that has no end by then began with a stray quote, and is read as a line. */
const longestRow = 64 * 1024 * 1024;
/** Columns that hold the record, the telling ones first. */
const valueColumns = ['value', 'content', 'payload', 'message', '_source', 'log', 'line', 'body'];
const knownColumns = new Set([
  ...valueColumns,
  ...['offset', 'partition', 'partitionid', 'timestamp', 'time', 'key', 'headers', 'topic'],
  ...['@timestamp', '_id', '_index', 'date', 'ts', 'labels', 'stream'],
]);
const newline = 0x0a;
const quote = 0x22;

/** Whether a file is a table of records, as topic browsers and log stores export it: by the names in its first line. */
export function isCsv(bytes: Uint8Array): boolean {
  const end = bytes.subarray(0, longestHeader).indexOf(newline);
  if (end < 0) return false;
  const line = new TextDecoder().decode(bytes.subarray(0, end)).trim();
  if (/[{}[\]:]/.test(line) || !/[,;\t]/.test(line)) return false;
  return (
    line
      .split(/[,;\t]/)
      .map(plainName)
      .filter((name) => knownColumns.has(name)).length >= 2
  );
}

/**
 * Reads the rows of a table, a record each. A row without a value becomes a tombstone; where no column holds values,
 * each row is given as it is, to be listed with the reason.
 */
export function* readCsv(
  bytes: Uint8Array,
  name: string,
): Generator<{ readonly record: ConsumedRecord; readonly share: number }> {
  let columns: Columns | undefined;
  let delimiter = '';
  let row = 0;
  for (const { text, end } of parts(bytes)) {
    const { data, meta } = Papa.parse<string[]>(text, { skipEmptyLines: true, delimiter });
    delimiter = meta.delimiter;
    for (const cells of data) {
      if (columns === undefined) {
        columns = columnsOf(cells);
        continue;
      }
      yield { record: recordOf(cells, columns, name, ++row), share: end / bytes.length };
    }
  }
}

interface Columns {
  readonly value: number | undefined;
  readonly key: number | undefined;
  readonly time: number | undefined;
}

function columnsOf(header: readonly string[]): Columns {
  const names = header.map(plainName);
  const at = (wanted: readonly string[]) =>
    wanted.map((column) => names.indexOf(column)).find((column) => column >= 0);
  return {
    value: at(valueColumns),
    key: at(['key']),
    time: at(['timestamp', '@timestamp', 'time', 'ts', 'date']),
  };
}

function recordOf(
  cells: readonly string[],
  columns: Columns,
  topic: string,
  row: number,
): ConsumedRecord {
  const cell = (column: number | undefined) => (column === undefined ? '' : (cells[column] ?? ''));
  const value = columns.value === undefined ? cells.join(',') : cell(columns.value);
  const key = cell(columns.key);
  return {
    topic,
    partition: 0,
    offset: String(row),
    timestampMs: timestampIn(cell(columns.time)),
    key: key === '' ? null : new TextEncoder().encode(key),
    value: value === '' ? null : new TextEncoder().encode(value),
  };
}

/** Whole rows, about a megabyte at once: a break within quotes ends no row. */
function* parts(bytes: Uint8Array): Generator<{ readonly text: string; readonly end: number }> {
  const decoder = new TextDecoder();
  let from = 0;
  let isQuoted = false;
  let rowFrom = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === quote) isQuoted = !isQuoted;
    if (byte !== newline || (isQuoted && at - rowFrom < longestRow)) continue;
    isQuoted = false;
    rowFrom = at + 1;
    if (at + 1 - from < partBytes) continue;
    yield { text: decoder.decode(bytes.subarray(from, at + 1)), end: at + 1 };
    from = at + 1;
  }
  if (from < bytes.length) {
    yield { text: decoder.decode(bytes.subarray(from)), end: bytes.length };
  }
}

function plainName(name: string): string {
  return name.trim().replace(/^"|"$/g, '').toLowerCase();
}
