import { noParts, type Reading, type SecretParts } from './reading.ts';
import type { NameJudge } from './secretNames.ts';
import { describesField, looksMade } from './secretSpan.ts';

/** What a column is called: a word or two. */
const headerCell = /^[\p{L}_][\p{L}\p{M}\d_.()/（）-]{0,40}(?: [\p{L}\d_.()/-]{1,24}){0,2}$/u;
const mostCells = 200;
/** Where the header of a table stands beside its rows, and where these do. */
const headerFields =
  /^(?:columns?|cols|heads?|headers?|fields|column_?names|field_?names|thead|表头|列|列名|字段)$/i;
const rowFields = /^(?:rows?|data|values|records|body|items|lines|tbody|dataSource|行|数据|内容)$/i;
/** Under what a row that is an object keeps the list of its cells: `{"cells": […]}`. */
const cellsField = /^(?:cells?|values|columns|cols|data|row|items|单元格)$/i;
/** What a grid calls a column that has no name of its own. */
const plainKey = /^(?:[A-Z]{1,2}|(?:col(?:umn)?|f|c|field|__empty)_?\d*|\d{1,3}|列\d{1,3})$/i;
/** What may name a column, and under what its cells stand, in the description of one. */
const columnFields =
  /^(?:name|title|label|header|text|key|field|dataIndex|prop|id|accessor|列名|名称)$/i;

/** The cells of a list of rows that stand below a secret name, or beside one where each row is a pair. */
export function secretCells<T>(
  list: readonly T[],
  reading: Reading<T>,
  names: NameJudge,
): SecretParts['rows'] {
  const [first] = list;
  if (first === undefined || list.length < 2) return pairsOf(list, reading, names);
  const items = reading.items(first);
  if (items !== undefined) {
    const columns = isPair(items, reading, names) ? noParts : columnsOf(items, reading, names);
    if (columns.size === 0) return pairsOf(list, reading, names);
    return { under: '', cellsOf: (row) => (row === 0 ? undefined : columns) };
  }
  const entries = reading.entries(first);
  const placed = entries === undefined ? undefined : placedCells(list, reading, names);
  if (placed !== undefined) return placed;
  if (entries === undefined || entries.length < 2 || !entries.every(([key]) => plainKey.test(key)))
    return undefined;
  const secret = entries.filter(([, cell]) => isSecretHeader(reading.text(cell), names));
  if (secret.length === 0) return undefined;
  const columns = new Set(secret.map(([key]) => key));
  return { under: '', cellsOf: (row) => (row === 0 ? undefined : columns) };
}

/** `{"columns": […], "rows": [[…], …]}` */
export function secretRows<T>(
  entries: readonly (readonly [string, T])[],
  reading: Reading<T>,
  names: NameJudge,
): SecretParts['rows'] {
  if (entries.length > 40) return undefined;
  const header = entries.find(([key, value]) => headerFields.test(key) && hasItems(value, reading));
  if (header === undefined) return undefined;
  const rows = entries.find(
    (entry) => entry !== header && rowFields.test(entry[0]) && hasItems(entry[1], reading),
  );
  if (rows === undefined) return undefined;
  const columns = columnsOf(reading.items(header[1]) ?? [], reading, names);
  return columns.size === 0 ? undefined : { under: rows[0], cellsOf: () => columns };
}

const cellName = /^([A-Z]{1,3})(\d{1,6})$/;
const placeField = /^(?:ref|r|cell|addr|address|coordinate|位置|单元格)$/i;
const contentField = /^(?:v|w|val|value|text|content|值|内容)$/i;

/** `[{"ref": "A1", "v": …}]`: each cell says where it stands. */
function placedCells<T>(
  list: readonly T[],
  reading: Reading<T>,
  names: NameJudge,
): SecretParts['rows'] {
  const cells: [place: string, value: T][] = [];
  const contents = new Set<string>();
  for (const item of list) {
    const entries = reading.entries(item) ?? [];
    const place = entries.find(([key]) => placeField.test(key));
    const value = entries.find(([key]) => contentField.test(key));
    const name = place === undefined ? undefined : reading.text(place[1]);
    if (name === undefined || value === undefined || !cellName.test(name)) return undefined;
    cells.push([name, value[1]]);
    contents.add(value[0]);
  }
  const secret = secretSheetCells(cells, reading, names);
  if (secret.size === 0) return undefined;
  return {
    under: '',
    cellsOf: (row) => (secret.has(cells[row]?.[0] ?? '') ? contents : undefined),
  };
}

interface PlacedCell {
  readonly key: string;
  readonly column: string;
  readonly row: number;
  readonly text: string | undefined;
  readonly isSecret: boolean;
}

/** Cells by their places, `{"A1": …, "B1": …}`: those below a secret name, or beside it where nothing is below. */
export function secretSheetCells<T>(
  entries: readonly (readonly [string, T])[],
  reading: Reading<T>,
  names: NameJudge,
): ReadonlySet<string> {
  const [first] = entries;
  if (first === undefined || entries.length < 2 || !cellName.test(first[0])) return noParts;
  const cells = entries.flatMap(([key, value]): PlacedCell[] => {
    const place = cellName.exec(key);
    if (place === null) return [];
    const text = reading.text(value);
    const isSecret = isSecretHeader(text, names);
    return [{ key, column: place[1] ?? '', row: Number(place[2]), text, isSecret }];
  });
  const secret = new Set<string>();
  // A name and its value in each row: nothing that is secret stands below such a name.
  const ofRows = new Set<string>();
  for (const [index, { column, row, isSecret }] of cells.entries()) {
    const next = cells[index + 1];
    if (!isSecret || next?.row !== row || !looksMade(next.text ?? '')) continue;
    // At the head of a column it may be what that is called.
    if (row !== cells[0]?.row || namesIn(cells, column) > 1) ofRows.add(column);
    secret.add(next.key);
  }
  addBelow(cells, ofRows, secret);
  addBeside(cells, secret);
  return secret;
}

function namesIn(cells: readonly PlacedCell[], of: string): number {
  return cells.filter(({ column, isSecret }) => isSecret && column === of).length;
}

/** Adds the cells below a secret name at the head of its column. */
function addBelow(
  cells: readonly PlacedCell[],
  ofRows: ReadonlySet<string>,
  secret: Set<string>,
): void {
  const headers = new Map<string, PlacedCell>();
  for (const cell of cells) {
    const header = headers.get(cell.column);
    if (header === undefined) headers.set(cell.column, cell);
    else if (header.isSecret && cell.row > header.row && !ofRows.has(cell.column))
      secret.add(cell.key);
  }
}

/** Adds the cells beside a secret name that ends its column. */
function addBeside(cells: readonly PlacedCell[], secret: Set<string>): void {
  const lowest = new Map<string, number>();
  for (const { column, row } of cells) lowest.set(column, Math.max(row, lowest.get(column) ?? 0));
  for (const [index, { key, column, row, isSecret }] of cells.entries()) {
    const next = cells[index + 1];
    if (isSecret && lowest.get(column) === row && next?.row === row && !secret.has(key))
      secret.add(next.key);
  }
}

/** The columns that a header gives secret names to: their places, and under what names their cells may stand. */
function columnsOf<T>(
  header: readonly T[],
  reading: Reading<T>,
  names: NameJudge,
): ReadonlySet<string> {
  if (header.length < 2 || header.length > mostCells) return noParts;
  const secret = new Set<string>();
  for (const [index, cell] of header.entries()) {
    const text = reading.text(cell);
    if (text !== undefined) {
      if (text !== '' && !headerCell.test(text)) return noParts;
      if (isSecretHeader(text, names)) secret.add(String(index)).add(text);
      continue;
    }
    const words = (reading.entries(cell) ?? [])
      .filter(([key]) => columnFields.test(key))
      .flatMap(([, value]) => reading.text(value) ?? []);
    if (!words.some((word) => isSecretHeader(word, names))) continue;
    for (const word of [String(index), ...words]) secret.add(word);
  }
  return secret;
}

/** Rows of a name and a value each: `[["user", "bob"], ["password", …]]` */
function pairsOf<T>(
  list: readonly T[],
  reading: Reading<T>,
  names: NameJudge,
): SecretParts['rows'] {
  const rows = new Set<number>();
  for (const [index, row] of list.entries()) {
    const items = reading.items(row);
    if (items?.length !== 2) return undefined;
    const [name, value] = items;
    if (name === undefined || value === undefined) return undefined;
    const isName = isSecretHeader(reading.text(name), names);
    if (isName && (list.length > 1 || isPair(items, reading, names))) rows.add(index);
  }
  if (rows.size === 0) return undefined;
  const cells = new Set(['1']);
  return { under: '', cellsOf: (row) => (rows.has(row) ? cells : undefined) };
}

/** Whether two cells are a name and its value, and not the names of two columns. */
function isPair<T>(items: readonly T[], reading: Reading<T>, names: NameJudge): boolean {
  const [name, value] = items.map((item) => reading.text(item));
  if (items.length !== 2 || name === undefined || value === undefined) return false;
  return isSecretHeader(name, names) && (looksMade(value) || !headerCell.test(value));
}

function hasItems<T>(value: T, reading: Reading<T>): boolean {
  return (reading.items(value)?.length ?? 0) > 0;
}

/** Whether a text names a column of secrets. */
export function isSecretHeader(text: string | undefined, names: NameJudge): boolean {
  if (text === undefined || text.length > 60 || !headerCell.test(text)) return false;
  return names.kindOf(text.replace(/ /g, '_')) === 'secret';
}

/** Whether a row keeps its cells under this name. */
export function holdsCells(key: string): boolean {
  return cellsField.test(key);
}

/** Whether what stands in a cell of a secret column is a value, and not the description of a field. */
export function isValueOfCell(text: string): boolean {
  return text !== '' && !describesField(text);
}
