import type { Steps } from '../base/steps.ts';
import { assignedTogether } from './assignedTogether.ts';
import { besideName, robotVariable, typedInto } from './besideName.ts';
import { comparedValues } from './comparison.ts';
import { isMadeFor } from './madeValue.ts';
import { loginBehind, namesLogin } from './loginName.ts';
import { placeEnding } from './namedPair.ts';
import { TypedBeside } from './typedBeside.ts';
import { besideTold, givenValue, randomNear, toldValue } from './saidValues.ts';
import { quoteSource, type SecretName, type SecretSpan } from './secretSpan.ts';
import type { Hint, NameJudge, NameKind } from './secretNames.ts';
import { valuesBehind } from './valueBehind.ts';
import type { Work } from './work.ts';

/** What belongs to so many names is read in some milliseconds; so many signs are looked through in one. */
export const hintsPerStep = 1_000;
const signsPerStep = 256 * 1024;
const longestName = 60;
const longestPlain = 1_000;

/**
 * Finds the values that stand behind a secret name in any notation: JSON at any depth of escaping, Python,
 * `name=value`, `name: value`, headers, query strings, XML elements, assignments in code, sentences. One pass: at
 * each hint it reads the name around it and, where the name is secret, the value that belongs to it.
 */
export function* findNamedSecrets(
  text: string,
  names: NameJudge,
  work: Work,
  hints: readonly Hint[],
): Steps<SecretSpan[]> {
  const spans: SecretSpan[] = [];
  const typed = new TypedBeside(text);
  let done = 0;
  let read = 0;
  for (const hint of hints) {
    if (++read % hintsPerStep === 0) yield;
    if (hint.start < done) continue;
    const name = nameAround(text, hint.start, hint.end, work);
    const kind = kindOf(name, names);
    const isPlace = kind === 'ordinary' && namesPlace(name, names);
    if (kind === 'ordinary' && !isPlace) continue;
    work.spendName();
    const found = isPlace ? typedInto(text, name) : spansOf(text, name);
    const last = found.at(-1);
    const all =
      last === undefined ? typed.valuesOf(name) : [...found, ...besideTold(text, last.end)];
    for (const span of all) {
      if (span.start < done || span.end <= span.start) continue;
      if (kind === 'secretIfMade' && !isMadeFor(name, text, span)) {
        // What is so long without a sign that ends it must not be read again from each name within.
        if (span.end - span.start > longestPlain) done = span.end;
        continue;
      }
      spans.push(span);
      done = span.end;
    }
  }
  return spans;
}

/** Where a secret name may stand: looked for once for all that read names. */
export function hintsIn(text: string, names: NameJudge): readonly Hint[] {
  const hints: Hint[] = [];
  addHints(hints, text, names, 0, text.length);
  return hints;
}

/** The same in steps, for a text of megabytes. */
export function* hintsInSteps(
  text: string,
  names: NameJudge,
  perStep = signsPerStep,
): Steps<readonly Hint[]> {
  const hints: Hint[] = [];
  let at = 0;
  for (let to = perStep; at < text.length; to += perStep) {
    at = addHints(hints, text, names, at, Math.min(to, text.length));
    if (at < text.length) yield;
  }
  return hints;
}

/** Adds those that begin from one place on and before another; where to go on. */
function addHints(hints: Hint[], text: string, names: NameJudge, from: number, to: number): number {
  let at = from;
  for (let hint = names.nextHint(text, at, to); hint !== null;) {
    if (!isCount(text, hint, names)) hints.push(hint);
    at = hint.end;
    hint = names.nextHint(text, at, to);
  }
  return Math.max(at, to);
}

/**
 * What each entry of a trace has, between its quotes: `"prompt_tokens":"12"`, `"stream_node_first_token"`. Without these
 * most records hold no hint, and nothing else is looked for in them.
 */
function isCount(text: string, { start: at, end: behind }: Hint, names: NameJudge): boolean {
  if (behind - at !== 5) return false;
  countEnd.lastIndex = at;
  const end = countEnd.exec(text);
  if (end === null) return false;
  const begin = countBegin.exec(text.slice(Math.max(0, at - longestName), at));
  if (begin === null) return false;
  const kind = names.kindOf(`${begin[1] ?? ''}${end[1] ?? ''}`);
  return kind === 'ordinary' || (kind === 'secretIfMade' && end[2] !== undefined);
}

/** With the number behind it, which nobody made as a secret. */
const countEnd = /(tokens?)\\{0,8}["'](\s?:\s?\\{0,8}["']?\d{1,9}(?![\w.+/-]))?/y;
const countBegin = /["']((?:[a-z]{1,20}_){1,4})$/;

function kindOf(name: SecretName, names: NameJudge): NameKind {
  if (name.inQuery && name.text === 'p') return 'secretIfMade';
  return name.inQuery && isQueryKey(name.text) ? 'secret' : names.kindOf(name.text);
}

/** `PasswordBox`: no secret stands under it, but what is typed into it is one. */
function namesPlace({ text }: SecretName, names: NameJudge): boolean {
  const thing = text.replace(placeEnding, '');
  return thing !== text && names.isSecret(thing);
}

function spansOf(text: string, name: SecretName): readonly SecretSpan[] {
  const login = namesLogin(name.text) ? loginBehind(text, name.end) : undefined;
  if (login !== undefined) return [login];
  for (const notation of [comparedValues, assignedTogether, robotVariable]) {
    const spans = notation(text, name);
    if (spans.length > 0) return spans;
  }
  separator.lastIndex = name.end;
  const found = separator.exec(text);
  if (found === null) return besideName(text, name);
  const quote = found[1] ?? '';
  const sign = found[2] ?? '';
  if (sign === '>') return besideName(text, name);
  const from = separator.lastIndex;
  const values = valuesBehind(text, from, { ...name, quote }, sign);
  if (values.length > 0) return values;
  const given = givenValue(text, from);
  if (given.length > 0) return given;
  const told = toldValue(text, name);
  return told.length > 0 ? told : randomNear(text, name);
}

/**
 * What stands between a name and its value: quotes and closing brackets (`environ["KEY"] =`), blanks, a sign.
 * 256 backslashes are eight JSON texts in one another.
 */
const separator = new RegExp(
  String.raw`((?:${quoteSource}){0,3}|\\{1,256})[\])】〕》〉）」』”’〗]{0,3}(?:\}(?=\s{0,4}(?:=|->)))?(?:[^\S\n]?[(（[【][\p{L}\d /_.-]{1,20}[)）\]】](?=[^\S\n]{0,2}[:=：＝])|\.(?:[Tt]ext|[Vv]al(?:ue)?|[Cc]ontent|[Ss]tring)(?=[^\S\n]{0,2}:?=))?(?:[^\S\n]?(?:的?(?:值|内容)|赋值)|[^\S\n](?:value|answer|text|result|entered)(?=[^\S\n]{0,2}[:=：]))?(?:[^\S\n]As[^\S\n]\w{1,20}(?=[^\S\n]?=))?(?:[^\S\n]?(?:已|获取|刷新|生成|更新|返回|读取|成功|完成){1,3}(?=[:：=]))?(?:[^\S\n]?[.·…]){0,60}[\s\u00a0\u200b]{0,8}(<>|!=|\|\|=|\?\?=|<-|->|→|←|⇒|=>|[:=：＝﹕︰∶﹦>｜是为]|%3[AaDd]|(?<=[.·…]{3}[^\S\n]?)(?=[^\s.:=]))`,
  'uy',
);

/** token获取成功：… */
const gotten = /^([\w-]{2,40}?)(?:已|获取|刷新|生成|更新|返回|读取|成功|完成){1,3}$/;

/** `pass phrase` */
const passInTwo = /^[ -](phrase|word|code)\b/i;

/** The word around a hint; where it is one of two words, `api key`, both. */
function nameAround(text: string, hintAt: number, hintEnd: number, work: Work): SecretName {
  const isQueryHint = text.charAt(hintAt) === '?' || text.charAt(hintAt) === '&';
  let end = hintEnd;
  const isChinese = isCjk(text.charCodeAt(hintEnd - 1));
  const goesOn = isChinese ? isChineseName : isNameCharacter;
  while (end - hintEnd < longestName && goesOn(text.charCodeAt(end))) end++;
  if (isChinese) end = endOfChinese(text, end);
  const from = isQueryHint ? hintAt + 1 : hintAt;
  let start = from;
  while (start > 0 && from - start < longestName && isNameCharacter(text.charCodeAt(start - 1))) {
    start--;
  }
  const before = text.charAt(start - 1);
  const inQuery = text.charAt(end) === '=' && (before === '?' || before === '&');
  const said = text.slice(start, end).replace(gotten, '$1');
  const name = { text: said, start, end, quote: '', inQuery, work };
  const second = /^pass$/i.test(name.text) ? passInTwo.exec(text.slice(end, end + 8)) : null;
  if (second !== null) {
    const [, word = ''] = second;
    return { ...name, text: name.text + word, end: end + second[0].length };
  }
  if (!/^keys?$/i.test(name.text)) return name;
  const first =
    /(?:\b|-D)(?:api|access|secret|private|app|auth|licen[sc]e|product|serial|activation|encryption|master|signing|shared|recovery)[ .]$/i.exec(
      text.slice(Math.max(0, start - 12), start),
    );
  return first === null ? name : { ...name, text: `${first[0].slice(0, -1)}_key` };
}

const nameGoesOn = /_[\u4e00-\u9fff]{1,12}|[ _-]?[A-Za-z]{1,12}(?=[^\S\n]?[:=：＝])/y;

/** 密码框_登录, 密钥ID：…: what is behind a sign and a word of ours belong to the name. */
function endOfChinese(text: string, end: number): number {
  nameGoesOn.lastIndex = end;
  return nameGoesOn.test(text) ? nameGoesOn.lastIndex : end;
}

/** `?key=` and signatures are secret in an address alone. */
function isQueryKey(name: string): boolean {
  return /^(?:key|sig|sign|signature|x-amz-signature|x-amz-credential|x-amz-security-token|code|ak|sk)$/i.test(
    name,
  );
}

function isCjk(code: number): boolean {
  return code >= 0x4e00 && code <= 0x9fff;
}

/** Letters with an accent, Cyrillic ones, Japanese and Korean ones. */
function isOtherLetter(code: number): boolean {
  return (
    (code >= 0xc0 && code <= 0x24f && code !== 0xd7 && code !== 0xf7) ||
    (code >= 0x400 && code <= 0x4ff) ||
    (code >= 0x3041 && code <= 0x30fe && code !== 0x30fb) ||
    (code >= 0xac00 && code <= 0xd7af)
  );
}

/** 密码是…, 密码为…: the verb is no part of the name. */
function isChineseName(code: number): boolean {
  return isCjk(code) && code !== 0x662f && code !== 0x4e3a;
}

function isNameCharacter(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code === 0x2d ||
    isCjk(code) ||
    isOtherLetter(code)
  );
}
