import { maskMark } from './maskSecret.ts';
import { looksMade, quoteSource, type SecretName, type SecretSpan } from './secretSpan.ts';

/** What follows a name in a sentence and is no value. */
const words =
  /^(?:is|was|not|must|try|required|missing|invalid|incorrect|wrong|expired|none|null|true|false|str|string|int|bool|any|optional|object|undefined|does|do|the|for|field|cannot|should|too|empty|please|an?|has|no|failed|error|unauthorized|forbidden|denied|unexpected|expected|raise|return|throw|await|new|(?:process\.env|os\.environ|import\.meta|self|this)\.[\w.]+$|and|or|of|in|it)\b/i;
/** More of a list or an object is not looked at. */
const longestGroup = 20_000;
/** Nor what is nested deeper, so that each place is looked at so often at most. */
const deepestGroup = 20;

const gap = /[=>:：]{0,2}[\s\u00a0\u200b]{0,40}/y;
/** `password: str = "…"`, `token: Optional[str] = "…"`. */
const annotation =
  /(?:[A-Za-z_][\w.]{0,40}(?:\[[\w., |]{0,60}\])?[\s|]{0,3}){1,3}=\s{0,8}(?=[bfru]{0,2}["'`])/y;
/** A block of YAML, a tag before the value, a stray sign. */
const preamble = /(?:[|>][+-]?\d?[^\S\n]{0,4}\n\s{0,40}|!\w{1,20}\s+|=\s+)/y;
const opening = new RegExp(String.raw`[bfruBFRU]{0,2}("""|'''|${quoteSource})`, 'y');
/** What joins two texts to one. */
const joint = /\s{0,40}[+.]?\s{0,40}(?=[bfru]{0,2}["'])/iy;

/** The value, or the parts of it, that stand behind a name and its sign. */
export function valuesBehind(
  text: string,
  from: number,
  name: SecretName,
  sign: string,
): readonly SecretSpan[] {
  let at = skip(gap, text, from);
  if (sign === ':') at = skip(annotation, text, at);
  at = skip(preamble, text, at);
  const crossesLine = text.slice(from, at).includes('\n');
  if (/[[({]/.test(text.charAt(at))) return partsOfGroup(text, at, name);
  const quoted = quotedValues(text, at);
  if (quoted !== undefined) return quoted;
  const bare = bareValue(text, at, name);
  if (bare === undefined) return [];
  const value = text.slice(bare.start, bare.end);
  if (crossesLine && (!looksMade(value) || text.charAt(bare.end) === ':')) return [];
  if (/[是为]/.test(sign) && !/^[\x21-\x7e]{4,}$/.test(value)) return [];
  return [bare];
}

/** A text in quotes that starts here, and those that it is joined with; undefined when none starts. */
export function quotedValues(text: string, from: number): SecretSpan[] | undefined {
  const spans: SecretSpan[] = [];
  let at = from;
  for (let times = 0; times < 20; times++) {
    const span = quotedValue(text, at);
    if (span === undefined) break;
    if (span.end > span.start) spans.push({ start: span.start, end: span.end, quote: '' });
    joint.lastIndex = span.next;
    if (!joint.test(text)) return spans;
    at = joint.lastIndex;
  }
  return at === from && spans.length === 0 ? undefined : spans;
}

function quotedValue(
  text: string,
  at: number,
): { start: number; end: number; next: number } | undefined {
  opening.lastIndex = at;
  const quote = opening.exec(text)?.[1];
  if (quote === undefined) return undefined;
  const start = opening.lastIndex;
  const end = endOfQuoted(text, start, quote);
  return { start, end, next: end + quote.length };
}

/** A quoted value ends at the same quote behind as many backslashes; where none comes (a text cut off), at the end. */
function endOfQuoted(text: string, begin: number, opened: string): number {
  if (/^["']{3}/.test(opened) || !/^\\*["'`]$/.test(opened)) {
    const end = text.indexOf(opened, begin);
    return end < 0 ? text.length : end;
  }
  const backslashes = opened.length - 1;
  const quote = opened.slice(-1);
  for (let at = text.indexOf(quote, begin); at >= 0; at = text.indexOf(quote, at + 1)) {
    let before = at;
    while (before > begin && text.charCodeAt(before - 1) === 0x5c) before--;
    // Fewer backslashes close a string further out: the value was cut off within it.
    if (at - before <= backslashes) return before;
  }
  return text.length;
}

/** All texts within brackets, names in it aside. In code only those that look like secrets. */
function partsOfGroup(text: string, from: number, name: SecretName): SecretSpan[] {
  const spans: SecretSpan[] = [];
  const until = Math.min(text.length, from + longestGroup);
  let depth = 0;
  for (let at = from; at < until; at++) {
    const sign = text.charAt(at);
    if (/[[({]/.test(sign)) {
      if (++depth > deepestGroup) break;
    } else if (/[\])}]/.test(sign)) {
      if (--depth === 0) break;
    } else if (/["'\\]/.test(sign)) {
      const span = quotedValue(text, at);
      if (span === undefined) continue;
      const isName = /^\s*:/.test(text.slice(span.next, span.next + 4));
      const value = text.slice(span.start, span.end);
      if (!isName && (name.quote !== '' || looksMade(value))) spans.push({ ...span, quote: '' });
      at = span.next - 1;
    }
  }
  return spans;
}

function bareValue(text: string, start: number, name: SecretName): SecretSpan | undefined {
  const wholeLine = /^(?:proxy-)?authorization$|cookie$/i.test(name.text);
  const pattern = name.inQuery
    ? /[^&#\s"'<>\\]+/y
    : wholeLine
      ? lineUpTo(text.charAt(name.start - 1))
      : /(?:(?!%2[26]|%27|&quot;)[^\s,;&"'<>()[\]{}|\\，；。])+/y;
  pattern.lastIndex = start;
  const value = pattern.exec(text)?.[0].trimEnd() ?? '';
  if (value === '' || value.startsWith(maskMark)) return undefined;
  const next = text.charAt(start + value.length);
  // A call or an element: an expression in code.
  if (!name.inQuery && (next === '(' || next === '[') && /^[\w.]+$/.test(value)) return undefined;
  if (!wholeLine && words.test(value)) return undefined;
  if (isLooseToken(name, value)) return undefined;
  return { start, end: start + value.length, quote: name.quote };
}

/** A header runs to the end of its line, or to the quote that the whole header stands in. */
function lineUpTo(quote: string): RegExp {
  if (quote === '"') return /[^\r\n"\\}]+/y;
  if (quote === "'") return /[^\r\n'\\}]+/y;
  return /(?:[^\r\n"'\\}]|="[^"\r\n]*")+/y;
}

/** "Unexpected token: x" is about another kind of token; so is a JSON number under `token`, and `pass: 3` of tests. */
function isLooseToken(name: SecretName, value: string): boolean {
  if (name.inQuery || !/(?:^|[^a-z])(?:token|auth|pass)$/i.test(name.text)) return false;
  return /^\d{1,6}$/.test(value) || (value.length < 8 && !/\d/.test(value));
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
