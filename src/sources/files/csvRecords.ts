import type { ConsumedRecord } from '../../record/consumedRecord.ts';
import { csvRows, type Row } from './csvRows.ts';
import { timestampIn } from './dumpLine.ts';

/** A header has some columns; what is longer is a line of something else. */
const longestHeader = 1_000;
/** Columns that hold the record, the telling ones first. */
const valueColumns = ['value', 'content', 'payload', 'message', '_source', 'log', 'line', 'body'];
const knownColumns = new Set([
  ...valueColumns,
  ...['offset', 'partition', 'partitionid', 'timestamp', 'time', 'key', 'headers', 'topic'],
  ...['@timestamp', '_id', '_index', 'date', 'ts', 'labels', 'stream'],
]);
const newline = 0x0a;

const delimiters = [',', ';', '\t'] as const;

/** Whether a file is a table of records, as topic browsers and log stores export it: by the names in its first line. */
export function isCsv(bytes: Uint8Array): boolean {
  const line = headerLine(bytes);
  return !/[{}[\]:]/.test(line) && knownIn(line, /[,;\t]/) >= 2;
}

/**
 * Reads the rows of a table, a record each. A row without a value becomes a tombstone; where no column holds values,
 * or where its quotes stand as they can't, it is given as it is, to be listed with the reason.
 */
export function* readCsv(
  bytes: Uint8Array,
  name: string,
): Generator<{ readonly record: ConsumedRecord; readonly share: number }> {
  const delimiter = delimiterOf(headerLine(bytes));
  const decoder = new TextDecoder();
  let columns: Columns | undefined;
  let number = 0;
  for (const row of csvRows(bytes, delimiter.charCodeAt(0), longestHeader)) {
    if (columns === undefined) {
      columns = columnsOf((row.cells ?? [row.line]).map((cell) => decoder.decode(cell)));
      continue;
    }
    const share = Math.min(1, row.end / bytes.length);
    yield { record: recordOf(row, columns, name, ++number), share };
  }
}

function headerLine(bytes: Uint8Array): string {
  const end = bytes.subarray(0, longestHeader).indexOf(newline);
  return end < 0 ? '' : new TextDecoder().decode(bytes.subarray(0, end)).trim();
}

/** What gives the header the most names that are known. */
function delimiterOf(header: string): string {
  const counts = delimiters.map((delimiter) => knownIn(header, delimiter));
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}

function knownIn(header: string, delimiter: string | RegExp): number {
  return header
    .split(delimiter)
    .map(plainName)
    .filter((name) => knownColumns.has(name)).length;
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
  { cells, line }: Row,
  columns: Columns,
  topic: string,
  row: number,
): ConsumedRecord {
  // Copies, because a view would keep the whole file in memory as long as one record lives.
  const cell = (column: number | undefined) => {
    const bytes = column === undefined ? undefined : cells?.[column];
    return bytes === undefined || bytes.length === 0 ? null : bytes.slice();
  };
  const isAsItIs = cells === undefined || columns.value === undefined;
  return {
    topic,
    partition: 0,
    offset: String(row),
    timestampMs: timestampIn(new TextDecoder().decode(cell(columns.time) ?? undefined)),
    key: cell(columns.key),
    value: isAsItIs ? line.slice() : cell(columns.value),
  };
}

function plainName(name: string): string {
  return name.trim().replace(/^"|"$/g, '').toLowerCase();
}
