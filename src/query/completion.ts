import type { QueryField, TextRange } from './terms.ts';
import { tokensOf } from './tokens.ts';
import { fieldOf, isChinese } from './words.ts';

/** What the reader is writing: a plain word that may become a field, or the value of a field. */
export interface Writing {
  readonly field: QueryField | null;
  /** What is written of it so far, in lower case. */
  readonly begun: string;
  /** Whether its field is written in Chinese. */
  readonly isChinese: boolean;
  /** What a completion replaces. */
  readonly range: TextRange;
}

/** What stands at the cursor; null where nothing can be completed (an unknown field). */
export function writingAt(text: string, cursor: number): Writing | null {
  const token = tokensOf(text).find(({ range }) => range.from <= cursor && cursor <= range.to);
  if (token === undefined) return plain('', { from: cursor, to: cursor });
  const { field, valueRange, quoted } = token;
  const begunIn = (range: TextRange) =>
    text.slice(range.from, Math.max(range.from, cursor)).toLowerCase();
  if (field === null || cursor <= field.range.to) {
    if (quoted) return null;
    const range = field === null ? valueRange : { from: field.range.from, to: field.range.to + 1 };
    return plain(begunIn(range), range);
  }
  const known = fieldOf(field.name);
  if (known === undefined) return null;
  return {
    ...{ field: known, range: valueRange, isChinese: isChinese(field.name) },
    begun: begunIn(valueRange).replace(/^["“”]/u, ''),
  };
}

function plain(begun: string, range: TextRange): Writing {
  return { field: null, begun, range, isChinese: false };
}

/** A value as it is written in a filter: in quotes where it needs them. */
export function written(value: string): string {
  return /[\s"“”]|^-/u.test(value) ? `"${value.replaceAll('"', '\\"')}"` : value;
}
