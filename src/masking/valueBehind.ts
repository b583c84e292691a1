import { bareValue } from './bareValue.ts';
import { namesLogin } from './loginName.ts';
import { valuesInBlock, valuesInScalar } from './yamlBlock.ts';
import { valuesInExpression } from './expressionValue.ts';
import { quotedValue, quotedValues } from './quotedText.ts';
import {
  describesField,
  looksMade,
  type SecretName,
  type SecretSpan,
  groupAt,
} from './secretSpan.ts';

/** More of a list or an object is not looked at. */
const longestGroup = 20_000;
/** Nor what is nested deeper. */
const deepestGroup = 20;
/** To judge what stands at a sign takes as long as to look at so many characters. */
const costOfSign = 16;
const signOfGroup = /[[({\])}"']|\\+/g;

/** In an address a blank is `+` or `%20`; a Chinese quote has no escape that could matter. */
const gap = /[=>:：]{0,2}(?:[\s\u00a0\u200b]|\+(?=%2[27])|%20){0,40}[“「『‘]?/y;
/** `password: str = "…"`, `token: Optional[str] = "…"`, `key: &str = "…"`, `pwd: Option<String> = "…"`. */
const annotation =
  /(?!(?:digest|hmac|oauth|signature|aws4)\b)(?:[&*]?[A-Za-z_][\w.]{0,40}(?![\w.])(?:\[[\w., |]{0,60}\]|<[\w., |&]{0,60}>)?[?!]?[\s|]{0,3}){1,3}=\s{0,8}(?=[bfru]{0,2}\\{0,8}["'`])/iy;
/** A block of YAML, a tag or an anchor before the value, a stray sign, what PHP says of a text. */
const preamble =
  /(?:<{2,3}[-~]?\\*["']?[A-Z_]{2,20}\\*["']?[^\S\n]{0,4}(?:\n|\\n)\s{0,40}|(?:(?:!{1,2}[\w:/.-]{1,40}|&\w{1,40})[^\S\n]{1,8}){0,2}[|>][+-]?\d?[^\S\n]{0,4}\n\s{0,40}|(?:(?:!{1,2}[\w:/.-]{1,40}|&\w{1,40})[^\S\n]{1,8}){1,2}|=\s+|(?:\n\s{0,40})?string\(\d{1,5}\)\s{0,2}(?=\\{0,8}"))/y;

/** The value, or the parts of it, that stand behind a name and its sign. */
export function valuesBehind(
  text: string,
  from: number,
  name: SecretName,
  sign: string,
): readonly SecretSpan[] {
  let at = skip(gap, text, from);
  if (sign === ':') at = skip(annotation, text, at);
  const scalar = sign === ':' ? valuesInScalar(text, at, name) : [];
  if (scalar.length > 0) return scalar;
  at = skip(preamble, text, at);
  const crossesLine = text.slice(from, at).includes('\n');
  const block = crossesLine ? valuesInBlock(text, from, name) : [];
  if (block.length > 0) return block;
  const braced = sign === '=' ? bracedValue(text, at) : undefined;
  if (braced !== undefined) return [braced];
  const bracketed = bracketedValue(text, at);
  if (bracketed !== undefined) return [bracketed];
  if (/[[({]/.test(text.charAt(at)) && !beginsWithBracket(text, at))
    return partsOfGroup(text, at, name);
  if (closesName(text, at, name)) return [];
  const quoted = quotedValues(text, at);
  if (quoted !== undefined)
    return namesLogin(name.text) ? quoted.map((span) => ({ ...span, hidesEnd: true })) : quoted;
  const inner = valuesInExpression(text, at);
  if (inner.length > 0) return inner;
  const bare = bareValue(text, at, name, sign);
  if (bare === undefined) return [];
  const value = text.slice(bare.start, bare.end);
  if (crossesLine && (!looksMade(value) || text.charAt(bare.end) === ':')) return [];
  return namesSeveral.test(name.text) ? [bare, ...othersBehind(text, bare)] : [bare];
}

/** `expect "password:"⏎send …`: the quote around a name and its sign opens nothing. */
function closesName(text: string, at: number, { start, quote }: SecretName): boolean {
  const sign = text.charAt(at);
  const isQuote = sign === '"' || sign === "'";
  return isQuote && quote === '' && text.charAt(start - 1) === sign && text.charAt(at + 1) === '\n';
}

/** `pass` is one. */
const namesSeveral = /(?:(?<!pas)s|列表|清单)$/i;
const other =
  /(?:[^\S\n]{0,2}[,;，；、|][^\S\n]{0,2}|[^\S\n]{1,2})([^\s,;，；、|"'`<>()[\]{}:=：]{4,64})(?=$|[\s,;，；、|"'`)\]}])/dy;
const mostOthers = 100;

/** passwords: …, …: what follows the first, as long as it looks like one. */
function othersBehind(text: string, first: SecretSpan): SecretSpan[] {
  const spans: SecretSpan[] = [];
  const length = first.end - first.start;
  other.lastIndex = first.end;
  while (spans.length < mostOthers) {
    const span = other.exec(text)?.indices?.[1];
    if (span === undefined) break;
    const value = text.slice(...span);
    if (!/\d/.test(value) || (value.length !== length && !looksMade(value))) break;
    spans.push({ start: span[0], end: span[1], quote: first.quote });
  }
  return spans;
}

/** ODBC puts a value with signs in braces, and doubles one that closes. */
const inBraces = /\{[^\S\n]?((?:[^{}\n"']|\}\}){1,200}?)[^\S\n]?\}(?!\})/dy;

/** `PWD={…}`; `{password}` and `{0}` say what is put there. */
function bracedValue(text: string, at: number): SecretSpan | undefined {
  const span = groupAt(inBraces, text, at);
  if (span === undefined) return undefined;
  const [start, end] = span;
  return /^(?:[a-z_.]+|\d{1,2})$/i.test(text.slice(start, end)) ? undefined : { start, end };
}

/** `password=<…>`, `pwd: (…)`: one word that looks like a secret; else it says what is put there. */
const inBrackets = /[<([]([^\s"'`\\,;()<>[\]]{6,200})[>)\]]/dy;

function bracketedValue(text: string, at: number): SecretSpan | undefined {
  const span = groupAt(inBrackets, text, at);
  if (span === undefined) return undefined;
  const [start, end] = span;
  return looksMade(text.slice(start, end)) ? { start, end } : undefined;
}

const bracketAndMore =
  /(?!\{\{)(?:\[\w{1,20}\]|\(\w{1,20}\)|\{\w{1,20}\})([\w$@#!%^*+~?-]{2,40})(?=$|[\s"'`,;])/y;

/** `password: {curly}9Brace` */
function beginsWithBracket(text: string, at: number): boolean {
  bracketAndMore.lastIndex = at;
  const rest = bracketAndMore.exec(text)?.[1];
  return rest !== undefined && /\d/.test(rest);
}

/** All texts within brackets, names in it aside. In code only those that look like secrets. */
function partsOfGroup(text: string, from: number, name: SecretName): SecretSpan[] {
  const spans: SecretSpan[] = [];
  const group = text.slice(from, from + longestGroup);
  let depth = 0;
  let before = 0;
  signOfGroup.lastIndex = 0;
  for (let found = signOfGroup.exec(group); found !== null; found = signOfGroup.exec(group)) {
    name.work.spend(found.index - before + costOfSign);
    before = found.index;
    if (/[[({]/.test(found[0])) {
      if (++depth > deepestGroup) break;
    } else if (/[\])}]/.test(found[0])) {
      if (--depth === 0) break;
    } else {
      const span = quotedValue(text, from + found.index);
      if (span === undefined) continue;
      const isName = /^\s*:/.test(text.slice(span.next, span.next + 4));
      const value = text.slice(span.start, span.end);
      // {"password": {"type": "string"}}
      const isKnown = isName || describesField(value);
      if (!isKnown && (name.quote !== '' || looksMade(value))) spans.push({ ...span });
      name.work.spend(span.next - span.start);
      signOfGroup.lastIndex = span.next - from;
    }
  }
  return spans;
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
