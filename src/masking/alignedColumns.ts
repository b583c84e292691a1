import type { Line } from './linesOfText.ts';
import type { NameJudge } from './secretNames.ts';
import { describesField, type SecretSpan } from './secretSpan.ts';

/** Words of a header that blanks part, two at least. */
const headerWord = /[^\s|](?:[^\s]| (?=[^\s|]))*/g;
const nameOfColumn = /^[\p{L}_][\p{L}\p{M}\d_.()/ -]{0,40}$/u;
/** What parts a header from its rows. */
const rule = /^[\s=─-]+$/;

interface Column {
  readonly from: number;
  readonly to: number;
  /** The same in the cells of a terminal, of which a Chinese sign takes two. */
  readonly left: number;
  readonly right: number;
}

/**
 * The secret columns of a header whose cells stand below each other, as `print(frame)` writes them; empty where it is
 * none. Where dashes below the names tell the columns, one blank may part them.
 */
export function secretAlignedColumns(
  header: string,
  below: string,
  names: NameJudge,
): readonly Column[] {
  const columns: (Column & { readonly isSecret: boolean })[] = [];
  for (const { word, from } of dashes.test(below) ? wordsAbove(header, below) : wordsOf(header)) {
    if (!nameOfColumn.test(word)) return [];
    const isSecret = names.kindOf(word.replace(/ /g, '_')) === 'secret';
    const left = widthOf(header.slice(0, from));
    columns.push({ from, to: from + word.length, left, right: left + widthOf(word), isSecret });
  }
  return columns.length < 2 ? [] : columns.filter(({ isSecret }) => isSecret);
}

const dashes = /^\s*-{2,}(?: +-{2,})+\s*$/;

function wordsOf(header: string): { readonly word: string; readonly from: number }[] {
  return [...header.matchAll(headerWord)].map(({ index, 0: word }) => ({ word, from: index }));
}

function wordsAbove(
  header: string,
  below: string,
): { readonly word: string; readonly from: number }[] {
  return [...below.matchAll(/-+/g)].map(({ index, 0: dash }) => {
    const cell = header.slice(index, index + dash.length);
    const word = cell.trim();
    return { word, from: index + cell.indexOf(word) };
  });
}

function widthOf(text: string): number {
  return text.length + (text.match(wide)?.length ?? 0);
}

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/g;

/** The cells of a line that stand below these columns, aligned with them; undefined where none does. */
export function alignedCells(
  text: string,
  line: Line,
  columns: readonly Column[],
): readonly SecretSpan[] | undefined {
  const row = text.slice(line.start, line.end);
  if (row.trim() === '') return undefined;
  if (rule.test(row)) return [];
  const spans: SecretSpan[] = [];
  for (const { from, to, left, right } of columns) {
    // By signs, or by the cells of a terminal.
    const cell = cellAt(row, from, to) ?? (left === from ? undefined : cellAt(row, left, right));
    if (cell === undefined) return undefined;
    const value = row.slice(cell.from, cell.to);
    if (describesField(value)) continue;
    spans.push({ start: line.start + cell.from, end: line.start + cell.to });
  }
  return spans;
}

/** The word that begins or ends where the name of its column does. */
function cellAt(
  row: string,
  from: number,
  to: number,
): { readonly from: number; readonly to: number } | undefined {
  for (const at of [from, to - 1]) {
    if (at >= row.length || /\s/.test(row.charAt(at))) continue;
    let start = at;
    let end = at + 1;
    while (start > 0 && !/\s/.test(row.charAt(start - 1))) start--;
    while (end < row.length && !/\s/.test(row.charAt(end))) end++;
    if (start === from || end === to) return { from: start, to: end };
  }
  return undefined;
}
