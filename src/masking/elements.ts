import {
  describesField,
  type SecretName,
  type SecretSpan,
  spansAt,
  groupAt,
} from './secretSpan.ts';

const longestContent = 4_096;
const longestTag = 500;
const opened = /(?:["'][^<>]{0,200}|\s[^<>]{0,200})?>(?:<!\[CDATA\[)?/y;
const openedEscaped = /(?:(?!&[lg]t;)[^<>\n]){0,100}&gt;/y;
/** <key>password</key><string>…, <name>password</name><value>…, <td>Password</td><td>… */
const sibling =
  /\s{0,4}[:：]?<\/[\w:]{1,20}>\s{0,40}(?:<\/[\w:]{1,20}>\s{0,40})?<(?:value|string|val|v|td|dd|text|data|cell|c|ss:cell)(?:\s[^<>]{0,100})?>(?:\s{0,40}<(?:data|ss:data|v|t|is|string)(?:\s[^<>]{0,100})?>){0,2}/iy;

/** <label>Password</label><span>…: tags of any text, which a value must look like one in. */
const shownBeside =
  /\s{0,4}[:：]?<\/\w{1,20}>[\s:：]{0,40}<(?:span|code|strong|b|em|i|p|div|kbd|samp|pre|li|arg|argument|item|param|a)(?:\s[^<>]{0,100})?>([^<>\s\u4e00-\u9fff]{4,200})<\//diy;

/** <stage name="Set Pwd"><initialvalue>… */
const valueWithin =
  /\\?["'][^<>\n]{0,200}>\s{0,40}<(?:\w{1,20}:)?\w{0,20}(?:value|text|data|content)(?:\s[^<>\n]{0,100})?>(?:<!\[CDATA\[)?/iy;
/** <password><value>… */
const inner =
  /(?:\s|\\[nrt]){0,40}<(?:\w{1,20}:)?(?:value|val|text|string|data|content)(?:\s[^<>\n]{0,100})?>(?:<!\[CDATA\[)?/iy;
const attributeBefore = /<\w[^<>]*\b(?:name|key|id)=\\?["'](?:[\w-]{1,20}[.: ]){0,3}$/i;

/** <password>…<, <ns:password type="x">…<, <entry key="password">…<, and the element that follows one. */
export function element(text: string, name: SecretName): readonly SecretSpan[] {
  const before = text.slice(Math.max(0, name.start - 60), name.start);
  const isInTag = before.includes('<');
  valueWithin.lastIndex = name.end;
  if (isInTag && attributeBefore.test(before) && valueWithin.test(text))
    return content(text, valueWithin.lastIndex, /<|\]\]>/);
  sibling.lastIndex = name.end;
  if (sibling.test(text)) return content(text, sibling.lastIndex, /</);
  const shown = groupAt(shownBeside, text, name.end);
  if (shown !== undefined && /\d|[^\w.-]/.test(text.slice(...shown)))
    return content(text, shown[0], /</);
  opened.lastIndex = name.end;
  if (isInTag && opened.test(text)) {
    if (text.charAt(opened.lastIndex - 2) === '/') return [];
    const isName =
      /<(?:\w{1,30}:)?$|<\w[^<>]*\b(?:name|key)=\\?["'](?:[\w-]{1,20}[.:]){0,3}$/i.test(before);
    if (!isName || /<(?:input|meta)\b[^<]*$/i.test(before)) return [];
    inner.lastIndex = opened.lastIndex;
    const at = inner.test(text) ? inner.lastIndex : opened.lastIndex;
    return content(text, at, /<|\]\]>/);
  }
  openedEscaped.lastIndex = name.end;
  if (!text.startsWith('&lt;', name.start - 4) || !openedEscaped.test(text)) return [];
  return content(text, openedEscaped.lastIndex, /&lt;/);
}

function content(text: string, start: number, until: RegExp): readonly SecretSpan[] {
  const rest = text.slice(start, start + longestContent);
  const inner = rest.slice(0, until.exec(rest)?.index ?? rest.length);
  const value = inner.trim();
  const from = start + inner.indexOf(value);
  return value === '' || describesField(value) ? [] : [{ start: from, end: from + value.length }];
}

const attribute = /\b(?:value|content|default)\s{0,2}=\s{0,2}(\\*["'])((?:(?!\1)[^<>]){1,400})\1/di;

const settingOf =
  /^\.(?:limit|length|policy|type|enabled|count|ttl|expir|size|min|max|required|url|path|file|name)/i;
const tagOfPair =
  /^<(?:input|meta|param|add|property|entry|setting|field|variable|argument|arg|option)\b/i;

/** <input type="password" value="…">, <meta name="csrf-token" content="…">: in the tag that names it, wherever. */
export function inputElement(text: string, name: SecretName): readonly SecretSpan[] {
  const from = Math.max(0, name.start - longestTag);
  const tagAt = from + text.slice(from, name.start).lastIndexOf('<');
  if (
    tagAt < from ||
    (tagAt + 1 !== name.start && !tagOfPair.test(text.slice(tagAt, tagAt + 12)))
  ) {
    return [];
  }
  if (
    tagAt + 1 !== name.start &&
    !/\b(?:name|type|id|key)\s?=\s?\\*["']?(?:[\w-]{1,20}[.:]){0,3}$/i.test(
      text.slice(tagAt, name.start),
    )
  )
    return [];
  // token.limit: the name goes on, and is of a setting.
  if (settingOf.test(text.slice(name.end, name.end + 16))) return [];
  const rest = text.slice(tagAt, name.end + longestTag);
  const close = rest.indexOf('>');
  const span = attribute.exec(close < 0 ? rest : rest.slice(0, close))?.indices?.[2];
  return span === undefined ? [] : [{ start: tagAt + span[0], end: tagAt + span[1] }];
}

const lineEnd = String.raw`(?:\\{0,64}r\\{0,64}n|\r?\n|\\{0,64}n)`;
const partHead = String.raw`["']?(?:;[^\r\n]{0,200})?(?:${lineEnd}[A-Za-z-]{4,40}:[^\r\n\\]{0,200}){0,3}${lineEnd}{2}`;
const part = new RegExp(String.raw`${partHead}([^\r\n\\]{1,4096})`, 'dy');
/** Within JSON a bare quote ends the text. */
const partInText = new RegExp(String.raw`${partHead}([^\r\n\\"]{1,4096})`, 'dy');

/** A part of a form: name="password", maybe further headers, an empty line, the value. */
export function formPart(text: string, name: SecretName): readonly SecretSpan[] {
  if (!formName.test(text.slice(Math.max(0, name.start - 16), name.start))) return [];
  const pattern = text.charAt(name.end) === '"' ? part : partInText;
  const span = groupAt(pattern, text, name.end);
  return spansAt(span);
}

const formName = /name=\\{0,8}["']?$/;
