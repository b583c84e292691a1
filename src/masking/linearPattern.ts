import { RE2JS } from 're2js';

import type { Replace } from './linearForm.ts';

/** As JavaScript means them: RE2's are ASCII's alone. Inside and outside of a class. */
const spaces =
  '\\t-\\r \\xa0\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';
const noSpaces =
  '\\x00-\\x08\\x0e-\\x1f!-\\x9f\\xa1-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}' +
  '\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}';
const noLineEnd = '[^\\n\\r\\x{2028}\\x{2029}]';

/** What RE2 reads differently and nobody needs: rather no automaton than another meaning. */
const otherMeaning = /^\\(?:[aAzZQECkG1-9]|0\d|u[dD][89a-fA-F])/;
/** Within a class: a range with a class at one end, where a hyphen stands for itself. */
const halfRange = /\\[sSdDwW]-(?!\])|-\\[sSdDwW]/;
/** The same without the flag `u`. */
const otherWithoutU = /^\\(?:[pP]|u\{|x\{)/;
const element = /\\u[\da-f]{4}|\\[0-9]+|\\[ux]\{|\\[\s\S]|[\s\S]/gi;
const anyClass = /\[(?:\\[\s\S]|[^\]\\])*\]/g;

/**
 * The same pattern for an automaton that reads each character once, whatever the text; undefined for one that
 * has no such form (what asks for an earlier group again, or looks ahead). On ordinary texts it takes some twenty
 * times as long as the runtime's own, and on no text minutes.
 */
export function linearPattern(expression: RegExp): Replace | undefined {
  const compiled = compile(expression);
  if (compiled === undefined) return undefined;
  return (text, hide) => {
    const matcher = compiled.matcher(text);
    const parts: string[] = [];
    let from = 0;
    while (matcher.find()) {
      const start = matcher.start();
      const end = matcher.end();
      parts.push(text.slice(from, start), hide(text.slice(start, end)));
      from = end;
    }
    return parts.length === 0 ? text : parts.join('') + text.slice(from);
  };
}

/**
 * Where a pattern finds something in a text, at most `most` times; nowhere where it finds nothing at all. To find one
 * reads each character once, and may read on to the end for it: who can't wait for all says when it is enough.
 */
export type Matches = (
  text: string,
  most: number,
  isEnough?: () => boolean,
) => readonly { readonly offset: number; readonly length: number }[];

/** A pattern to look for; `size`: of how many parts it is made. */
export interface LinearMatches {
  readonly find: Matches;
  readonly size: number;
}

/** The same to look for something; undefined for a pattern that has no such form. */
export function linearMatches(expression: RegExp): LinearMatches | undefined {
  const compiled = compile(expression);
  if (compiled === undefined) return undefined;
  const find: Matches = (text, most, isEnough = () => false) => {
    const matcher = compiled.matcher(text);
    const found: { offset: number; length: number }[] = [];
    while (found.length < most && !isEnough() && matcher.find()) {
      const offset = matcher.start();
      const length = matcher.end() - offset;
      if (length > 0) found.push({ offset, length });
    }
    return found;
  };
  return { find, size: compiled.programSize() };
}

function compile(expression: RegExp): RE2JS | undefined {
  const source = translated(expression);
  if (source === undefined) return undefined;
  try {
    return RE2JS.compile(source, RE2JS.LOOKBEHINDS);
  } catch {
    return undefined;
  }
}

function translated(expression: RegExp): string | undefined {
  const { dotAll, ignoreCase, multiline, source, unicode } = expression;
  // RE2's lines end with \n alone.
  if (multiline && /[$^]/.test(source)) return undefined;
  if (source.match(anyClass)?.some((found) => halfRange.test(found)) === true) return undefined;
  let isInClass = false;
  let written = '';
  for (const [sign] of source.matchAll(element)) {
    if (otherMeaning.test(sign) || (!unicode && otherWithoutU.test(sign))) return undefined;
    if (sign === '\\s') written += isInClass ? spaces : `[${spaces}]`;
    else if (sign === '\\S') written += isInClass ? noSpaces : `[${noSpaces}]`;
    else if (sign === '.' && !isInClass && !dotAll) written += noLineEnd;
    else if (sign === '[' && isInClass) written += '\\[';
    else {
      written += sign;
      if (sign === '[') isInClass = true;
      else if (sign === ']') isInClass = false;
    }
  }
  const flags = `${ignoreCase ? 'i' : ''}${dotAll ? 's' : ''}`;
  return (flags === '' ? '' : `(?${flags})`) + RE2JS.translateRegExp(written);
}
