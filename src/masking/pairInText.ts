import { looksMade, quoteSource, type SecretName, type SecretSpan } from './secretSpan.ts';
import { valuesBehind } from './valueBehind.ts';

const quote = `(?:${quoteSource})`;
const scalar = `(?:${quote}[^"'\\\\]{0,60}${quote}|[\\w.]{1,20})`;
const otherFields = String.raw`(?:,\s{0,8}${quote}\w{1,20}${quote}\s{0,3}:\s{0,3}${scalar}\s{0,8}){0,3}`;
const pairs: readonly RegExp[] = [
  // {"name": "password", "type": "text", "value": …}
  new RegExp(
    `${quote}\\s{0,8}${otherFields},\\s{0,8}${quote}(?:[Vv]alue|val|v|(?:param|field)Value|content|text)(${quote})\\s{0,3}:`,
    'y',
  ),
  // - name: DB_PASSWORD⏎  value: …
  /["']?[^\S\n]{0,4}\r?\n\s{0,40}(?:[Vv]alue|VALUE|值|内容)()\s{0,3}[:：]/y,
  // variable "db_password" {⏎ default = "…"
  /["']\s{0,4}\{\s{0,40}(?:\w{1,20}\s{0,8}=\s{0,8}[^\n]{0,80}\n\s{0,40}){0,4}(?:default|value)()\s{0,8}=/y,
  // <add key="ApiKey" value="…"/>
  /["']\s{1,4}value()=/iy,
];

/** The name stands in a pair, before its value. */
export function pair(text: string, name: SecretName): readonly SecretSpan[] {
  for (const pattern of pairs) {
    pattern.lastIndex = name.end;
    const found = pattern.exec(text);
    if (found === null) continue;
    const value = { ...name, text: 'value', quote: found[1] ?? '' };
    const spans = valuesBehind(text, pattern.lastIndex, value, ':');
    // `content` and `text` also say what is drawn beside a field.
    const isLabel = /(?:content|text)\\*["']?\s*:$/.test(found[0]);
    return isLabel ? spans.filter(({ start, end }) => looksMade(text.slice(start, end))) : spans;
  }
  return [];
}

const valueBefore = new RegExp(
  String.raw`(?<!\\)${quote}(?:value|val|v)${quote}\s{0,3}:\s{0,3}${quote}([^"'\\]{1,200})${quote}\s{0,3}${otherFields},\s{0,8}${quote}(?:name|key|k|field|header|label)${quote}\s{0,3}:\s{0,3}${quote}$`,
  'id',
);
/** What must stand right before, so that it is worth to look for the rest; read from its end, it fails at once. */
const nameBefore = new RegExp(
  String.raw`(?<=(?:name|key|k|field|header|label)${quote}\s{0,3}:\s{0,3}${quote})`,
  'iy',
);
const elementBefore = /<value>([^<>]{1,200})<\/value>\s{0,40}<(?:name|key)>$/di;

/** {"value": …, "name": "password"}, <value>…</value><name>password */
export function reversedPair(text: string, name: SecretName): readonly SecretSpan[] {
  nameBefore.lastIndex = name.start;
  const isNamed = nameBefore.test(text);
  const notation = isNamed
    ? valueBefore
    : text.charAt(name.start - 1) === '>'
      ? elementBefore
      : null;
  if (notation === null) return [];
  const from = Math.max(0, name.start - 400);
  const before = text.slice(from, name.start);
  const span = notation.exec(before)?.indices?.[1];
  return span === undefined ? [] : [{ start: from + span[0], end: from + span[1] }];
}
