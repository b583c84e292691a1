import { maskMark } from './maskSecret.ts';
import type { SecretName, SecretSpan } from './secretSpan.ts';

/** What follows a name in a sentence and is no value. */
const words =
  /^(?:is|was|not|must|try|required|missing|invalid|incorrect|wrong|expired|none|null|true|false|str|string|int|bool|any|optional|object|undefined|does|do|the|for|field|cannot|should|too|empty|please|an?|has|no|failed|error|unauthorized|forbidden|denied|unexpected|expected|raise|return|throw|await|new|(?:process\.env|os\.environ|import\.meta|self|this)\.[\w.]+$|and|or|of|in|it)\b/i;
/** 密码：请输入密码: a prompt; nobody types a password in these. */
const chineseWords = /^[\u4e00-\u9fff\u3000-\u303f]+$/;
/**
 * By so much of it a value is told from words. One that is longer is a value and hidden up to its end, so that the
 * end is sought once, not from each of the names within.
 */
const tellingLength = 256;

const endOfWord = /[\s,;&"'<>()[\]{}|\\，；。”」』’）]|%2[267]/g;
const endOfQuery = /[&#\s"'<>\\]/g;

/** The value without quotes that stands behind a name; undefined where words stand. */
export function bareValue(
  text: string,
  start: number,
  name: SecretName,
  sign: string,
): SecretSpan | undefined {
  const isLine = !name.inQuery && /^(?:proxy-)?authorization$|cookie$/i.test(name.text);
  const end = isLine
    ? endOfHeader(text, start, text.charAt(name.start - 1))
    : endOfValue(text, start, name, sign);
  if (end <= start || text.startsWith(maskMark, start)) return undefined;
  const more = isSecondOfTwo(text, name)
    ? (/^\s?\/\s?[^\s,;"'，；。]+/.exec(text.slice(end, end + 200))?.[0].length ?? 0)
    : 0;
  return { start, end: end + more, quote: name.quote };
}

/** Where a value ends that a blank or a sign ends; `start` where it is none. */
function endOfValue(text: string, start: number, name: SecretName, sign: string): number {
  const stop = name.inQuery ? endOfQuery : endOfWord;
  const head = text.slice(start, start + tellingLength);
  stop.lastIndex = 0;
  const found = stop.exec(head);
  const value = found === null ? head : head.slice(0, found.index);
  const next = text.charAt(start + value.length);
  // ${PASSWORD}: where it is taken from, not what it is.
  if (value === '$' && next === '{') return start;
  // A call or an element: an expression in code.
  if (!name.inQuery && (next === '(' || next === '[') && /^[\w.]+$/.test(value)) return start;
  const isCut = found === null && start + value.length < text.length;
  if (words.test(value) || (!isCut && chineseWords.test(value))) return start;
  if (isLooseToken(name, value)) return start;
  if (/[是为]/.test(sign) && !/^[\x21-\x7e]{4,}$/.test(value)) return start;
  if (!isCut) return start + value.length;
  stop.lastIndex = start + value.length;
  return stop.exec(text)?.index ?? text.length;
}

/** user/password: bob / … */
function isSecondOfTwo(text: string, name: SecretName): boolean {
  return text.charAt(name.start - 1) === '/';
}

/** A header runs to the end of its line, or to the quote that the whole header stands in. */
function endOfHeader(text: string, start: number, quote: string): number {
  const { stop, quoted } = headers[quote] ?? otherHeader;
  stop.lastIndex = start;
  for (let found = stop.exec(text); found !== null; found = stop.exec(text)) {
    if (found[0] !== '=') return trimmedEnd(text, start, found.index);
    // `Digest username="bob", response="…"`
    quoted.lastIndex = stop.lastIndex;
    if (quoted.test(text)) stop.lastIndex = quoted.lastIndex;
  }
  return trimmedEnd(text, start, text.length);
}

const headers: Readonly<Record<string, { readonly stop: RegExp; readonly quoted: RegExp }>> = {
  '"': { stop: /[\r\n"\\}=]/g, quoted: /\\+"[^"\\\r\n]*\\+"/y },
  "'": { stop: /[\r\n'\\}=]/g, quoted: /"[^"\\\r\n]*"/y },
};
const otherHeader = { stop: /[\r\n"'\\}=]/g, quoted: /\\*"[^"\\\r\n]*\\*"/y };

function trimmedEnd(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length;
}

/** "Unexpected token: x" is about another kind of token; so is a JSON number under `token`, and `pass: 3` of tests. */
function isLooseToken(name: SecretName, value: string): boolean {
  if (name.inQuery || !/(?:^|[^a-z])(?:token|auth|pass)$/i.test(name.text)) return false;
  return /^\d{1,6}$/.test(value) || (value.length < 8 && !/\d/.test(value));
}
