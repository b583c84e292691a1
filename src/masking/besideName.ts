import {
  looksMade,
  looksMixed,
  quoteSource,
  type SecretName,
  type SecretSpan,
  spansAt,
  groupAt,
} from './secretSpan.ts';
import { besideInCode } from './besideInCode.ts';
import { element, formPart, inputElement } from './elements.ts';
import { pair, reversedPair } from './pairInText.ts';
import { quotedValues } from './quotedText.ts';
import { aloneBelow, changedValues, filledWith, randomNear, toldValue } from './saidValues.ts';
import {
  typedAndNamed,
  typedAndRemarked,
  typedBefore,
  typedBehind,
  typedWord,
} from './typedText.ts';
import { valuesBehind } from './valueBehind.ts';

const quote = `(?:${quoteSource})`;

/** A notation in which a value stands beside a name without a sign between them. */
type Notation = (text: string, name: SecretName) => readonly SecretSpan[];

/** The values that belong to a secret name that no sign follows. */
export function besideName(text: string, name: SecretName): readonly SecretSpan[] {
  for (const notation of notations) {
    const spans = notation(text, name);
    if (spans.length > 0) return spans;
  }
  return [];
}

/** By so much of an argument a secret is told from words. */
const tellingLength = 400;
/** Its name may be a part of a selector, `"input[name=password]"`. */
const tuple = new RegExp(
  `(?:${quote}?\\])?(?:${quote}){0,2}\\s{0,4},\\s{0,8}(?=[bfru]{0,2}${quote})`,
  'y',
);
/** set_password("…"), PasswordEdit.type_keys("…"), Edit(Name="pwd").GetValuePattern().SetValue("…") */
const call = new RegExp(
  `(?:(?:${quote}\\)(?:\\.\\w{1,30}\\(\\)){1,2})?\\.(?:type|send|set|fill|enter|input|write|put)\\w{0,20})?\\(\\s{0,8}(?=[bfru]{0,2}${quote})`,
  'iy',
);

/** ('X-Api-Key', '…'), environ.get("TOKEN", "…"), set_password("…"): where it looks like a secret, not like a name. */
function argument(text: string, name: SecretName): readonly SecretSpan[] {
  for (const pattern of [tuple, call]) {
    pattern.lastIndex = name.end;
    if (!pattern.test(text)) continue;
    const at = pattern.lastIndex;
    // Its beginning tells whether it is worth to look for its end.
    const begun = madeArguments(text.slice(0, at + tellingLength), at, name);
    if (begun.length === 0 && isSet(text, name)) return shortArgument(text, at);
    return begun.length === 0 ? [] : madeArguments(text, at, name);
  }
  return logged(text, name);
}

const setCall =
  /\b(?:define|type|fill|enter|input|write|put\w{0,8}|send\w{0,8}|set(?:_?(?:env|item|value|text|password|cookie))?)\(\s{0,4}[bfru]{0,2}\\{0,8}["'`][^"'`\n]{0,24}$/i;

const calledOnPlace =
  /\.(?:type|send|set|fill|enter|input|write|put)\w{0,20}\(\s{0,8}(?=[bfru]{0,2}\\{0,8}["'`])/iy;

/** pwd_box.input("…"): what is typed into a place that a name names. */
export function typedInto(text: string, name: SecretName): readonly SecretSpan[] {
  calledOnPlace.lastIndex = name.end;
  return calledOnPlace.test(text) ? shortArgument(text, calledOnPlace.lastIndex) : [];
}

/** define('DB_PWD', '…'): what is set by a name is a value, and not another name. */
function isSet(text: string, name: SecretName): boolean {
  return setCall.test(text.slice(Math.max(0, name.start - 56), name.start));
}

function shortArgument(text: string, at: number): readonly SecretSpan[] {
  const [span] = quotedValues(text.slice(0, at + tellingLength), at) ?? [];
  const isOne = span !== undefined && !/\s/.test(text.slice(span.start, span.end));
  return isOne ? typedWord(text, span.start, span.end) : [];
}

const loggedCall = /\s{0,2},\s{0,2}([^\s"'`,()]{6,64})\)/dy;

/** setText(#pwd, …): a log has no quotes, and code no selector without them. */
function logged(text: string, name: SecretName): readonly SecretSpan[] {
  if (!/\([#.]$/.test(text.slice(name.start - 2, name.start))) return [];
  const span = groupAt(loggedCall, text, name.end);
  return span === undefined ? [] : typedWord(text, ...span);
}

function madeArguments(text: string, at: number, name: SecretName): readonly SecretSpan[] {
  const spans = quotedValues(text, at) ?? [];
  name.work.spend((spans.at(-1)?.end ?? at) - at);
  return spans.filter(({ start, end }) => {
    const value = text.slice(start, end);
    return (!/\s/.test(value) || isScheme(value)) && looksMade(value.replace(/^\w+ /, ''));
  });
}

function isScheme(value: string): boolean {
  return /^(?:bearer|basic|token|digest) \S+$/i.test(value);
}

const ofRegistry = /[^\S\n]{1,8}REG_(?:EXPAND_|MULTI_)?SZ[^\S\n]{1,8}(\S[^\r\n\\"]{0,200})/dy;

/** DefaultPassword    REG_SZ    …, as the registry is queried. */
function registryValue(text: string, name: SecretName): readonly SecretSpan[] {
  const span = groupAt(ofRegistry, text, name.end);
  return spansAt(span);
}

const setVariable = /\bSet (?:\w{1,12} )?Variable[^\S\n]{2,20}\$\{$/i;
const nextArgument = /\}(?:[^\S\n]{2,20}|\t)([^\s$%{][^\s]{3,200})/dy;

const assigned =
  /\}[^\S\n]?=?(?:[^\S\n]{2,20}|\t)Set (?:\w{1,12} )?Variable(?:[^\S\n]{2,20}|\t)([^\s$%{][^\s]{3,200})/dy;

/** Set Suite Variable    ${PASSWORD}    …, ${PASSWORD}=    Set Variable    … */
export function robotVariable(text: string, name: SecretName): readonly SecretSpan[] {
  if (!text.startsWith('${', name.start - 2)) return [];
  const given = groupAt(assigned, text, name.end);
  if (given !== undefined) return spansAt(given);
  if (!setVariable.test(text.slice(Math.max(0, name.start - 48), name.start))) return [];
  const span = groupAt(nextArgument, text, name.end);
  return spansAt(span);
}

const operator = /["'`\])]{0,2}\s{1,4}(?:not\s+)?(?:like|in|regexp|rlike|glob)\s{0,4}(?=["'(])/iy;

/** password LIKE '…', password IN ('…'). */
function condition(text: string, name: SecretName): readonly SecretSpan[] {
  operator.lastIndex = name.end;
  if (!operator.test(text)) return [];
  return valuesBehind(text, operator.lastIndex, { ...name, quote: '"' }, '=');
}

const direct = /[^\S\n]{0,2}([^\s"'`\\,;(){}<>[\]|\u0080-\uffff]{4,64})/dy;
/** 【密码】…, 密码——…, 支付密码【…】: what brackets and dashes part. */
const parted =
  /(?:_{1,2}|\*{1,3})?(?:[\])】〕》〉）」』”’〗][^\S\n]{0,2}[—–－·→-]{0,2}|[^\S\n]{0,2}(?:[—–－·→]{1,2}|-{1,2}))[^\S\n]{0,2}[【〖｛〔《（「『“‘([{"']{0,2}([^\s"'`\\，；。！【】〖〗｛｝〔〕《》（）「」『』“”‘’\u4e00-\u9fff]{4,64})|[^\S\n]{0,2}[【〖｛〔《（「『“‘([{]{1,2}(?:默认|初始|缺省)?[为是：:]?([^\s"'`\\，；。！【】〖〗｛｝〔〕《》（）「」『』“”‘’()[\]{}\u4e00-\u9fff]{4,64})[】〗｝〕》）」』”’)\]}]/dy;

/** 密码(…): brackets around a value that may have some itself, up to the last that ends it. */
const inOwnBrackets =
  /[^\S\n]?[([{（【「]([^\s"'`\\，。；！（）【】「」\u4e00-\u9fff]{6,64})[)\]}）】」](?=$|[\s，。；、,;.:"'\u4e00-\u9fff])/dy;

function inBrackets(text: string, name: SecretName): readonly SecretSpan[] {
  const span = groupAt(inOwnBrackets, text, name.end);
  return span !== undefined && looksMixed(text.slice(...span)) ? spansAt(span) : [];
}

const namesBoth = /[号户名](?:登录)?(?:密码|口令)$|[账帐賬帳]密$/;
const userAndWord =
  /[^\S\n]{1,2}[\w.@-]{2,40}(?:[^\S\n]{1,2}|[/和与、,，])([^\s"'\\，。；、]{4,64})/dy;

/** 用户名密码 bob … */
function both(text: string, name: SecretName): readonly SecretSpan[] {
  if (!namesBoth.test(name.text)) return [];
  const span = groupAt(userAndWord, text, name.end);
  return span === undefined ? [] : typedWord(text, ...span);
}

/** 初始密码Abc12345, 验证码 4821, 【密码】…: ASCII right behind a Chinese name. */
function chinese(text: string, name: SecretName): readonly SecretSpan[] {
  // __口令__: marks around it.
  const last = name.text.replace(/_+$/, '').slice(-1).charCodeAt(0);
  if (last < 0x3040 || last > 0xd7af) return [];
  const span = groupAt(direct, text, name.end);
  if (span === undefined || /^[-—]/.test(text.slice(...span))) return partedValue(text, name);
  const value = text.slice(...span);
  const isCode =
    (/[码碼]$|口令$/.test(name.text) && /^\d{4,8}$/.test(value)) ||
    // Of a mail service, which has letters alone.
    (/授[权權][码碼]$/.test(name.text) && /^[a-z]{16}$/i.test(value)) ||
    (/[验驗][证證]?[码碼]$/.test(name.text) &&
      /^(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{4,6}$/i.test(value));
  return isCode || (value.length >= 6 && /\d/.test(value) && /[a-z]/i.test(value))
    ? spansAt(span)
    : [];
}

function partedValue(text: string, name: SecretName): readonly SecretSpan[] {
  parted.lastIndex = name.end;
  const indices = parted.exec(text)?.indices;
  const span = indices?.[1] ?? indices?.[2];
  if (span === undefined) return [];
  const value = text.slice(...span).replace(/[.,:;!?)\]}>]+$/, '');
  // A plain word says the name again, in another language.
  return value.length >= 4 && /\d|[a-z][A-Z]/.test(value)
    ? [{ start: span[0], end: span[0] + value.length }]
    : [];
}

const sentence =
  /(?:["'`\])]{0,2}|['’]s)[^\S\n]{1,4}(?:(?:[a-z]{2,12}ed:|的?值为?|内容|reset|changed|updated|is|was|are|were|--?|provided|given|used|value|of|equals|as|to|set|=|:|\||-|(?:for|of) (?:user |the |our |my )?\\?['"]?[\w.@:/-]{1,60}\\?['"]?(?: is| was|:))[\s:]{1,3}){0,3}[("'`[<{]{0,2}([^\s\\"'`()[\]{}<>,;|]{8,200})/diy;
const bracketed =
  /[[(<{（「『“"'`]{1,2}([^\s\\"'`()[\]{}<>,;|（）「」『』“”]{8,200})[\])>}）」』”"'`]/dy;

/** In quotes, each part of it with a digit. */
const inParts =
  /[^\S\n]{1,2}(?:is|was)[\s:]{1,3}\\{0,8}["'`“]((?=[^\s"'`]{0,40}\d)[^\s"'`\\”]{2,40}(?: (?=[^\s"'`]{0,40}\d)[^\s"'`\\”]{2,40}){1,5})\\{0,8}["'`”]/dy;

/** "invalid token …", "the password was …": a word that looks like a secret, right behind its name. */
function words(text: string, name: SecretName): readonly SecretSpan[] {
  for (const pattern of [sentence, bracketed]) {
    const span = groupAt(pattern, text, name.end);
    if (span === undefined) continue;
    const [start, end] = span;
    const word = text.slice(start, end).replace(/[.:!?]+$/, '');
    if (looksMade(word)) return [{ start, end: start + word.length }];
  }
  const parts = groupAt(inParts, text, name.end);
  return spansAt(parts);
}

const sentCode =
  /[^\S\n]{1,2}(?:is|was)[^\S\n]?:?[^\S\n]{0,2}["'`]?(\d{4,8})(?![\d%]|[.,]\d|[^\S\n]*[a-z])/diy;

/** "Your verification code is 604218.", "the one-time password is …": numbers that are no amounts. */
function code(text: string, name: SecretName): readonly SecretSpan[] {
  const isCode =
    /(?:code|otp|pin|captcha)$/i.test(name.text) ||
    /one[ -]?time[ -]$/i.test(text.slice(Math.max(0, name.start - 9), name.start));
  if (!isCode) return [];
  const isEntered = entersBefore.test(text.slice(Math.max(0, name.start - 18), name.start));
  for (const pattern of isEntered
    ? [sentCode, readCode, usedCode, anyCode]
    : [sentCode, readCode, usedCode]) {
    const span = groupAt(pattern, text, name.end);
    if (span !== undefined) return spansAt(span);
  }
  return [];
}

/** SMS code received: …, captcha solved: …, which may have letters. */
const readCode =
  /[^\S\n](?:[a-z]{1,10}ed|read|sent|got|result)[^\S\n]?[:=][^\S\n]?["'`]?(\d{4,8}|(?=[a-z]{0,5}\d)(?=\d{0,5}[a-z])[a-z\d]{4,6})(?![\w%]|[.,]\d)/diy;
const usedCode =
  /[^\S\n]["'`]?(\d{4,8})["'`]?(?=[^\S\n](?:was |is |has been )?(?:entered|typed|sent|received|submitted|accepted|rejected|used|filled)|[.,]?(?:$|\n|\\{0,8}["']))/diy;
const entersBefore =
  /\b(?:enter|typ|us|input|submit|fill|sen[dt]|got|receiv)\w{0,5} (?:the |your |this |my |a )?$/i;
const anyCode =
  /[^\S\n]["'`]?(\d{4,8})(?=["'`]?[^\S\n](?:before|within|to|in|into|on|at|for|from|and)\b)/diy;

const headingBefore = /(?:^|\n|\\n)#{1,6}[^\S\n]{1,4}[^\n]{0,24}$/;
const lineBelow = /[:：]?[^\S\n]{0,4}(?:\n|\\n){1,2}`{0,3}([^\s`\\"']{8,200})(?=[`\s"'\\]|$)/dy;

/** What stands alone below a heading of Markdown. */
function belowHeading(text: string, name: SecretName): readonly SecretSpan[] {
  const before = text.slice(Math.max(0, name.start - 36), name.start);
  if (!before.includes('#') || !headingBefore.test(before)) return [];
  const span = groupAt(lineBelow, text, name.end);
  return span === undefined || !looksMade(text.slice(...span)) ? [] : spansAt(span);
}

const notations: readonly Notation[] = [
  ...[changedValues, both, inBrackets, chinese, code, belowHeading],
  ...[pair, reversedPair, argument, inputElement, element, formPart, condition],
  ...[besideInCode, registryValue, filledWith, aloneBelow],
  ...[typedBehind, typedBefore, typedAndNamed, typedAndRemarked, toldValue, words, randomNear],
];
