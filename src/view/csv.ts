import type { Column } from './tableColumns.ts';

/** A spreadsheet's cell holds 32,767 characters. */
const longestCell = 32_000;
/** Without it Excel reads the file in the code page of the machine. */
const byteOrderMark = '\uFEFF';

/**
 * Rows as a file for spreadsheets (RFC 4180): numbers as numbers, with their unit at the head. What is shown is masked, and
 * what is written is what is shown.
 */
export function csvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const head = columns.map(({ name, written }) => textCell(withUnit(name, written?.unit ?? '')));
  const lines = rows.map((row) => columns.map((column) => cellOf(column, row)));
  return `${byteOrderMark}${[head, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('')}`;
}

function withUnit(name: string, unit: string): string {
  return unit === '' ? name : `${name} (${unit})`;
}

function cellOf<Row>({ isNumber, value, text, written }: Column<Row>, row: Row): string {
  const known = value(row);
  if (isNumber !== true) return textCell(text(row));
  if (typeof known !== 'number' || !Number.isFinite(known)) return '';
  const cell = written === undefined ? known : written.of(known);
  return typeof cell === 'number' ? String(cell) : textCell(cell);
}

/**
 * A name may begin as a formula does, and a spreadsheet would run it: behind an apostrophe it is a text
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
function textCell(text: string): string {
  const short = text.length > longestCell ? `${text.slice(0, longestCell)}…` : text;
  const harmless = /^[\s\p{C}]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(short) ? `'${short}` : short;
  return /[",;\t\r\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
