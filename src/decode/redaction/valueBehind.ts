import { maskMark } from './maskSecret.ts';
import { valuesInBlock } from './yamlBlock.ts';
import { valuesInExpression } from './expressionValue.ts';
import { quotedValue, quotedValues } from './quotedText.ts';
import { looksMade, type SecretName, type SecretSpan } from './secretSpan.ts';

/** What follows a name in a sentence and is no value. */
const words =
  /^(?:is|was|not|must|try|required|missing|invalid|incorrect|wrong|expired|none|null|true|false|str|string|int|bool|any|optional|object|undefined|does|do|the|for|field|cannot|should|too|empty|please|an?|has|no|failed|error|unauthorized|forbidden|denied|unexpected|expected|raise|return|throw|await|new|(?:process\.env|os\.environ|import\.meta|self|this)\.[\w.]+$|and|or|of|in|it)\b/i;
/** 密码：请输入密码: a prompt; nobody types a password in these. */
const chineseWords = /^[\u4e00-\u9fff\u3000-\u303f]+$/;
/** More of a list or an object is not looked at. */
const longestGroup = 20_000;
/** Nor what is nested deeper, so that each place is looked at so often at most. */
const deepestGroup = 20;

/** In an address a blank is `+` or `%20`; a Chinese quote has no escape that could matter. */
const gap = /[=>:：]{0,2}(?:[\s\u00a0\u200b]|\+(?=%2[27])|%20){0,40}[“「『‘]?/y;
/** `password: str = "…"`, `token: Optional[str] = "…"`. */
const annotation =
  /(?!(?:digest|hmac|oauth|signature|aws4)\b)(?:[A-Za-z_][\w.]{0,40}(?:\[[\w., |]{0,60}\])?[\s|]{0,3}){1,3}=\s{0,8}(?=[bfru]{0,2}["'`])/iy;
/** A block of YAML, a tag before the value, a stray sign. */
const preamble = /(?:[|>][+-]?\d?[^\S\n]{0,4}\n\s{0,40}|!\w{1,20}\s+|=\s+)/y;

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
  const block = crossesLine ? valuesInBlock(text, from, name) : [];
  if (block.length > 0) return block;
  if (/[[({]/.test(text.charAt(at))) return partsOfGroup(text, at, name);
  const quoted = quotedValues(text, at);
  if (quoted !== undefined) return quoted;
  const inner = valuesInExpression(text, at);
  if (inner.length > 0) return inner;
  const bare = bareValue(text, at, name);
  if (bare === undefined) return [];
  const value = text.slice(bare.start, bare.end);
  if (crossesLine && (!looksMade(value) || text.charAt(bare.end) === ':')) return [];
  if (/[是为]/.test(sign) && !/^[\x21-\x7e]{4,}$/.test(value)) return [];
  return [bare];
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
      : /(?:(?!%2[26]|%27|&quot;)[^\s,;&"'<>()[\]{}|\\，；。”」』’）])+/y;
  pattern.lastIndex = start;
  const value = pattern.exec(text)?.[0].trimEnd() ?? '';
  if (value === '' || value.startsWith(maskMark)) return undefined;
  const next = text.charAt(start + value.length);
  // ${PASSWORD}: where it is taken from, not what it is.
  if (value === '$' && next === '{') return undefined;
  // A call or an element: an expression in code.
  if (!name.inQuery && (next === '(' || next === '[') && /^[\w.]+$/.test(value)) return undefined;
  if (!wholeLine && (words.test(value) || chineseWords.test(value))) return undefined;
  if (isLooseToken(name, value)) return undefined;
  const more = isSecondOfTwo(text, name)
    ? (/^\s?\/\s?[^\s,;"'，；。]+/.exec(
        text.slice(start + value.length, start + value.length + 200),
      )?.[0].length ?? 0)
    : 0;
  return { start, end: start + value.length + more, quote: name.quote };
}

/** user/password: bob / … */
function isSecondOfTwo(text: string, name: SecretName): boolean {
  return text.charAt(name.start - 1) === '/';
}

/** A header runs to the end of its line, or to the quote that the whole header stands in. */
function lineUpTo(quote: string): RegExp {
  if (quote === '"') return /(?:[^\r\n"\\}=]|=(?:\\+"[^"\\\r\n]*\\+")?)+/y;
  if (quote === "'") return /(?:[^\r\n'\\}=]|=(?:"[^"\\\r\n]*")?)+/y;
  return /(?:[^\r\n"'\\}=]|=(?:\\*"[^"\\\r\n]*\\*")?)+/y;
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
