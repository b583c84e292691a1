import type { TextRange } from './terms.ts';

/** A word of the filter, taken apart: `-field:"value"`. */
export interface Token {
  readonly range: TextRange;
  readonly excludes: boolean;
  /** What stands before the colon; null for a plain word. */
  readonly field: { readonly name: string; readonly range: TextRange } | null;
  /** Without quotes. */
  readonly value: string;
  /** With quotes. */
  readonly valueRange: TextRange;
  readonly quoted: boolean;
  /** False for a quote that nothing ends. */
  readonly closed: boolean;
}

/** A name before a single colon. Node ids (`rpa::1`), addresses (`http://…`) and times (`12:00`) are plain words. */
const fieldStart = /^(\p{L}+)[:：](?![:：]|\/\/)/u;
const quotes: Readonly<Record<string, string>> = { '"': '"', '“': '”', '”': '”' };

/** Takes a filter apart at its spaces; a quoted value may hold some. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at++;
      continue;
    }
    const token = tokenAt(text, at);
    tokens.push(token);
    at = token.range.to;
  }
  return tokens;
}

function tokenAt(text: string, from: number): Token {
  const excludes = text.charAt(from) === '-' && /\S/.test(text.charAt(from + 1));
  const nameAt = excludes ? from + 1 : from;
  const name = fieldStart.exec(text.slice(nameAt))?.[1] ?? null;
  const valueAt = name === null ? nameAt : nameAt + name.length + 1;
  const { value, to, quoted, closed } = valueAtOffset(text, valueAt);
  return {
    range: { from, to },
    excludes,
    field: name === null ? null : { name, range: { from: nameAt, to: nameAt + name.length } },
    value,
    valueRange: { from: valueAt, to },
    quoted,
    closed,
  };
}

function valueAtOffset(
  text: string,
  from: number,
): Pick<Token, 'value' | 'quoted' | 'closed'> & {
  readonly to: number;
} {
  const end = quotes[text.charAt(from)];
  if (end === undefined) {
    const length = /^\S*/.exec(text.slice(from))?.[0].length ?? 0;
    return {
      value: text.slice(from, from + length),
      to: from + length,
      quoted: false,
      closed: true,
    };
  }
  let value = '';
  for (let at = from + 1; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === end || sign === '"') return { value, to: at + 1, quoted: true, closed: true };
    // Only a quote needs it: a path's backslashes stay what they are.
    if (sign === '\\' && text.charAt(at + 1) === '"') at++;
    value += text.charAt(at);
  }
  return { value, to: text.length, quoted: true, closed: false };
}
