import type { Json } from './json.ts';
import { endOfString, findJsonFault, type JsonFault } from './jsonFault.ts';
import { err, ok, type Result } from './result.ts';

/** Parses JSON as the services write it: bare `NaN` and infinities become those words as text. Depth doesn't matter. */
function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return rewrittenJson(text);
  }
}

/** So many digits may be more than a double holds. */
const longNumber = 16;
const beforeNumber = new Set('[:, \t\r\n');

/**
 * Whether such a number stands outside of a fraction. Text has such runs too, so it only says where to look closer.
 * Each 16th sign is enough to meet every run; an expression takes a hundred times as long, which is half of parsing.
 */
function mayHoldLongNumber(text: string): boolean {
  for (let at = longNumber - 1; at < text.length; at += longNumber) {
    // Of so many digits around this one the eighth before or behind it is one too.
    if (!isDigit(text, at) || !(isDigit(text, at - 8) || isDigit(text, at + 8))) continue;
    let start = at;
    while (isDigit(text, start - 1)) start--;
    while (isDigit(text, at + 1)) at++;
    if (at - start + 1 < longNumber) continue;
    const before = text.charAt(start - 1);
    if (beforeNumber.has(before === '-' ? text.charAt(start - 2) : before)) return true;
  }
  return false;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}

/** The same, with every integer beyond 2^53 as a decimal string, digit by digit as written; undefined for what is no JSON. */
export function exactJson(text: string): Json | undefined {
  return mayHoldLongNumber(text) ? rewrittenJson(text) : jsonOf(text);
}

/** The same, with what is wrong with the text. */
export function parseJsonExactly(text: string): Result<Json, JsonFault> {
  const value = exactJson(text);
  if (value !== undefined) return ok(value);
  return err(findJsonFault(text) ?? { kind: 'invalid', position: 0 });
}

function rewrittenJson(text: string): Json | undefined {
  try {
    return JSON.parse(quoteOddNumbers(text)) as Json;
  } catch {
    return undefined;
  }
}

const odd = /"|-?Infinity\b|NaN\b|(?<!\d)-?\d{16,}(?![\d.eE])/g;

/** Puts quotes around what JSON.parse refuses or rounds; what stands in strings is left alone. */
function quoteOddNumbers(text: string): string {
  const parts: string[] = [];
  let from = 0;
  odd.lastIndex = 0;
  for (let found = odd.exec(text); found !== null; found = odd.exec(text)) {
    if (found[0] === '"') {
      const end = endOfString(text, found.index);
      if (end < 0) break;
      odd.lastIndex = end;
    } else if (isOdd(text, found)) {
      parts.push(text.slice(from, found.index), '"', found[0], '"');
      from = odd.lastIndex;
    }
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(from);
}

function isOdd(text: string, found: RegExpExecArray): boolean {
  // The digits of a fraction or an exponent: a double is what was meant.
  if (/[\w.+]/.test(text.charAt(found.index - 1))) return false;
  return /[NI]/.test(found[0]) || !Number.isSafeInteger(Number(found[0]));
}

/** Whether a text is JSON from its beginning to its end. */
export function isJsonText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
