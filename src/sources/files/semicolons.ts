import { isJsonText } from '../../base/jsonText.ts';
/** Texts of JSON in texts of JSON: a log in a trace, what it holds. */
const deepest = 4;
const outside = /"(?:[^"\\]|\\.)*"|;/g;

/**
 * A record again from what Redpanda Console makes of it in a table: it writes a semicolon for each comma, wherever that
 * stands. Those of JSON are told by their place, also in texts that are JSON; in others nobody knows which was which.
 */
export function withCommas(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(bytes);
  const mended = mendedText(text, deepest);
  return mended === undefined ? bytes : new TextEncoder().encode(mended);
}

function mendedText(text: string, left: number): string | undefined {
  if (left === 0 || !/^\s*[[{]/.test(text) || isJsonText(text)) return undefined;
  const mended = text.replace(outside, (found) => (found === ';' ? ',' : inText(found, left)));
  return isJsonText(mended) ? mended : undefined;
}

function inText(quoted: string, left: number): string {
  if (!/^"\s*[[{]/.test(quoted) || !quoted.includes(';')) return quoted;
  try {
    const mended = mendedText(JSON.parse(quoted) as string, left - 1);
    return mended === undefined ? quoted : JSON.stringify(mended);
  } catch {
    return quoted;
  }
}
