import type { Steps } from '../base/steps.ts';
import { alignedCells, secretAlignedColumns } from './alignedColumns.ts';
import { secretWordColumns, wordCells } from './wordColumns.ts';
import { hintsPerStep } from './namedSecrets.ts';
import { LinesOfText, lineBreak, type Line } from './linesOfText.ts';
import type { Hint, NameJudge } from './secretNames.ts';
import { describesField, looksMade, type SecretSpan } from './secretSpan.ts';
import type { Work } from './work.ts';

/** A line of a table is not longer, nor looked at beyond. */
const longestLine = 4_000;
const mostCells = 200;
const breakHere = new RegExp(lineBreak, 'y');
const anyBreak = new RegExp(lineBreak);
/** What a column is called: a word or two, maybe in quotes or bold. */
const headerCell =
  /^[\s\\"'`*]{0,8}[\p{L}_][\p{L}\p{M}\d_.()/-]{0,40}(?: [\p{L}\d_.()/-]{1,24}){0,2}[\s\\"'`*]{0,8}$/u;
/** To look for a delimiter beside a name takes as long as to look at so many characters. */
const costOfName = 120;
/** So often is a line looked at: for its cells, what they are called, and the lines above and below. */
const costOfLine = 4;

interface Header extends Line {
  readonly above: Line;
}

/** So many rows of a table are read in some milliseconds. */
const rowsPerStep = 1_000;

/** The cells below a column of a secret name, in a table of commas, semicolons, tabs, bars or blanks. */
export function* findColumns(
  text: string,
  names: NameJudge,
  work: Work,
  hints: readonly Hint[],
): Steps<SecretSpan[]> {
  if (!text.includes('\n') && !text.includes('\\n')) return [];
  const spans: SecretSpan[] = [];
  const lines = new LinesOfText(text);
  let read: { readonly line: Line; readonly delimiters: string } | undefined;
  let done = 0;
  let seen = 0;
  for (const hint of hints) {
    if (++seen % hintsPerStep === 0) yield;
    if (hint.start < done) continue;
    work.spend(costOfName);
    const delimiter = delimiterBeside(text, hint.start, hint.end);
    if (delimiter === '') continue;
    const line = lines.around(hint.start);
    // However many names stand in a line, it is read once for each sign that may bound its cells.
    const delimiters = read?.line === line ? read.delimiters : '';
    if (line.end - line.start > longestLine || delimiters.includes(delimiter)) continue;
    read = { line, delimiters: delimiters + delimiter };
    work.spend(costOfLine * (line.end - line.start));
    const header = { ...behindQuote(text, line, delimiter), above: lines.above() };
    const end =
      delimiter === blanks
        ? yield* readAligned(text, header, names, spans)
        : yield* readTable(text, header, delimiter, names, spans);
    done = Math.max(done, end);
  }
  return spans;
}

/** The sign that bounds the cell that a hint stands in; empty when it stands in no cell. */
function delimiterBeside(text: string, start: number, end: number): string {
  const behind = /^[\w\u4e00-\u9fff-]{0,40}[\s\\"'`*]{0,8}?([,;\t|│])/.exec(
    text.slice(end, end + 60),
  );
  if (behind !== null) return behind[1] ?? '';
  const before = /([,;\t|│])[\s\\"'`*]{0,8}?[\w\u4e00-\u9fff-]{0,40}$/.exec(
    text.slice(Math.max(0, start - 60), start),
  );
  if (before !== null) return before[1] ?? '';
  const isColumn =
    blanksBeside.test(text.slice(Math.max(0, start - 42), end + 42)) ||
    chineseBeside.test(text.slice(Math.max(0, start - 2), end + 8)) ||
    dashesBelow.test(text.slice(end, end + 200));
  return isColumn ? blanks : '';
}

/** Columns that only blanks part. */
const blanks = '  ';
const dashesBelow = /^[^\n"]{0,100}\n *-{2,60} {1,4}-{2}/;
const chineseBeside = /[\u4e00-\u9fff] [\u4e00-\u9fff]/;
const blanksBeside = /[^\S\n]{2}[^\s"'=:,;]|[^\s"'=:,;][^\S\n]{2}/;

function lineFrom(text: string, start: number): Line | undefined {
  const found = anyBreak.exec(text.slice(start, start + longestLine));
  if (found !== null) return { start, end: start + found.index };
  return text.length - start > longestLine ? undefined : { start, end: text.length };
}

/** A table may be the value of a field: `{"csv": "name,password…`. Then the line begins behind the quote. */
function behindQuote(text: string, line: Line, delimiter: string): Line {
  const [first] = cellsOf(text, line, delimiter);
  if (first === undefined || isHeaderCell(text, first)) return line;
  const quoteAt = text.slice(first.start, first.end).lastIndexOf('"');
  return quoteAt < 0 ? line : { start: first.start + quoteAt + 1, end: line.end };
}

/** The text that the table stands in ends with a quote of its own; those of cells are escaped. */
function upToQuote(text: string, line: Line): Line {
  const length = text.slice(line.start, line.end).search(/(?<!\\)"/);
  return length < 0 ? line : { start: line.start, end: line.start + length };
}

/** Adds the secret cells below a header; gives the end of the table, 0 where it is none. */
function* readTable(
  text: string,
  header: Header,
  delimiter: string,
  names: NameJudge,
  spans: SecretSpan[],
): Steps<number> {
  const columns = cellsOf(text, header, delimiter);
  if (columns.length < 2 || !columns.every((cell) => isHeaderCell(text, cell))) return 0;
  const secret = columns.map(({ start, end }) => names.kindOf(bareName(text.slice(start, end))));
  if (!secret.includes('secret') || isInside(text, header, columns.length, delimiter)) return 0;
  let last: Line = header;
  for (let row = 1; ; row++) {
    if (row % rowsPerStep === 0) yield;
    breakHere.lastIndex = last.end;
    const whole = breakHere.test(text) ? lineFrom(text, breakHere.lastIndex) : undefined;
    if (whole === undefined) break;
    const line = text.charAt(header.start - 1) === '"' ? upToQuote(text, whole) : whole;
    const cells = cellsOf(text, line, delimiter);
    if (isRule.test(text.slice(line.start, line.end))) {
      last = line;
      continue;
    }
    if (cells.length !== columns.length) break;
    cells.forEach((cell, index) => {
      const value = text.slice(cell.start, cell.end);
      const isOpen = isOpenName(bareName(text.slice(columns[index]?.start, columns[index]?.end)));
      if (secret[index] === 'secret' && isSecretCell(value, isOpen)) spans.push({ ...cell });
    });
    last = line;
  }
  return last === header ? 0 : last.end;
}

/** What parts a header from its rows, and the frame around them. */
const isRule = /^[\s+|:=─┼├┤╪═┌┬┐└┴┘│-]{3,}$/;

/** The same for columns that stand below each other. */
function* readAligned(
  text: string,
  header: Header,
  names: NameJudge,
  spans: SecretSpan[],
): Steps<number> {
  const quoteAt = text.slice(header.start, header.end).lastIndexOf('"');
  const start = header.start + quoteAt + 1;
  breakHere.lastIndex = header.end;
  const next = breakHere.test(text) ? lineFrom(text, breakHere.lastIndex) : undefined;
  const below = next === undefined ? '' : text.slice(next.start, next.end);
  const columns = secretAlignedColumns(text.slice(start, header.end), below, names);
  const places = secretWordColumns(text.slice(start, header.end), names);
  if (columns.length === 0 && places === undefined) return 0;
  let last: Line = header;
  for (let row = 1; ; row++) {
    if (row % rowsPerStep === 0) yield;
    breakHere.lastIndex = last.end;
    const whole = breakHere.test(text) ? lineFrom(text, breakHere.lastIndex) : undefined;
    if (whole === undefined) break;
    const line = quoteAt < 0 ? whole : upToQuote(text, whole);
    const aligned = columns.length === 0 ? undefined : alignedCells(text, line, columns);
    const cells = aligned ?? (places && wordCells(text, line, places));
    if (cells === undefined) break;
    spans.push(...cells);
    last = line;
  }
  return last === header ? 0 : last.end;
}

/** Whether the line above is one of the same table: then this one is no header. */
function isInside(text: string, { above }: Header, columns: number, delimiter: string): boolean {
  if (above.end - above.start > longestLine) return false;
  return cellsOf(text, above, delimiter).length === columns;
}

/** The cells of a line, quotes and blanks around them left out. */
function cellsOf(text: string, line: Line, delimiter: string): Line[] {
  const cells: Line[] = [];
  let start = line.start;
  let quote = '';
  let isBlank = true;
  for (let at = line.start; at <= line.end && cells.length < mostCells; at++) {
    const sign = at === line.end ? delimiter : text.charAt(at);
    if (quote !== '' && at < line.end) {
      if (sign === quote) quote = '';
    } else if (sign === '"' && isBlank) quote = '"';
    else if (sign === delimiter) {
      cells.push(trimmed(text, start, at));
      start = at + 1;
    }
    isBlank = at < start || (isBlank && /\s/.test(sign));
  }
  // Bars stand around a line as well as in it.
  return delimiter === '|' || delimiter === '│'
    ? cells.filter(({ start: a, end: b }, i) => b > a || (i > 0 && i < cells.length - 1))
    : cells;
}

function trimmed(text: string, from: number, to: number): Line {
  const cell = text.slice(from, to);
  const lead = /^[\s\\"'`]*/.exec(cell)?.[0].length ?? 0;
  let end = to;
  while (end > from + lead && /[\s\\"'`]/.test(text.charAt(end - 1))) end--;
  return { start: from + lead, end };
}

function isHeaderCell(text: string, { start, end }: Line): boolean {
  return headerCell.test(text.slice(start, end));
}

function bareName(cell: string): string {
  return cell.replace(/[*`]/g, '').replace(/ /g, '_');
}

/** Under `token` and `auth` ordinary words stand too, under `password` none. */
function isOpenName(name: string): boolean {
  return /(?:token|auth|authentication|authorization|cookie|credentials?)$/i.test(name);
}

function isSecretCell(value: string, isOpen: boolean): boolean {
  if (value === '' || describesField(value)) return false;
  return isOpen
    ? looksMade(value)
    : !/\s/.test(value.trim()) || looksMade(value.replace(/\s/g, ''));
}
