import { looksMade, quoteSource, type SecretName, type SecretSpan } from './secretSpan.ts';
import { quotedValues, valuesBehind } from './valueBehind.ts';

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

const otherFields = String.raw`(?:,\s{0,8}${quote}\w{1,20}${quote}\s{0,3}:\s{0,3}(?:${quote}[^"'\\]{0,60}${quote}|\w{1,20})\s{0,8}){0,3}`;
const pairs: readonly RegExp[] = [
  // {"name": "password", "type": "text", "value": …}
  new RegExp(`${quote}\\s{0,8}${otherFields},\\s{0,8}${quote}[Vv]alue(${quote})\\s{0,3}:`, 'y'),
  // - name: DB_PASSWORD⏎  value: …
  /["']?[^\S\n]{0,4}\r?\n\s{0,40}value()\s{0,3}:/y,
  // <add key="ApiKey" value="…"/>
  /["']\s{1,4}value()=/iy,
];

/** The name stands in a pair, before its value. */
function pair(text: string, name: SecretName): readonly SecretSpan[] {
  for (const pattern of pairs) {
    pattern.lastIndex = name.end;
    const found = pattern.exec(text);
    if (found === null) continue;
    const value = { ...name, text: 'value', quote: found[1] ?? '' };
    return valuesBehind(text, pattern.lastIndex, value, ':');
  }
  return [];
}

const valueBefore = new RegExp(
  String.raw`${quote}value${quote}\s{0,3}:\s{0,3}${quote}([^"'\\]{1,200})${quote}\s{0,3},\s{0,8}${quote}(?:name|key)${quote}\s{0,3}:\s{0,3}${quote}$`,
  'id',
);

/** {"value": …, "name": "password"} */
function reversedPair(text: string, name: SecretName): readonly SecretSpan[] {
  const from = Math.max(0, name.start - 300);
  const span = valueBefore.exec(text.slice(from, name.start))?.indices?.[1];
  return span === undefined ? [] : [{ start: from + span[0], end: from + span[1], quote: '' }];
}

const tuple = new RegExp(`${quote}\\s{0,4},\\s{0,8}(?=[bfru]{0,2}${quote})`, 'y');
const call = new RegExp(`\\(\\s{0,8}(?=[bfru]{0,2}${quote})`, 'y');

/** ('X-Api-Key', '…'), environ.get("TOKEN", "…"), set_password("…"): where it looks like a secret, not like a name. */
function argument(text: string, name: SecretName): readonly SecretSpan[] {
  for (const pattern of [tuple, call]) {
    pattern.lastIndex = name.end;
    if (!pattern.test(text)) continue;
    const spans = quotedValues(text, pattern.lastIndex) ?? [];
    return spans
      .filter(
        ({ start, end }) => !/\s/.test(text.slice(start, end)) || isScheme(text.slice(start, end)),
      )
      .filter(({ start, end }) => looksMade(text.slice(start, end).replace(/^\w+ /, '')));
  }
  return [];
}

function isScheme(value: string): boolean {
  return /^(?:bearer|basic|token|digest) \S+$/i.test(value);
}

const element = /(?:["'][^<>]{0,200}|\s[^<>]{0,200})?>(?:<!\[CDATA\[)?/y;

/** <password>…<, <ns:password type="x">…<, <Property Name="Password">…< */
function xml(text: string, name: SecretName): readonly SecretSpan[] {
  element.lastIndex = name.end;
  if (!element.test(text)) return [];
  const before = text.slice(Math.max(0, name.start - 60), name.start);
  if (!/<(?:\w{1,30}:)?$|<\w[^<>]*\bname=["']$/i.test(before)) return [];
  const start = element.lastIndex;
  const end = /[<\]]/.exec(text.slice(start, start + 4_096));
  const length = end?.index ?? Math.min(4_096, text.length - start);
  return text.slice(start, start + length).trim() === ''
    ? []
    : [{ start, end: start + length, quote: '' }];
}

const part = /["'](?:;[^\r\n]{0,200})?(?:\\*r\\*n|\r?\n|\\*n){2}([^\r\n\\]{1,4096})/dy;

/** A part of a form: name="password", an empty line, the value. */
function formPart(text: string, name: SecretName): readonly SecretSpan[] {
  part.lastIndex = name.end;
  const span = part.exec(text)?.indices?.[1];
  return span === undefined ? [] : [{ start: span[0], end: span[1], quote: '' }];
}

const operator = /["'`\])]{0,2}\s{1,4}(?:not\s+)?(?:like|in|regexp|rlike|glob)\s{0,4}(?=["'(])/iy;

/** password LIKE '…', password IN ('…'). */
function condition(text: string, name: SecretName): readonly SecretSpan[] {
  operator.lastIndex = name.end;
  if (!operator.test(text)) return [];
  return valuesBehind(text, operator.lastIndex, { ...name, quote: '"' }, '=');
}

const compared = /(["'])([^"'\\\s]{4,200})\1\s{0,3}[=!]==?\s{0,3}$/d;

/** "…" == password */
function comparison(text: string, name: SecretName): readonly SecretSpan[] {
  const from = Math.max(0, name.start - 220);
  const span = compared.exec(text.slice(from, name.start))?.indices?.[2];
  return span === undefined ? [] : [{ start: from + span[0], end: from + span[1], quote: '' }];
}

const sentence =
  /(?:["'`\])]{0,2})[^\S\n]{1,4}(?:(?:is|was|are|were|provided|given|used|value|of|equals|as|to|set|=|:|\||-|for user \S{1,40} (?:is|was))[\s:]{1,3}){0,3}[("'`[<{]{0,2}([^\s\\"'`()[\]{}<>,;|]{8,200})/diy;
const bracketed = /[[(<{"'`]{1,2}([^\s\\"'`()[\]{}<>,;|]{8,200})[\])>}"'`]/dy;

/** "invalid token …", "the password was …": a word that looks like a secret, right behind its name. */
function words(text: string, name: SecretName): readonly SecretSpan[] {
  for (const pattern of [sentence, bracketed]) {
    pattern.lastIndex = name.end;
    const span = pattern.exec(text)?.indices?.[1];
    if (span === undefined) continue;
    const [start, end] = span;
    const word = text.slice(start, end).replace(/[.:!?]+$/, '');
    if (looksMade(word)) return [{ start, end: start + word.length, quote: '' }];
  }
  return [];
}

const notations: readonly Notation[] = [
  ...[pair, reversedPair, argument, xml, formPart, condition, comparison, words],
];
