import type { OffsetRange } from './flowDocument.ts';
import { linesOf, type TextLine } from './textLines.ts';

/** A cell of a Robot Framework file. */
export interface Cell extends OffsetRange {
  readonly text: string;
}

/** What stands on a line and those that continue it. */
export interface Statement {
  /** Begins in the first column: a header, a setting, the name of a task or a keyword. */
  readonly isOutermost: boolean;
  readonly cells: readonly Cell[];
  readonly firstLine: number;
  readonly lastLine: number;
}

/** The statements of a Robot Framework file, without comments and empty lines. */
export function* statementsOf(text: string): Generator<Statement> {
  let open: (Statement & { readonly cells: Cell[]; lastLine: number }) | undefined;
  for (const line of linesOf(text)) {
    const { cells, isOutermost } = cellsOf(text, line);
    const [first] = cells;
    if (first === undefined) continue;
    if (first.text === '...' && open !== undefined) {
      open.cells.push(...cells.slice(1));
      open.lastLine = line.number;
      continue;
    }
    if (open !== undefined) yield open;
    open = { isOutermost, cells, firstLine: line.number, lastLine: line.number };
  }
  if (open !== undefined) yield open;
}

/** Cells stand two blanks or a tab apart, or between bars. A comment ends the line. */
function cellsOf(
  text: string,
  { start, end }: TextLine,
): { readonly cells: Cell[]; readonly isOutermost: boolean } {
  const line = text.slice(start, end);
  const hasBars = /^\|(?:\s|$)/.test(line);
  const raw = hasBars ? betweenBars(line) : betweenBlanks(line);
  const isOutermost = raw[0]?.text !== '';
  const cells: Cell[] = [];
  for (const cell of raw) {
    if (cell.text.startsWith('#')) break;
    if (cell.text === '') continue;
    cells.push({ text: cell.text, start: start + cell.start, end: start + cell.end });
  }
  return { cells, isOutermost };
}

function betweenBlanks(line: string): Cell[] {
  const cells: Cell[] = [];
  let from = 0;
  for (const { 0: blanks, index } of line.matchAll(/\s{2,}|\t/g)) {
    cells.push(trimmed(line, from, index));
    from = index + blanks.length;
  }
  cells.push(trimmed(line, from, line.length));
  return cells;
}

function betweenBars(line: string): Cell[] {
  const cells: Cell[] = [];
  let from = 1;
  for (const { index } of line.matchAll(/(?<=\s)\|(?=\s|$)/g)) {
    cells.push(trimmed(line, from, index));
    from = index + 1;
  }
  if (from < line.length) cells.push(trimmed(line, from, line.length));
  return cells;
}

function trimmed(line: string, from: number, to: number): Cell {
  const whole = line.slice(from, to);
  const text = whole.trim();
  const start = from + whole.length - whole.trimStart().length;
  return { text, start, end: start + text.length };
}
