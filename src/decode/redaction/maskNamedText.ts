import { maskMark, maskSecretValue } from './maskSecret.ts';
import type { NameJudge } from './secretNames.ts';

/** Where a secret stands in a text, end exclusive. */
export interface SecretSpan {
  readonly start: number;
  readonly end: number;
  /** Quote to put around the mask, so that JSON inside the text stays JSON. */
  readonly quote: string;
}

/**
 * Every secret name holds one of these, or is a key of a query that is secret there. Looked for first, because
 * they are rare and a regular expression finds them without leaving native code.
 */
const hint =
  /pass|pwd|secret|token|key|auth|cookie|credential|bearer|jwt|phone|mobile|密码|口令|密钥|令牌|手机号|[?&](?:sig|sign|signature|code|ak|sk)(?==)/gi;
const longestName = 60;
/** What follows a name in a sentence and is no value. */
const words =
  /^(?:is|was|not|must|try|required|missing|invalid|incorrect|wrong|expired|none|null|true|false|str|string|int|bool|any|optional|object|undefined|does|do|the|for|field|cannot|should|too|empty|please|an?|has|no|failed|error|unauthorized|forbidden|denied|unexpected|expected|and|or|of|in|it)\b/i;

/**
 * Finds the values that stand behind a secret name in any notation: JSON at any depth of escaping, Python,
 * `name=value`, `name: value`, headers, query strings, XML elements, assignments in code. One pass: at each
 * hint it reads the name around it and, where a separator follows and the name is secret, the value behind.
 */
export function findNamedSecrets(text: string, names: NameJudge): SecretSpan[] {
  const spans: SecretSpan[] = [];
  hint.lastIndex = 0;
  for (let found = hint.exec(text); found !== null; found = hint.exec(text)) {
    const span = spanBehind(text, endOfName(text, hint.lastIndex), names);
    if (span === undefined) continue;
    spans.push(span);
    hint.lastIndex = Math.max(hint.lastIndex, span.end);
  }
  return spans;
}

function spanBehind(text: string, nameEnd: number, names: NameJudge): SecretSpan | undefined {
  const at = separatorAt(text, nameEnd);
  const sign = text.charAt(at);
  if (sign === ',') return spanOfPair(text, nameEnd, names);
  if (!/[:=：>]/.test(sign)) return undefined;
  const name = nameBefore(text, at, sign);
  if (name === undefined) return undefined;
  const isSecret = names.isSecret(name.text) || (name.inQuery && isQueryKey(name.text));
  return isSecret ? valueAfter(text, at + 1, name) : undefined;
}

/** `{"name": "password", "value": …}`: the name stands in the pair before. */
function spanOfPair(text: string, nameEnd: number, names: NameJudge): SecretSpan | undefined {
  const pair = /\\*["']\s{0,3},\s{0,3}\\*["']value(\\*["'])\s{0,3}:/y;
  pair.lastIndex = nameEnd;
  const found = pair.exec(text);
  const { text: name } = wordBefore(text, nameEnd);
  if (found === null || !names.isSecret(name)) return undefined;
  const value = {
    text: 'value',
    start: nameEnd,
    quoted: true,
    quote: found[1] ?? '"',
    inQuery: false,
  };
  return valueAfter(text, pair.lastIndex, value);
}

function endOfName(text: string, from: number): number {
  let end = from;
  while (end - from < longestName && isNameCharacter(text.charCodeAt(end))) end++;
  return end;
}

/** Behind the quotes, brackets and blanks that may stand between a name and its separator. */
function separatorAt(text: string, nameEnd: number): number {
  let at = nameEnd;
  while (at - nameEnd < 20 && isClosing(text.charCodeAt(at))) at++;
  const blanks = at;
  while (at - blanks < 8 && isBlank(text.charCodeAt(at))) at++;
  return at;
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
