import type { Json, JsonObject } from './json.ts';

/**
 * What colours a terminal, moves its cursor, names its window, links a text: sequences that begin with an escape, and
 * those that are cut off. A sign of the range U+0080…U+009F begins one only where what follows is one: in a text that
 * was read in the wrong encoding it is half of a letter.
 */
const sequences = new RegExp(
  [
    String.raw`\x1b\[[0-?]{0,64}[ -/]{0,4}[@-~]?`,
    String.raw`\x9b(?:[\d;?]{1,64}[ -/]{0,4}[@-~]?|[A-HJKSTm]|$)`,
    // Links and titles end with a bell or a string terminator; without either they end with the line.
    String.raw`\x1b[\]PX^_][^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?`,
    String.raw`\x9d\d{1,4};[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)`,
    String.raw`\x1b[ -/]{0,4}[0-~]?`,
  ].join('|'),
  'g',
);
/** What is left where the beginning of a text was cut off within a colour. */
const endOfOne = /^\[?(?:\d{1,3};){0,8}(?:[39][0-7]|4[0-7]|10[0-7])m(?=\S)/;

/** A text as it was meant where it was written for a terminal: nothing of its colours is left. */
export function withoutColours(text: string): string {
  if (!mayBeColoured(text)) return text;
  return text.replace(endOfOne, '').replace(sequences, '');
}

/** Nearly no text is: this is the fastest way to see it. */
function mayBeColoured(text: string): boolean {
  return text.includes('\x1b') || text.includes('\x9b') || text.includes('\x9d');
}

/** An escape as programs write it down: in JSON and Python, for a shell, as a picture. */
const written = /(?:\\{1,4}(?:u001[bB]|x1[bB]|033|e)|␛|\^\[)\[[\d;?]{0,64}[A-HJKSTfhlm]/g;
/** A colour whose escape was lost on the way, and the one that ends it. */
const begun = /\[(?:\d{1,3};){0,8}(?:[1-9]|[39][0-7]|4[0-7]|10[0-7])m/;
const ended = /\[(?:0|39|22|0;0)?m/;
const lost = /\[(?:(?:\d{1,3};){0,8}\d{1,3})?m/g;

/**
 * The same for what a log or a message says, where colours were written down or have lost their escape as well. Code
 * and values keep those: they may be meant.
 */
export function withoutColoursOfLogs(text: string): string {
  let plain = withoutColours(text);
  if (/[\\␛]|\^\[/.test(plain)) plain = plain.replace(written, '');
  // One alone may be anything: "a[0m" is no colour.
  return begun.test(plain) && ended.test(plain) ? plain.replace(lost, '') : plain;
}

/** A value without colours in its texts and names; the same value where there are none. */
export function withoutColoursIn(value: Json): Json {
  return mayHoldColours(value) ? rewrittenIn(value) : value;
}

/** Nearly no value does: to see that makes nothing. */
function mayHoldColours(value: Json | undefined): boolean {
  if (typeof value === 'string') return mayBeColoured(value);
  if (typeof value !== 'object' || value === null) return false;
  if (isList(value)) return value.some(mayHoldColours);
  // Its own keys alone: a value is plain JSON.
  for (const key in value) if (mayBeColoured(key) || mayHoldColours(value[key])) return true;
  return false;
}

function rewrittenIn(value: Json): Json {
  if (typeof value === 'string') return withoutColours(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) {
    const items = value.map(rewrittenIn);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  const entries = Object.entries(value);
  const plain = entries.map(([key, item]) => [withoutColours(key), rewrittenIn(item)] as const);
  if (
    plain.every(([key, item], index) => key === entries[index]?.[0] && item === entries[index][1])
  )
    return value;
  const names = new Set(plain.map(([key]) => key));
  // Two names that colours alone tell apart stay two.
  return Object.fromEntries(
    plain.map(([key, item], index) => [
      names.size === plain.length ? key : (entries[index]?.[0] ?? key),
      item,
    ]),
  ) satisfies JsonObject;
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}
