import type { Json } from '../base/json.ts';
import { err, ok, type Result } from '../base/result.ts';
import { endOfString, findJsonFault, type JsonFault } from './jsonFault.ts';

/** Parses JSON as the services write it: bare `NaN` and infinities become those words as text. Depth doesn't matter. */
export function parseJson(text: string): Result<Json, JsonFault> {
  try {
    return ok(JSON.parse(text) as Json);
  } catch {
    return parseRewritten(text);
  }
}

/** Digits that a double can't hold, outside of a fraction. Text has such runs too, so it only says where to look closer. */
const longNumber = /[[:,\s]-?\d{16,}/;

/** The same, with every integer beyond 2^53 as a decimal string, digit by digit as written. */
export function parseJsonExactly(text: string): Result<Json, JsonFault> {
  return longNumber.test(text) ? parseRewritten(text) : parseJson(text);
}

function parseRewritten(text: string): Result<Json, JsonFault> {
  try {
    return ok(JSON.parse(quoteOddNumbers(text)) as Json);
  } catch {
    return err(findJsonFault(text) ?? { kind: 'invalid', position: 0 });
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
