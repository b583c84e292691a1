import { namesLogin } from './loginName.ts';
import { isMasked } from './maskSecret.ts';
import { looksMixed, type SecretName, type SecretSpan } from './secretSpan.ts';

/** What follows a name in a sentence and is no value. */
const words =
  /^(?:(?:[AL]?GPL|MIT|Apache|BSD|MPL)(?:-[\d.]+\S{0,12})?$|is|was|not|must|try|required|missing|invalid|incorrect|wrong|expired|none|null|true|false|str|string|int|bool|any|optional|object|undefined|does|do|the|for|field|cannot|should|too|empty|please|an?|has|no|failed|error|unauthorized|forbidden|denied|unexpected|expected|unknown|unset|raise|return|throw|await|new|(?:process\.env|os\.environ|import\.meta|self|this)\.[\w.]+$|and|or|of|in|it)\b/i;
/** 密码：请输入密码: a prompt; nobody types a password in these. */
const notChinese = /[^\u4e00-\u9fff\u3000-\u303f]/;
/**
 * By so much of it a value is told from words. One that is longer is a value and hidden up to its end, so that the
 * end is sought once, not from each of the names within.
 */
const tellingLength = 256;

/** What may end a value; what stands around it decides. */
const mayEnd = /[\s,;&"'`<>()[\]{}|\\，；。！？、“”「」『』‘’（）【】]|%2[267]/g;

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
  if (end <= start || isMasked(text.slice(start, end))) return undefined;
  // "Authorization: required", "cookies: 3"
  if (isLine && isPlainLine(name, text.slice(start, end))) return undefined;
  const second = secondOfTwo(text, name)?.exec(text.slice(end, end + 200));
  if (second === null || second === undefined) {
    const user = userBefore(text.slice(start, end), name);
    const hidesEnd = user === 0 && namesLogin(name.text);
    return { start: start + user, end, quote: name.quote, ...(hidesEnd && { hidesEnd }) };
  }
  const [both, between = ''] = second;
  // The end of both in one would show half of a password.
  const from = namesLogin(name.text) ? end + between.length : start;
  return { start: from, end: end + both.length, quote: name.quote };
}

/** What else than a token would be in a header's place; a word that isn't listed may be one. */
const plainWord =
  /^(?:\d{1,3}|(?:required|missing|optional|none|invalid|expired|yes|no|denied|refused|granted|accepted|rejected|failed)(?: (?:by|for|the|role|gateway)){0,4})$/i;

function isPlainLine(name: SecretName, value: string): boolean {
  if (plainWord.test(value.slice(0, tellingLength))) return true;
  // "cookies: 12 of this page"
  return /cookies$/i.test(name.text) && /^\d{1,6} [a-z][^=]*$/i.test(value);
}

/** Where a value ends that a blank or a sign ends; `start` where it is none. */
function endOfValue(text: string, start: number, name: SecretName, sign: string): number {
  if (namesPhrase.test(name.text) && matchesAt(phrase, text, start)) return phrase.lastIndex;
  const head = text.slice(start, start + tellingLength);
  const isEncoded = sign.startsWith('%');
  const endIn = (whole: string) =>
    name.inQuery ? endOfParameter(whole) : endOfBare(whole, isEncoded);
  const length = endIn(head);
  const value = head.slice(0, length);
  if (matchesAt(taken, text, start) || isFolder(text, name, value)) return start;
  if (!name.inQuery && isExpression(value)) return start;
  const isCut = length === head.length && start + length < text.length;
  // Credential: asset 'SAP' was not found
  if (sign === ':' && plainSmall.test(value) && quotedNext.test(head.slice(length, length + 3)))
    return start;
  if (words.test(value) || (!isCut && value !== '' && !notChinese.test(value))) return start;
  // "using password: YES"
  if (isLooseToken(name, value) || /^(?:yes|no)$/i.test(value)) return start;
  if (/[是为]/.test(sign) && !isSaidValue(name, value)) {
    // A sign that ends a sentence may end the value.
    const said = value.search(/[，。；、！？]/);
    return said > 0 && isSaidValue(name, value.slice(0, said)) ? start + said : start;
  }
  if (isCut) return start + endIn(text.slice(start));
  if (!name.inQuery && sign === '=') {
    const more = blanksInConnection(text, start + length, name);
    if (more > 0) return start + length + more;
  }
  return start + length;
}

/**
 * `${PASSWORD}`, `$(cat file)`: where it is taken from, not what it is. Of a command that isn't known to read secrets
 * nobody knows that it is none.
 */
const taken =
  /\$(?:\{|\((?:pwd|(?:cat|pass|security|op|vault|aws|az|gcloud|kubectl) [^()\n]{1,200})\)(?!\S))/y;

const folder = /(?<!\S)PWD=(?:\/[\w.-]+){2,}(?!\S)/y;
const ofConnection = /uid|user|dsn|server|source|host|login|driver/i;
/** So far around it a connection string has another of its parts. */
const nearby = 400;

/** `PWD=/home/robot`: the folder of a shell. In a connection string it is a password. */
function isFolder(text: string, { start }: SecretName, value: string): boolean {
  return (
    matchesAt(folder, text, start) &&
    !looksMixed(value) &&
    !ofConnection.test(text.slice(Math.max(0, start - nearby), start + nearby))
  );
}

function matchesAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/** What a sentence says that a password is. */
function isSaidValue(name: SecretName, value: string): boolean {
  return namesLogin(name.text)
    ? /^[\x21-\x7e]+(?:[和与及、][\x21-\x7e]+)?$/.test(value)
    : value.length >= 4 && !/[^\x21-\x7e]/.test(value);
}

const plainSmall =
  /^(?:asset|item|entry|target|store|vault|resource|object|record|key|profile|account|user|name|id)s?$/;
const quotedNext = /^ ["'`]\w/;
const namesPhrase = /(?:phrase|mnemonic|助记词)$/i;
/** Words alone, as a phrase of a wallet or of a key has them. */
const phrase =
  /(?!(?:is|was|not|must|required|missing|invalid|wrong|the|for|field)\b)[a-z]{3,12}(?:[ -][a-z]{3,12}){2,23}(?![\w-])/y;

/** A call or an element: an expression in code. What is mixed as passwords are and closes nothing is none. */
function isExpression(value: string): boolean {
  const found = /^([\w.]+)[([]/.exec(value);
  if (found === null) return false;
  const isClosed = /[)\]][.;,)\]]*$/.test(value);
  return isClosed || !looksMixed(found[1] ?? '');
}

/** Where a value ends by its own signs: at a blank, and at a sign that ends it where it stands. */
function endOfBare(text: string, isEncoded: boolean): number {
  const open: string[] = [];
  mayEnd.lastIndex = 0;
  for (let found = mayEnd.exec(text); found !== null; found = mayEnd.exec(text)) {
    const [sign] = found;
    const { index } = found;
    const closing = closingOf[sign];
    if (closing !== undefined && open.length < mostOpen) open.push(closing);
    else if (sign === open.at(-1)) open.pop();
    else if (endsHere(text, index, sign, isEncoded)) return index;
  }
  return text.length;
}

const mayEndParameter = /[&\s"'`<>\\]/g;

/** The same in an address, in which other signs stand for themselves. */
function endOfParameter(text: string): number {
  mayEndParameter.lastIndex = 0;
  for (let found = mayEndParameter.exec(text); found !== null; found = mayEndParameter.exec(text)) {
    if (endsHere(text, found.index, found[0], false)) return found.index;
  }
  return text.length;
}

const closingOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const mostOpen = 8;
/** Behind a sign between values: nothing, a blank, another sign, or a name and its sign. */
const nextField =
  /(?:$|[\s"'`)\]}>,;&|\\]|(?:amp;)?(?:[A-Za-z]{1,20} ){0,2}[\w\u4e00-\u9fff.@-]{1,40}\s{0,2}(?:[=:：＝]|%3[AaDd]|->))/y;
/** The begin or the end of an element. */
const tag = /<(?:\/[a-z]|!--|[a-z][\w:-]{0,30}(?:[^\S\n][^<>\n]{0,100})?\/?>)/iy;
const behindQuote = /[\w$@#!%^*+~?-]/;
const behindBracket = /(?:$|[\s"'`)\]}>,;:.&|\\<=，；。）])/y;

function endsHere(text: string, at: number, sign: string, isEncoded: boolean): boolean {
  const next = text.charAt(at + 1);
  switch (sign) {
    case ',':
    case ';':
    case '&':
    case '|':
      return matchesAt(nextField, text, at + 1);
    case '"':
    case "'":
    case '`':
      return at === 0 || next === '' || !behindQuote.test(next);
    case '\\':
      return /[nrtux"'`\\]/.test(next) || next === '';
    case '<':
      return matchesAt(tag, text, at);
    case '>':
    case ')':
    case ']':
    case '}':
      return matchesAt(behindBracket, text, at + 1);
    case '(':
    case '[':
    case '{':
      return false;
    case '，':
    case '。':
    case '；':
    case '、':
    case '！':
    case '？':
      return !matchesAt(restOfSecret, text, at + 1);
    default:
      return sign.startsWith('%') ? isEncoded : true;
  }
}

/** Letters and digits up to a blank, no words and no further name: the sign before is one of the secret. */
const restOfSecret =
  /(?=[^\s\d]{0,60}\d)(?=[^\sa-z]{0,60}[a-z])[\w@#$%^&*!?~+，。；、！？-]{2,60}(?=$|[\s"'])/iy;

const inConnection = /[^;=:"'\r\n]{1,100}(?=;\s{0,2}(?:[\w ]{1,30}=|$|[\r\n"']))/y;

/** `Server=h;Password=two words;Database=d`: a blank is a part of it, up to the sign that ends it. */
function blanksInConnection(text: string, at: number, name: SecretName): number {
  if (
    text.charAt(at) !== ' ' ||
    !/;\s{0,2}$/.test(text.slice(Math.max(0, name.start - 3), name.start))
  )
    return 0;
  return matchesAt(inConnection, text, at) ? inConnection.lastIndex - at : 0;
}

const login = /(?:credentials?|creds?|login|凭证|凭据|憑證)(?:信息|資訊)?$/i;
const behindBar = /^(\s?\/\s?)[^\s,;"'，；。]+/;
const behindUser = /^(\s?\/\s?|[^\S\n]?[和与及][^\S\n]?|[^\S\n]|[,，、])[^\s,;"'，；。]+/;

const userAndSign = /^[\w.@-]{2,40}[/、和与及](?=[^\s/]{4,}$)/;

/** Of one value that is both, `bob/…`, so many signs are the user; a password may have such a sign in it as well. */
function userBefore(value: string, name: SecretName): number {
  const user = namesLogin(name.text) ? (userAndSign.exec(value)?.[0] ?? '') : '';
  return looksMixed(user) ? 0 : user.length;
}

/** user/password: bob / …, 账号密码：bob … */
function secondOfTwo(text: string, name: SecretName): RegExp | undefined {
  if (namesLogin(name.text)) return behindUser;
  if (login.test(name.text)) return behindBar;
  return text.charAt(name.start - 1) === '/' ? behindBar : undefined;
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
  // `?code=200` is a status, `phones: 2` a count.
  if (/^(?:code|phones|mobiles|cookies)$/i.test(name.text) && /^\d{1,3}$/.test(value)) return true;
  // A chip's, beside the name of a signal or its number; one of a card is made of more digits.
  if (!name.inQuery && /^pin$/i.test(name.text) && /^(?:\D*|\d)$/.test(value)) return true;
  if (name.inQuery || !/(?:^|[^a-z])(?:token|auth|pass)$/i.test(name.text)) return false;
  // The name of a file.
  if (/[\u4e00-\u9fff].{0,40}\.[a-z]{2,4}x?$/.test(value)) return true;
  return /^\d{1,6}$/.test(value) || (value.length < 8 && !/\d/.test(value));
}
