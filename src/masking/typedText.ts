import {
  looksMixed,
  signsOfText,
  type SecretName,
  type SecretSpan,
  groupAt,
} from './secretSpan.ts';

/** What a robot's log says of a field: `在“密码”框中输入“…”`, `Fill input [Password] with value: …`. */
const field =
  '(?:输入框|编辑框|文本框|密码框|框|控件|元素|栏|字段|field|box|input|textbox|edit|element|control)';
const verb =
  '(?:输入|填写|填入|键入|录入|写入|粘贴|设置为|设为|修改为|改为|(?:with|to|value|text)(?![a-z])|内容|文本|(?<![_-])type[ds]?|enter(?:ed)?|fill(?:ed)?)';
const object = '(?:[ _]?(?:the |a )?(?:value|text|keys|with|内容|文本|值|为|是|了)){0,2}';
const asWhat = '作为|做为|当[作成]';
const open = String.raw`["'\x60“「『【\[(<]`;
const close = String.raw`["'\x60”」』】\])>]`;
const value = String.raw`((?:[^${signsOfText}\u4e00-\u9fff]|\\(?![\\"'nrtu])){4,200})`;
/** Behind the name, at once, the end of its quote or what kind of thing it names. */
const head = new RegExp(String.raw`\\{0,8}${close}{1,3}|[^\S\n]{0,2}${field}`, 'iy');
const forward = new RegExp(
  String.raw`[^\n。；;]{0,60}?(?:[；;](?=[^\n。；;:：]{0,6}(?:内容|文本|值)[:：])[^\n。；;]{0,8}?)?${verb}${object}[^\S\n]{0,2}(?:\\{0,8}[\"'])?[:：=]?[^\S\n]{0,2}(?:\\{0,8}${open}){0,2}${value}`,
  'diy',
);
/** A field by its own name: 密码输入框 */
const namesField = /(?:框|栏|控件|元素|字段|field|box|input)$/i;

/** What was typed into a field that the name names, said behind it. */
export function typedBehind(text: string, name: SecretName): readonly SecretSpan[] {
  if (isTag(text, name)) return [];
  head.lastIndex = name.end;
  const isHead = head.test(text);
  if (!isHead && !namesField.test(name.text) && !isInField(text, name)) return [];
  const span = groupAt(forward, text, isHead ? head.lastIndex : name.end);
  return span === undefined ? [] : typedWord(text, ...span);
}

/** <UsernameToken>: what ends the tag is no quote around a field. */
function isTag(text: string, name: SecretName): boolean {
  return (
    text.charAt(name.end) === '>' &&
    /<(?:[\w-]{1,20}:)?$/.test(text.slice(Math.max(0, name.start - 22), name.start))
  );
}

const fieldBefore = new RegExp(String.raw`${field}[\s:：]{0,2}${open}{0,2}$`, 'i');

/** 填写输入框 密码 ，… */
function isInField(text: string, name: SecretName): boolean {
  return fieldBefore.test(text.slice(Math.max(0, name.start - 12), name.start));
}

const into = new RegExp(
  String.raw`(?:\b(?:in|into|to|for|on|as)|${asWhat}|(?:写|填|输|键|录)?入|[到至进于在]|(?:目标)?(?:元素|控件|对象|字段|目标|element|target|field|selector|locator)[^\S\n]?[:：=])[^\S\n]?(?:(?:the|a|login|user|new|old|current|your|my|one-time|temporary|initial|default) ){0,3}(?:\[?${field})?[^\S\n]{0,2}[:：]?[^\S\n]{0,2}\\{0,8}${open}{0,2}[#.@]?$`,
  'i',
);
const arrow = /(?:→|[-=]>)[^\S\n]{0,2}["'`“「『【[(<#.@]{0,3}$/;
/** So far before a name it says into what is typed, and so far what. */
const intoLength = 24;
const typedLength = 160;
const before = new RegExp(
  String.raw`(?:type[ds]?|typing|input(?:ting)?|enter(?:ed|ing)?|fill(?:ed|ing)?|sen(?:[dt]|ding)(?:[ _]?keys)?|set(?:ting)?|past(?:ed?|ing)|wr(?:[io]te|iting)|\bus(?:ed?|ing)|使用|用|按键|发送|设置|设定|输入|填写|键入|录入|粘贴|写入|把|将)${object}[\s:：]{0,3}\\{0,8}${open}?${value}\\{0,8}${close}?[\s，,→>=-]{0,4}(?:in|into|to|for|on|as|${asWhat}|到|至|进|于|在|填入|填到|填写|填充|录入|粘贴|输入|输入到|写入|键入)?$`,
  'di',
);

const calledBefore = new RegExp(
  // Basic and AutoHotkey need no brackets, and have signs of their own.
  String.raw`(?:[(,=][^\S\n]{0,4}|\w[^\S\n]{1,4})["'\x60]${value}["'\x60][^()"'\n]{0,40}\)?[^\S\n]{0,2};?[^\S\n]{1,8}(?:#|//|;|')[^\n]{0,24}$`,
  'd',
);
const comments = /[\s;](?:#|\/\/|;|')[^\n"]{0,25}$/;
const bracketBefore = new RegExp(String.raw`(?:^|[\s/:：，,])${value}[^\S\n]?[（(]$`, 'd');

/** What an argument says of another: `文本="…", 备注="登录密码"`. */
const remark =
  /(?:备注|说明|描述|注释|remark|comment|note|desc(?:ription)?)["']?\s?[=:：]\s?\\{0,8}["'“]?[^"'”\n]{0,12}$/i;
const endsRemark = /^(?: of \w{1,8})?\s?\\{0,8}["'”)）,，;；\n]|^$/;
const textBeforeRemark = new RegExp(
  String.raw`(?:内容|文本|输入|值|text|value|content|keys)\\{0,8}["']?\s?[=:：]\s?\\{0,8}["'“]${value}\\{0,8}["'”]\s?[,，;；]\s?\\{0,8}["']?$`,
  'di',
);

/** What a comment names, `send_keys("…")  # password`, and what brackets do: `…（密码）`. */
export function typedAndNamed(text: string, name: SecretName): readonly SecretSpan[] {
  const from = Math.max(0, name.start - typedLength);
  const isInBrackets = /^[)）]/.test(text.slice(name.end, name.end + 1));
  if (!isInBrackets && !comments.test(text.slice(Math.max(0, name.start - 26), name.start)))
    return [];
  const span = (isInBrackets ? bracketBefore : calledBefore).exec(text.slice(from, name.start))
    ?.indices?.[1];
  if (span === undefined) return [];
  const word = text.slice(from + span[0], from + span[1]);
  return isInBrackets && !(looksMixed(word) || /\d[^\w.-]|[^\w.-]\w*\d/.test(word))
    ? []
    : typedWord(text, from + span[0], from + span[1]);
}

/** What stands before an argument that names it, in a call or an object. */
export function typedAndRemarked(text: string, name: SecretName): readonly SecretSpan[] {
  const near = text.slice(Math.max(0, name.start - intoLength), name.start);
  const found = remark.exec(near);
  // "password reset page" is no remark on a password.
  if (found === null || !endsRemark.test(text.slice(name.end, name.end + 12))) return [];
  const end = name.start - near.length + found.index;
  const from = Math.max(0, end - typedLength);
  const span = textBeforeRemark.exec(text.slice(from, end))?.indices?.[1];
  return span === undefined ? [] : typedWord(text, from + span[0], from + span[1]);
}

const verbWithin = new RegExp(
  String.raw`^([把将用以]?[\w-]{0,60})(?:填入|输入到?|填到|写入|键入|到|至|${asWhat})`,
);

/** What was typed into a field that the name names, said before it: `typed "…" into password`, `将“…”填入密码框`. */
export function typedBefore(text: string, name: SecretName): readonly SecretSpan[] {
  const nameAt = tagBefore(text, name.start);
  const near = text.slice(Math.max(0, nameAt - intoLength), nameAt);
  // 填入密码框: the verb is read as a part of the name, and what ends with a letter before it too.
  const verbOfName = verbWithin.exec(name.text);
  const ofValue = verbOfName?.[1]?.length ?? 0;
  const found =
    verbOfName === null
      ? ((/[→>]/.test(near) ? arrow.exec(near) : null) ?? into.exec(near))
      : { index: near.length + ofValue };
  if (found === null) return [];
  const end = nameAt - near.length + found.index;
  const from = Math.max(0, end - typedLength);
  const span = before.exec(text.slice(from, end))?.indices?.[1];
  return span === undefined ? [] : typedWord(text, from + span[0], from + span[1]);
}

const longestTag = 100;

/** Where the tag begins that a name stands in, `<input type="password">`: it is what something is typed into. */
function tagBefore(text: string, at: number): number {
  // In an attribute.
  if (!/["'=]/.test(text.charAt(at - 1))) return at;
  const before = text.slice(Math.max(0, at - longestTag), at);
  const opened = before.lastIndexOf('<');
  const isTag = opened > before.lastIndexOf('>') && /^<[a-z]/i.test(before.slice(opened));
  return isTag ? at - before.length + opened : at;
}

/** How Playwright finds a field, which is named behind it: `fill getByLabel('Password')`. */
const wayToField =
  /^(?:\w{1,40}\.){0,4}(?:getBy(?:Label|Role|Text|Placeholder|AltText|Title|TestId)|(?:frameL|l)ocator)\($/;

/** Without the signs that end a sentence; a plain word may be what the field is called. */
export function typedWord(text: string, start: number, end: number): readonly SecretSpan[] {
  const word = text.slice(start, end).replace(/[.,:;!?)\]>]+$/, '');
  return word.length >= 4 && /\d|[^\w.-]|[a-z][A-Z]/.test(word) && !wayToField.test(word)
    ? [{ start, end: start + word.length }]
    : [];
}
