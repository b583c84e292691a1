import type { Line } from './linesOfText.ts';
import type { NameJudge } from './secretNames.ts';
import { looksMade, looksMixed, type SecretSpan } from './secretSpan.ts';

/** Which columns of a header of words are secret. */
export interface WordColumns {
  readonly count: number;
  readonly secret: readonly number[];
}

const word = /\S{1,200}/g;
const nameOfColumn = /^[\p{L}_][\p{L}\d_]{0,23}$/u;
const mostWords = 16;

/**
 * The secret columns of a header of single words, `序号 账号 密码 状态`, whose rows stand under it without being aligned;
 * undefined where it is none.
 */
export function secretWordColumns(header: string, names: NameJudge): WordColumns | undefined {
  const words = header.match(word) ?? [];
  if (words.length < 2 || words.length > mostWords) return undefined;
  if (!words.every((name) => nameOfColumn.test(name))) return undefined;
  const secret = words.flatMap((name, at) => (names.isSecret(name) ? [at] : []));
  return secret.length === 0 ? undefined : { count: words.length, secret };
}

/** The secret cells of a row that has as many words, or one more where it begins with its number; undefined for any other line. */
export function wordCells(
  text: string,
  { start, end }: Line,
  { count, secret }: WordColumns,
): readonly SecretSpan[] | undefined {
  const cells = [...text.slice(start, end).matchAll(word)];
  const isNumbered = cells.length === count + 1 && /^\d{1,6}$/.test(cells[0]?.[0] ?? '');
  if (cells.length !== count && !isNumbered) return undefined;
  return secret.flatMap((column) => {
    const cell = cells[column + (isNumbered ? 1 : 0)];
    if (cell === undefined || !(looksMade(cell[0]) || looksMixed(cell[0]))) return [];
    const from = start + cell.index;
    return [{ start: from, end: from + cell[0].length }];
  });
}
