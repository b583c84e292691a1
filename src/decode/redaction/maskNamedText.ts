import { maskMark, maskSecretValue } from './maskSecret.ts';
import type { NameJudge } from './secretNames.ts';

/** Where a secret stands in a text, end exclusive. */
export interface SecretSpan {
  readonly start: number;
  readonly end: number;
  /** Quote to put around the mask, so that JSON inside the text stays JSON. */
  readonly quote: string;
}

const separator = /[:=：]|>/g;
/** Without one of these words no name can be secret. */
const sieve =
  /pass|pwd|secret|token|key|auth|cookie|credential|bearer|jwt|phone|mobile|密码|口令|密钥|令牌|手机号/i;
const longestName = 60;
/** What follows a name in a sentence and is no value. */
const words =
  /^(?:is|was|not|must|try|required|missing|invalid|incorrect|wrong|expired|none|null|true|false|str|string|int|bool|any|optional|object|undefined|does|do|the|for|field|cannot|should|too|empty|please|an?|has|no|failed|error|unauthorized|forbidden|denied|unexpected|expected|and|or|of|in|it)\b/i;

/**
 * Finds the values that stand behind a secret name in any notation: JSON at any depth of escaping, Python,
 * `name=value`, `name: value`, headers, query strings, XML elements, assignments in code. One pass: it
 * stops at each separator, reads the name to the left of it and, where that is secret, the value to the right.
 */
export function findNamedSecrets(text: string, names: NameJudge): SecretSpan[] {
  const spans: SecretSpan[] = [];
  if (!sieve.test(text)) return spans;
  let from = 0;
  separator.lastIndex = 0;
  for (let found = separator.exec(text); found !== null; found = separator.exec(text)) {
    const at = found.index;
    if (at < from) continue;
    const name = nameBefore(text, at, found[0]);
    if (name === undefined) continue;
    const secret = names.isSecret(name.text) || (name.inQuery && isQueryKey(name.text));
    const pair = !secret && isValueOfPair(text, name, names);
    if (!secret && !pair) continue;
    const span = valueAfter(text, at + 1, name);
    if (span === undefined) continue;
    spans.push(span);
    from = span.end;
    separator.lastIndex = Math.max(separator.lastIndex, span.end);
  }
  return spans;
}

/** Masks the values that stand behind a secret name. */
export function maskNamedText(text: string, names: NameJudge): string {
  const spans = findNamedSecrets(text, names);
  if (spans.length === 0) return text;
  let masked = '';
  let from = 0;
  for (const { start, end, quote } of spans) {
    masked += text.slice(from, start) + quote + maskSecretValue(text.slice(start, end)) + quote;
    from = end;
  }
  return masked + text.slice(from);
}

interface Name {
  readonly text: string;
  readonly start: number;
  readonly quoted: boolean;
  readonly quote: string;
  readonly inQuery: boolean;
}

function nameBefore(text: string, separatorAt: number, sign: string): Name | undefined {
  let end = separatorAt;
  if (sign === '>') {
    const name = wordBefore(text, end);
    const isElement = name.start > 0 && text[name.start - 1] === '<';
    return isElement ? { ...name, quoted: false, quote: '', inQuery: false } : undefined;
  }
  let guard = 8;
  while (end > 0 && guard-- > 0 && isBlank(text.charCodeAt(end - 1))) end--;
  const beforeQuotes = end;
  while (end > 0 && beforeQuotes - end < 20 && isClosing(text.charCodeAt(end - 1))) end--;
  const name = wordBefore(text, end);
  if (name.text === '') return undefined;
  const quotes = text.slice(end, beforeQuotes);
  const first = name.start > 0 ? text[name.start - 1] : '';
  return {
    ...name,
    quoted: /["']/.test(quotes),
    quote: quotes.replace(/[\])]/g, ''),
    inQuery: sign === '=' && (first === '?' || first === '&'),
  };
}

function wordBefore(text: string, end: number): { text: string; start: number } {
  let start = end;
  while (start > 0 && end - start < longestName && isNameCharacter(text.charCodeAt(start - 1))) {
    start--;
  }
  return { text: text.slice(start, end), start };
}

/** `{"name": "password", "value": …}`: the name stands in the pair before. */
function isValueOfPair(text: string, name: Name, names: NameJudge): boolean {
  if (!name.quoted || name.text.toLowerCase() !== 'value') return false;
  const before = text.slice(Math.max(0, name.start - 120), name.start);
  const pair =
    /(?:name|key)\\*["']\s{0,3}:\s{0,3}\\*["']([^"'\\]{1,60})\\*["']\s{0,3},\s{0,3}\\*["']$/i;
  const found = pair.exec(before);
  return found?.[1] !== undefined && names.isSecret(found[1]);
}

function valueAfter(text: string, from: number, name: Name): SecretSpan | undefined {
  let start = from;
  // `==`, `=>`, `:=` and `::` are one sign.
  while (start < text.length && start - from < 2 && /[=>:]/.test(text.charAt(start))) start++;
  while (start < text.length && start - from < 24 && isBlank(text.charCodeAt(start))) start++;
  const opening = /[bfru]{0,2}(\\*)(["'`])/iy;
  opening.lastIndex = start;
  const found = opening.exec(text);
  if (found !== null) {
    const begin = start + found[0].length;
    const end = endOfQuoted(text, begin, found[1]?.length ?? 0, found[2] ?? '"');
    return end > begin ? { start: begin, end, quote: '' } : undefined;
  }
  return bareValue(text, start, name);
}

/** A quoted value ends at the same quote behind as many backslashes; where none comes (a text cut off), at the end. */
function endOfQuoted(text: string, begin: number, backslashes: number, quote: string): number {
  for (let at = text.indexOf(quote, begin); at >= 0; at = text.indexOf(quote, at + 1)) {
    let before = at;
    while (before > begin && text.charCodeAt(before - 1) === 0x5c) before--;
    if (at - before === backslashes) return before;
    // Fewer backslashes close a string further out: the value was cut off within it.
    if (at - before < backslashes) return before;
  }
  return text.length;
}

function bareValue(text: string, start: number, name: Name): SecretSpan | undefined {
  const wholeLine = /^(?:proxy-)?authorization$|cookie$/i.test(name.text);
  const pattern = name.inQuery
    ? /[^&#\s"'<>\\]+/y
    : wholeLine
      ? /[^\r\n"'\\}]+/y
      : /[^\s,;&"'<>()[\]{}|\\，；。]+/y;
  pattern.lastIndex = start;
  const value = pattern.exec(text)?.[0].trimEnd() ?? '';
  if (value === '' || value.startsWith(maskMark)) return undefined;
  const next = text.charAt(start + value.length);
  // A call or an element: an expression in code.
  if (!name.inQuery && (next === '(' || next === '[') && /^[\w.]+$/.test(value)) return undefined;
  if (!wholeLine && words.test(value)) return undefined;
  if (isLooseToken(name, value)) return undefined;
  return { start, end: start + value.length, quote: name.quoted ? name.quote : '' };
}

/** "Unexpected token: x" is about another kind of token; so is a JSON number under `token`. */
function isLooseToken(name: Name, value: string): boolean {
  if (name.inQuery || !/(?:^|[^a-z])(?:token|auth)$/i.test(name.text)) return false;
  return /^\d{1,6}$/.test(value) || (value.length < 8 && !/\d/.test(value));
}

/** `?key=` and signatures are secret in an address alone. */
function isQueryKey(name: string): boolean {
  return /^(?:key|sig|sign|signature|x-amz-signature|x-amz-credential|x-amz-security-token|code|ak|sk)$/i.test(
    name,
  );
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** Quotes, backslashes, and what closes an index: `environ["KEY"] =`. */
function isClosing(code: number): boolean {
  return code === 0x22 || code === 0x27 || code === 0x5c || code === 0x5d || code === 0x29;
}

function isNameCharacter(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code === 0x2d ||
    (code >= 0x4e00 && code <= 0x9fff)
  );
}
