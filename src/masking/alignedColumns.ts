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
}

/** The secret columns of a header whose cells stand below each other, as `print(frame)` writes them; empty where it is none. */
export function secretAlignedColumns(header: string, names: NameJudge): readonly Column[] {
  const columns: (Column & { readonly isSecret: boolean })[] = [];
  headerWord.lastIndex = 0;
  for (const found of header.matchAll(headerWord)) {
    const [word] = found;
    if (!nameOfColumn.test(word)) return [];
    const isSecret = names.kindOf(word.replace(/ /g, '_')) === 'secret';
    columns.push({ from: found.index, to: found.index + word.length, isSecret });
  }
  return columns.length < 2 ? [] : columns.filter(({ isSecret }) => isSecret);
}

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
  for (const { from, to } of columns) {
    const cell = cellAt(row, from, to);
    if (cell === undefined) return undefined;
    const value = row.slice(cell.from, cell.to);
    if (describesField(value)) continue;
    spans.push({ start: line.start + cell.from, end: line.start + cell.to, quote: '' });
  }
  return spans;
}

/** The word that begins or ends where the name of its column does. */
function cellAt(row: string, from: number, to: number): Column | undefined {
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
