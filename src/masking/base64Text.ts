import type { Steps } from '../base/steps.ts';
import { maskBase64Lines, textInLines } from './base64Lines.ts';
import { isLoginPair, maskLoginPair } from './loginPair.ts';

/**
 * How base64 of a text may begin: its first sign lies in A to f, the first half of the alphabet. The n of an escaped line end
 * is no part of it. What stands before the first sign is looked at behind it: where that is no such sign there is nothing to see.
 */
const candidate = /[A-Za-f](?<![\w+/-](?<!\\[nrt])[A-Za-f])[\w+/-]{11}/y;
const shortest = 12;
/** So many signs are looked through in a millisecond. */
const signsPerStep = 256 * 1024;
/** 1 for each of its letters, by their codes. */
const letters = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(/[\w+/-]/.test(String.fromCharCode(code))),
);
/** So much of it at once: an expression keeps a place for each sign that it may have to give back, of megabytes more than there is room for. */
const further = /[\w+/-]{1,10000}/y;
const padding = /={0,2}(?![\w+/=])/y;
/**
 * The ids of each entry have none; of a text of a dozen letters and more hardly one gives such letters alone. What a text
 * must not hold is looked for: to see that all of it is something, an expression keeps a place for each sign where V8 no
 * longer optimizes it, as in a process that has many of them.
 */
const notHexadecimal = /[^\da-f-]/;
/** Its lines may be short, and end as lines of a text within a text do. Each word is looked at from its begin alone. */
const mayBeBase64 = /(?<![\w+/-])[\w+/-]{12}|[\n\\]/;
const unreadable = /[^\s\x20-\x7e\u00a0-\uffff]/;
/** A secret needs a sign beside its name: what has neither is a word or an id. */
const telling = /[:="'>]/;

/** The texts that stand in base64 in a text, such as JSON. */
export function* findBase64Text(text: string, perStep = signsPerStep): Steps<string[]> {
  const found: string[] = textInLines(text, decodeBase64Text);
  for (let at = 0; at < text.length;) {
    const candidates = candidatesIn(text, at, at + perStep);
    let next = candidates.next();
    for (; next.done !== true; next = candidates.next()) {
      const inner = decodeBase64Text(text.slice(next.value.start, next.value.end));
      if (inner !== undefined) found.push(inner);
    }
    at = next.value;
    if (at < text.length) yield;
  }
  return found;
}

/**
 * Where base64 of a text may stand that begins from one place on and before another; returns where to go on from there.
 * Whoever looks into one looks for others in it: places are kept here, not in the expression.
 */
function* candidatesIn(
  text: string,
  from = 0,
  to = text.length,
): Generator<{ readonly start: number; readonly end: number }, number> {
  for (let at = from; ;) {
    const start = nextBegin(text, at, to);
    if (start < 0) return Math.max(at, ~start);
    const least = start + shortest;
    at = endOfLetters(text, least);
    padding.lastIndex = at;
    if (padding.test(text)) {
      at = padding.lastIndex;
      yield { start, end: at };
      continue;
    }
    // `…ifQ-sig=abc`: a dash may be a letter of it, and what parts it from a name.
    const dash = least + text.slice(least, at).lastIndexOf('-');
    if (dash >= least) yield { start, end: dash };
  }
}

/**
 * Where it may begin next; where it does nowhere before `to`, `~place`, a number below 0, of the place from which to look on.
 * One sign of twelve is looked at, for so long a word holds one of those: most of a record is passed in a fifth of the
 * time that an expression takes.
 */
function nextBegin(text: string, from: number, to: number): number {
  let least = from;
  // A word that begins before is met by then.
  const end = Math.min(text.length, to + shortest - 1);
  for (let last = from + shortest - 1; last < end; last += shortest) {
    let start = last + 1;
    while (start > least && letters[text.charCodeAt(start - 1)] === 1) start--;
    let behind = last + 1;
    if (start < behind) {
      while (behind - start < shortest && letters[text.charCodeAt(behind)] === 1) behind++;
      if (behind - start >= shortest) {
        // Behind an escaped line end it begins a letter later.
        const begin = [start, start + 1].find((at) => mayBeginAt(text, at));
        if (begin !== undefined) return begin;
        behind = endOfLetters(text, behind);
      }
      last = behind;
    }
    least = behind;
  }
  return ~Math.max(least, to);
}

function mayBeginAt(text: string, at: number): boolean {
  candidate.lastIndex = at;
  return candidate.test(text);
}

function endOfLetters(text: string, from: number): number {
  for (let end = from; ; end = further.lastIndex) {
    further.lastIndex = end;
    if (!further.test(text)) return end;
  }
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
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of candidatesIn(masked)) {
    const inner = decodeBase64Text(masked.slice(start, end));
    if (inner === undefined) continue;
    const isLogin = isLoginPair(inner, masked, start);
    const written = isLogin ? encode(maskLoginPair(inner)) : reencoded(inner, mask);
    if (written === undefined) continue;
    parts.push(masked.slice(from, start), written);
    from = end;
  }
  return from === 0 ? masked : parts.join('') + masked.slice(from);
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
  if (!notHexadecimal.test(text) || !beginsReadable(text)) return undefined;
  const inner = Buffer.from(text, 'base64').toString('utf8');
  return telling.test(inner) || text.startsWith('ey') ? asText(inner) : asBase64(inner);
}

/** What each sign of base64 stands for, by its code; -1 for others. */
const sixBits = new Int8Array(128).fill(-1);
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
for (let bits = 0; bits < alphabet.length; bits++) sixBits[alphabet.charCodeAt(bits)] = bits;
sixBits['-'.charCodeAt(0)] = 62;
sixBits['_'.charCodeAt(0)] = 63;

/**
 * Most words are seen through at once: their first bytes hold a sign that stands in no text. Undefined where that is not
 * sure; a record has words by the hundred thousand, and to have bytes made of each takes a tenth of the time.
 */
function beginsAsAscii(text: string): boolean | undefined {
  let isSure = true;
  for (let at = 0; at < 8; at += 4) {
    let bits = 0;
    for (let place = at; place < at + 4; place++) {
      const six = sixBits[text.charCodeAt(place)] ?? -1;
      if (six < 0) return undefined;
      bits = (bits << 6) | six;
    }
    for (let shift = 16; shift >= 0; shift -= 8) {
      const byte = (bits >> shift) & 0xff;
      const isControl = byte < 0x20 ? byte < 0x09 || byte > 0x0d : byte === 0x7f;
      if (isControl) return false;
      if (byte > 0x7f) isSure = false;
    }
  }
  return isSure ? true : undefined;
}

function beginsReadable(text: string): boolean {
  const quick = beginsAsAscii(text);
  if (quick !== undefined) return quick;
  const beginning = Buffer.from(text.slice(0, 8), 'base64');
  if (!unreadable.test(beginning.toString('latin1'))) return true;
  // Beyond ASCII a character has several bytes, the last of which may be missing here.
  return !unreadable.test(
    beginning
      .toString('utf8')
      .replace(/\ufffd$/, '')
      .replace(/\ufffd/g, '\0'),
  );
}

function asText(inner: string): string | undefined {
  return unreadable.test(inner) || inner.includes('\ufffd') ? undefined : inner;
}

/** Base64 in base64. */
function asBase64(inner: string): string | undefined {
  return inner.length >= 16 && !/[^\w+/-]/.test(inner.replace(/={1,2}$/, '')) ? inner : undefined;
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
