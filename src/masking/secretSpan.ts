import type { Work } from './work.ts';

/** Where a secret stands in a text, end exclusive. */
export interface SecretSpan {
  readonly start: number;
  readonly end: number;
  /** Quote to put around the mask, so that JSON inside the text stays JSON. */
  readonly quote?: string | undefined;
  /** Its end stays hidden, however long it is: it may be the user and the secret in one. */
  readonly hidesEnd?: true;
}

/** Quotes and signs of sentences, in a class, that no value without quotes holds. */
export const signsOfText = String.raw`\s"'\x60“”「」『』【】，。；\\`;

/** Where the first group of an expression stands that matches at a place; undefined where it doesn't. */
export function groupAt(
  pattern: RegExp,
  text: string,
  at: number,
): readonly [number, number] | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.indices?.[1];
}

/** What a group of an expression matched, as a secret; none where it matched nothing. */
export function spansAt(range: readonly [number, number] | undefined): SecretSpan[] {
  return range === undefined ? [] : [{ start: range[0], end: range[1] }];
}

/** A name that a secret may stand behind. */
export interface SecretName {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The quote around it, with the backslashes before; empty without one. */
  readonly quote: string;
  readonly inQuery: boolean;
  /** What may be done to find its value. */
  readonly work: Work;
}

/** A quote at any depth of escaping, in whatever notation. 256 backslashes are eight JSON texts in one another. */
export const quoteSource = String.raw`\\{0,256}(?:["'\u0060]|u0022|u0027|x22|x27)|&quot;|&#3[49];|%2[27]`;

const notMade = /[^\w+/=.~@#$%^&*!?:-]/;

/** Whether a word looks generated and not written: letters and digits, no blanks. */
export function looksMade(word: string): boolean {
  return word.length >= 8 && /\d/.test(word) && /[a-z]/i.test(word) && !notMade.test(word);
}

/** Big and small letters and digits, as passwords are asked to have; a file or a host has a dot. */
export function looksMixed(text: string): boolean {
  return (
    /\d/.test(text) &&
    /[a-z]/.test(text) &&
    /[A-Z]/.test(text) &&
    (/[^\w.-]/.test(text) || !text.includes('.'))
  );
}

const longestRandom = 40;
/** So often letters and digits take turns in a word that nobody would write: `Build2024Out` has four. */
const leastTurns = 5;
/** Names of programs and types take turns too, `UserNamePassword2`, but hold words: so many small letters, or a path. */
const holdsWord = /[a-z]{5}|[/\\]/;

/** Whether a word is one that a generator of passwords made, so that its neighbourhood is enough to tell it. */
export function looksRandom(word: string): boolean {
  if (word.length < 8 || word.length > longestRandom || !looksMixed(word)) return false;
  if (holdsWord.test(word)) return false;
  let turns = 0;
  let before = '';
  for (const sign of word) {
    const kind = /[a-z]/.test(sign) ? 'a' : /[A-Z]/.test(sign) ? 'A' : /\d/.test(sign) ? '1' : '#';
    if (before !== '' && kind !== before) turns++;
    before = kind;
  }
  return turns >= leastTurns;
}

const describing =
  /^(?:[-: ]*|y|n|x|yes|no|true|false|none|null|n\/a|required|optional|mandatory|text|string|varchar\S*|char\S*|int\S*|bool\S*|basic|bearer|oauth2?|jwt|api[ -_]?key|是|否|无|有|必填|选填)$/i;

/** How a cookie is called; what it holds is the secret. */
export const namesCookie =
  /^(?:(?:J|PHP|ASP\.NET_)?SESS(?:ION)?_?(?:ID)?|connect\.sid|csrftoken|XSRF-TOKEN)$/i;

/** What stands beside a secret name where fields are described: `password | string | required`. */
export function describesField(value: string): boolean {
  return describing.test(value) || namesCookie.test(value);
}
