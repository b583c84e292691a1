import { openBrace } from '../../base/jsonSigns.ts';
import { columnFor, columnUse, tableHeader } from '../../base/tableColumns.ts';
import type { ConsumedRecord } from '../../record/consumedRecord.ts';
import { csvRows, type Row } from './csvRows.ts';
import { dumpedPosition, orNull, timestampIn } from './dumpLine.ts';
import { fieldColumns, recordOfFields, type FieldColumns } from './fieldColumns.ts';
import { withCommas } from './semicolons.ts';

/** Tables have some columns. */
const mostColumns = 1_000;
/** Enough for the names of the columns, or for the begin of the first row. */
const lookedAt = 2_000;

const delimiters = [',', ';', '\t', '|'] as const;
/** Excel's own hint, in front of the header. */
const separatorLine = /^sep=(.)\r?\n/;
/** A record in quotes, its own doubled: nothing but a table has that. */
const quotedRecord = /^(?:(?:"(?:[^"\n]|"")*"|[^"{\n,;\t|]*)[,;\t|])*"\{\s*""/;

/** So many lines may stand above a table… */
const mostAbove = 10;
/** …whose names have a record below them: other texts have commas as well. */
const recordBelow = /^[^{}\n]+\n(?:[^{\n]*[,;\t|]\s?)?"?\{/;

/** How a table is written. */
interface TableForm {
  readonly delimiter: string;
  /** Where its first row begins. */
  readonly start: number;
  readonly hasHeader: boolean;
}

/** How a file is a table of records, as topic browsers and log stores export it; undefined where it is none. */
export function tableForm(bytes: Uint8Array): TableForm | undefined {
  const head = new TextDecoder().decode(bytes.subarray(0, lookedAt));
  return formOf(head) ?? formBelow(head);
}

/** Some tools say above a table what it is of, in some lines. */
function formBelow(head: string): TableForm | undefined {
  let start = 0;
  for (let line = 0; line < mostAbove; line++) {
    start = head.indexOf('\n', start) + 1;
    const rest = head.slice(start);
    if (start === 0 || rest.startsWith('{')) return undefined;
    const header = tableHeader(rest);
    if (header === undefined || !recordBelow.test(rest)) continue;
    const above = new TextEncoder().encode(head.slice(0, start)).length;
    return { delimiter: delimiterOf(header), start: above, hasHeader: true };
  }
  return undefined;
}

function formOf(head: string): TableForm | undefined {
  const hint = separatorLine.exec(head);
  const rows = hint === null ? head : head.slice(hint[0].length);
  const start = hint?.[0].length ?? 0;
  const header = tableHeader(rows) ?? onlyColumn(rows);
  if (header !== undefined) {
    return { delimiter: hint?.[1] ?? delimiterOf(header), start, hasHeader: true };
  }
  const row = quotedRecord.exec(rows)?.[0];
  if (row !== undefined)
    return { delimiter: hint?.[1] ?? delimiterBefore(row), start, hasHeader: false };
  // Names that nobody knows, over a record all the same: a column of somebody's own table.
  const [names = '', below = ''] = rows.split(/\r?\n/, 2);
  const first = /[{}]/.test(names) ? undefined : quotedRecord.exec(below)?.[0];
  if (first === undefined) return undefined;
  return { delimiter: hint?.[1] ?? delimiterBefore(first), start, hasHeader: true };
}

/** A table of values alone. */
function onlyColumn(rows: string): string | undefined {
  const [name = '', ...rest] = rows.split(/\r?\n/, 2);
  return columnUse(name) === 'value' && /^(?:"|\{)/.test(rest[0] ?? '') ? name : undefined;
}

/**
 * Reads the rows of a table, a record each. A row without a value becomes a tombstone; one whose quotes stand as they
 * can't is given as it is, to be listed with the reason. A table in which nothing can be a value is given whole.
 */
export function* readCsv(
  bytes: Uint8Array,
  { delimiter, start, hasHeader }: TableForm,
  name: string,
): Generator<{ readonly record: ConsumedRecord; readonly share: number }> {
  const decoder = new TextDecoder();
  const content = bytes.subarray(start);
  let columns: Columns | undefined = hasHeader ? undefined : noColumns;
  let number = 0;
  for (const row of csvRows(content, delimiter.charCodeAt(0), mostColumns)) {
    if (columns === undefined) {
      columns = columnsOf((row.cells ?? [row.line]).map((cell) => decoder.decode(cell)));
      continue;
    }
    const record = recordOf(row, columns, name, ++number);
    if (record === undefined) {
      yield { record: contentAsItIs(content, name), share: 1 };
      return;
    }
    yield { record, share: Math.min(1, (start + row.end) / bytes.length) };
  }
}

/** What gives the header the most names that are known. */
function delimiterOf(header: string): string {
  const known = (delimiter: string) =>
    header.split(delimiter).filter((name) => columnUse(name) !== undefined).length;
  return delimiters.toSorted((a, b) => known(b) - known(a))[0] ?? ',';
}

function delimiterBefore(row: string): string {
  return delimiters.find((delimiter) => row.includes(`${delimiter}"`)) ?? ',';
}

interface Columns {
  readonly value: number | undefined;
  readonly key: number | undefined;
  readonly time: number | undefined;
  readonly partition: number | undefined;
  readonly offset: number | undefined;
  /** Where none holds the record: the fields of it that they hold. */
  readonly fields: FieldColumns | undefined;
  /** Redpanda Console puts semicolons in place of all commas. */
  readonly hasSemicolons: boolean;
}

const noColumns: Columns = {
  value: undefined,
  key: undefined,
  time: undefined,
  partition: undefined,
  offset: undefined,
  fields: undefined,
  hasSemicolons: false,
};

function columnsOf(header: readonly string[]): Columns {
  const value = columnFor(header, 'value');
  return {
    value,
    fields: value === undefined ? fieldColumns(header) : undefined,
    key: columnFor(header, 'key'),
    time: columnFor(header, 'time'),
    partition: columnFor(header, 'partition'),
    offset: columnFor(header, 'offset'),
    hasSemicolons: header.some((name) => name.trim() === 'partitionID'),
  };
}

/** Undefined where the first row of a table has no cell that can be a value. */
function recordOf(
  { cells, line }: Row,
  columns: Columns,
  topic: string,
  row: number,
): ConsumedRecord | undefined {
  // Copies, because a view would keep the whole file in memory as long as one record lives.
  const cell = (column: number | undefined) => {
    const bytes = column === undefined ? undefined : cells?.[column];
    return bytes === undefined || bytes.length === 0 ? null : orNull(bytes.slice());
  };
  const found = valueIn({ cells, line }, columns, cell);
  if (found === undefined && row === 1) return undefined;
  const value = found === undefined ? line.slice() : found;
  const text = (column: number | undefined) =>
    new TextDecoder().decode(cell(column) ?? undefined).trim();
  const dumpedFrom = dumpedPosition(text(columns.partition), text(columns.offset));
  return {
    topic,
    partition: 0,
    offset: String(row),
    ...(dumpedFrom === undefined ? {} : { dumpedFrom }),
    timestampMs: timestampIn(text(columns.time)),
    key: cell(columns.key),
    value: value !== null && columns.hasSemicolons ? withCommas(value) : value,
  };
}

/** What a row holds of a record; undefined where no cell can be one. */
function valueIn(
  { cells, line }: Pick<Row, 'cells' | 'line'>,
  { value, fields }: Columns,
  cell: (column: number) => Uint8Array | null,
): Uint8Array | null | undefined {
  if (cells === undefined) return line.slice();
  if (fields !== undefined) {
    const decoder = new TextDecoder();
    return recordOfFields(
      fields,
      cells.map((bytes) => decoder.decode(bytes)),
    );
  }
  const at = value ?? cells.findIndex((bytes) => bytes[0] === openBrace);
  return at < 0 ? undefined : cell(at);
}

/** Enough of a file to see what it is. */
const mostShown = 16 * 1024;

/** A file in which nothing can be a record, to be listed once with the reason. */
export function contentAsItIs(bytes: Uint8Array, topic: string): ConsumedRecord {
  const value = bytes.slice(0, mostShown);
  return { topic, partition: 0, offset: '1', timestampMs: null, key: null, value };
}
