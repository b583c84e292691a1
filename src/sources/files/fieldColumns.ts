import type { Json } from '../../base/json.ts';
import { nestedFields } from '../../base/nestedFields.ts';
import { timestampIn } from './dumpLine.ts';

/** One of these beside a sid: a table of something else has a session's id, too. */
const telling = [
  'start_time',
  'end_time',
  'status.code',
  'status.message',
  'trace',
  'usage.total_tokens',
];
const sidColumn = /(?:^|\.)sid$/;
const numbers = /(?:^|[._])(?:code|duration|tokens)$/;
const times = /(?:^|_)time$/;
/** As Kibana writes a number. */
const grouped = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const lists = new Set(['trace']);

/** Which field of a record each column holds; undefined for one that holds none. */
export type FieldColumns = readonly (string | undefined)[];

/** How the columns of a table are the fields of a record, as Kibana saves what it shows; undefined where they are not. */
export function fieldColumns(header: readonly string[]): FieldColumns | undefined {
  const names = header.map((name) => name.trim().replace(/^"|"$/g, ''));
  // Steps have a sid as well: the record's own has the shortest way to it.
  const sid = names
    .filter((name) => sidColumn.test(name))
    .toSorted((a, b) => a.length - b.length)[0];
  if (sid === undefined) return undefined;
  const within = sid.slice(0, -'sid'.length);
  const columns = names.map((name) =>
    name.startsWith(within) && !/^[@_]/.test(name) ? name.slice(within.length) : undefined,
  );
  return columns.some((name) => name !== undefined && telling.includes(name)) ? columns : undefined;
}

/** The record that the cells of a row make. */
export function recordOfFields(columns: FieldColumns, cells: readonly string[]): Uint8Array {
  const fields = columns.flatMap((name, at) => {
    const cell = cells[at] ?? '';
    return name === undefined || cell === '' ? [] : [[name, valueOf(name, cell)] as const];
  });
  return new TextEncoder().encode(JSON.stringify(nestedFields(fields, lists)));
}

/** What a cell is only its field tells: a sid may have digits alone. */
function valueOf(name: string, cell: string): Json {
  const plain = grouped.test(cell) ? cell.replaceAll(',', '') : cell;
  if (numbers.test(name) && Number.isFinite(Number(plain))) return Number(plain);
  if (times.test(name))
    return Number.isFinite(Number(plain)) ? Number(plain) : (timestampIn(cell) ?? cell);
  if (!/^[[{]/.test(cell)) return cell;
  try {
    return JSON.parse(cell) as Json;
  } catch {
    return cell;
  }
}
