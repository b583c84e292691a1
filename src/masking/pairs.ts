import { noParts, type Reading } from './reading.ts';
import type { NameJudge } from './secretNames.ts';
import { looksMade } from './secretSpan.ts';

/** What a cookie has beside its name and value. */
const cookieFields = /^(?:httpOnly|sameSite|hostOnly|http_only|same_site|storeId|sameParty)$/i;
const placeFields = /^(?:domain|path|expires|expiry|expirationDate|secure|session)$/i;
const valueField = /^value$/i;
/** What a page keeps in a browser: tokens as a rule. */
const storageFields = /^(?:local|session)_?storage$/i;
const labelField = /^(?:label|question|title|prompt|caption|placeholder|标签|标题|问题|提示)$/i;
const answerField =
  /^(?:value|val|answer|input|input_?value|current_?value|text|content|response|值|答案|回答|内容|输入|输入值|输入内容|填写内容)$/i;
const mostEntries = 24;
const longestLabel = 40;

/** Under which names of an object a secret stands because of what else stands in it: a cookie, a label and its answer. */
export function secretFields<T>(
  entries: readonly (readonly [string, T])[],
  reading: Reading<T>,
  names: NameJudge,
): ReadonlySet<string> {
  if (entries.length < 2 || entries.length > mostEntries) return noParts;
  if (isCookie(entries, reading)) return keysLike(entries, valueField);
  const typed = secretOfStore(entries, reading);
  if (typed !== undefined) return keysLike(entries, typed);
  const label = entries.find(([key, value]) => {
    const text = labelField.test(key) ? reading.text(value) : undefined;
    return text !== undefined && isSecretLabel(text, names);
  });
  if (label === undefined) return noParts;
  const secret = entries.filter(([key, value]) => {
    const text = answerField.test(key) ? reading.text(value) : undefined;
    return text !== undefined && !/\s\S+\s|[\u4e00-\u9fff]{4}/.test(text);
  });
  return secret.length === 0 ? noParts : new Set(secret.map(([key]) => key));
}

/** Whether what is kept under a name of a browser's storage is a secret by its look. */
export function isStorage(name: string): boolean {
  return storageFields.test(name);
}

/** The values of a browser's storage, `[{"name": …, "value": …}]`, that look made. */
export function isStoredSecret(key: string, text: string): boolean {
  return valueField.test(key) && looksMade(text);
}

function isCookie<T>(entries: readonly (readonly [string, T])[], reading: Reading<T>): boolean {
  let marks = 0;
  for (const [key] of entries) {
    if (cookieFields.test(key)) marks += 2;
    else if (placeFields.test(key)) marks++;
  }
  if (marks === 0 || !entries.some(([key]) => /^name$/i.test(key))) return false;
  const value = entries.find(([key]) => valueField.test(key))?.[1];
  // Beside a domain alone, what looks made is one: `{"name", "value", "domain"}` is how scripts hand cookies on.
  return value !== undefined && (marks >= 2 || looksMade(reading.text(value) ?? ''));
}

/** What says by itself that the value is a secret, and not by its name. */
const typeField = /^(?:type|(?:value|data|input|asset|variable)_?type|kind|类型|值类型|数据类型)$/i;
const secretType =
  /^(?:secure_?string|credentials?|secrets?|password|passwd|encrypted(?:_?string)?|凭据|凭证|密码|密文|加密文本)$/i;
const typedValue = /^(?:value|(?:string|asset|current|default)_?value|content|text|值|内容)$/i;
/** Where CyberArk keeps what it hands out. */
const safeFields = /^(?:safe|policy_?id|cpmstatus|passwordchangeinprocess)$/i;
const user = /^(?:u|un|usr|user|user_?name|account|acct)$/i;
const short = /^p$/i;
/** Of a key in JSON its private parts: what is public has other letters. */
const keyType = /^(?:RSA|EC|OKP|oct)$/;
const privateParts = /^(?:d|p|q|dp|dq|qi|k)$/;

/** Of the value that a store of secrets hands out, `{"Safe": …, "Content": …}`, and of `{"u": …, "p": …}`. */
function secretOfStore<T>(
  entries: readonly (readonly [string, T])[],
  reading: Reading<T>,
): RegExp | undefined {
  let has = '';
  for (const [key, value] of entries) {
    if (key === 'kty' && keyType.test(reading.text(value) ?? '')) return privateParts;
    if (safeFields.test(key) && !/^(?:true|false)?$/.test(reading.text(value) ?? ''))
      has += 'safe ';
    else if (user.test(key)) has += 'user ';
    else if (typeField.test(key) && secretType.test(reading.text(value) ?? '')) has += 'type ';
    else if (short.test(key) && isShortSecret(reading.text(value) ?? '')) has += 'short ';
  }
  if (has.includes('type')) return typedValue;
  if (has.includes('safe')) return /^content$/i;
  // A row of a table may call its part, page or price so: a login has little else.
  const isLogin = entries.length <= 4 && has.includes('user') && has.includes('short');
  return isLogin ? short : undefined;
}

function isShortSecret(text: string): boolean {
  return text.length >= 6 && /[a-z]/i.test(text) && /\d|[^\w\s./:-]/.test(text) && !/\s/.test(text);
}

function keysLike(
  entries: readonly (readonly [string, unknown])[],
  pattern: RegExp,
): ReadonlySet<string> {
  return new Set(entries.flatMap(([key]) => (pattern.test(key) ? [key] : [])));
}

/** 请输入密码, Your password: */
function isSecretLabel(text: string, names: NameJudge): boolean {
  if (text.length > longestLabel) return false;
  const bare = text.replace(/[\s:：?？*]+$/, '').replace(/^[\s*]+/, '');
  return names.isSecret(bare.replace(/\s+/g, '_'));
}

const language = /^(?:2052|1033|3076)$/;

/** Account set, user, secret and the number of a language: how Kingdee's services are signed in to. */
export function loginOfList<T>(list: readonly T[], reading: Reading<T>): ReadonlySet<string> {
  const [, user, secret, last] = list.map((item) => reading.text(item) ?? '');
  const isLogin = language.test(last ?? '') && user !== '' && isShortSecret(secret ?? '');
  return isLogin ? new Set(['2']) : linesOfKey(list, reading);
}

const keyBegins = /^\s*-----BEGIN [A-Z ]{0,20}PRIVATE KEY/;

/** The lines of a private key that stands as a list of lines. */
export function linesOfKey<T>(list: readonly T[], reading: Reading<T>): ReadonlySet<string> {
  let isInside = false;
  const lines = new Set<string>();
  for (const [index, item] of list.entries()) {
    const text = reading.text(item);
    if (text === undefined) continue;
    if (keyBegins.test(text)) isInside = !text.includes('-----END');
    else if (text.includes('-----END')) isInside = false;
    else if (isInside && text !== '') lines.add(String(index));
  }
  return lines.size === 0 ? noParts : lines;
}
