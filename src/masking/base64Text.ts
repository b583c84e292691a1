import { maskBase64Lines, textInLines } from './base64Lines.ts';
import { isLoginPair, maskLoginPair } from './loginPair.ts';

/** What may be base64 of a text: the first sign of each such text lies in A to f, the first half of the alphabet. The n of an escaped line end is no part of it. */
const candidate = /(?<![\w+/-](?<!\\[nrt])|\\(?=[nrt]))[A-Za-f][\w+/-]{11,}={0,2}(?![\w+/=])/g;
/** The ids of each entry: no text gives such letters alone. */
const hexadecimal = /^[\da-f-]+$/;
/** Its lines may be short, and end as lines of a text within a text do. Each word is looked at from its begin alone. */
const mayBeBase64 = /(?<![\w+/-])[\w+/-]{12}|[\n\\]/;
const readable = /^[\s\x20-\x7e\u00a0-\uffff]*$/;
/** A secret needs a sign beside its name: what has neither is a word or an id. */
const telling = /[:="'>]/;

/** The texts that stand in base64 in a text, such as JSON. */
export function findBase64Text(text: string): string[] {
  const found: string[] = textInLines(text, decodeBase64Text);
  candidate.lastIndex = 0;
  for (const match of text.matchAll(candidate)) {
    const inner = decodeBase64Text(match[0]);
    if (inner !== undefined) found.push(inner);
  }
  return found;
}

/** Whether a word stands in base64 somewhere: at each of the three places in which its letters may begin there. */
export function encodedAnywhere(word: string, text: string): boolean {
  return [0, 1, 2].some((shift) => {
    const bytes = Buffer.from(' '.repeat(shift) + word);
    // Only signs whose six bits are all the word's own.
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');
    return text.includes(whole.slice(shift === 0 ? 0 : shift + 1));
  });
}

/** Replaces texts in base64 by what `mask` makes of them, in base64 again; what is unchanged stays as it is. */
export function maskBase64Text(text: string, mask: (inner: string) => string): string {
  if (!mayBeBase64.test(text)) return text;
  const masked = maskBase64Lines(text, decodeBase64Text, (inner) => reencoded(inner, mask));
  return masked.replace(candidate, (found, at: number) => {
    const inner = decodeBase64Text(found);
    if (inner === undefined) return found;
    if (isLoginPair(inner, masked, at)) return encode(maskLoginPair(inner));
    return reencoded(inner, mask) ?? found;
  });
}

/** Undefined where nothing is to be masked. */
function reencoded(inner: string, mask: (inner: string) => string): string | undefined {
  const masked = mask(inner);
  return masked === inner ? undefined : encode(masked);
}

function encode(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/** Whether this is base64 of a text that could tell a secret. */
export function holdsBase64Text(text: string): boolean {
  return decodeBase64Text(text) !== undefined;
}

/** The text that a base64 text holds; undefined when it holds none that could tell a secret. */
function decodeBase64Text(text: string): string | undefined {
  // Ids and words decode to bytes that are no text: the beginning shows it.
  if (hexadecimal.test(text) || !beginsReadable(text)) return undefined;
  const inner = Buffer.from(text, 'base64').toString('utf8');
  return telling.test(inner) || text.startsWith('ey') ? asText(inner) : asBase64(inner);
}

function beginsReadable(text: string): boolean {
  const beginning = Buffer.from(text.slice(0, 8), 'base64');
  if (readable.test(beginning.toString('latin1'))) return true;
  // Beyond ASCII a character has several bytes, the last of which may be missing here.
  return readable.test(
    beginning
      .toString('utf8')
      .replace(/\ufffd$/, '')
      .replace(/\ufffd/g, '\0'),
  );
}

function asText(inner: string): string | undefined {
  return readable.test(inner) && !inner.includes('\ufffd') ? inner : undefined;
}

/** Base64 in base64. */
function asBase64(inner: string): string | undefined {
  return inner.length >= 16 && /^[\w+/-]+={0,2}$/.test(inner) ? inner : undefined;
}

/** The JSON text that a base64 text holds; undefined when it holds none. */
export function decodeBase64Json(text: string): string | undefined {
  const json = Buffer.from(text, 'base64').toString('utf8');
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? json : undefined;
  } catch {
    return undefined;
  }
}
