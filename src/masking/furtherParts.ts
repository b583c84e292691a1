import { commandInList, commandInObject } from './commands.ts';
import { noParts, type PartsJudge, type Reading, type SecretParts } from './reading.ts';

/** An option in a list, or what a tool is given in one text. */
const signs =
  /["']\s?,(?:\s|\\n){0,40}(?:[\[{](?:\s|\\n){0,40})?[bfru]?\\*["'](?:-[pPawuUWkbX]|--[a-z]|-pw|-hp|\/(?:r?p|user|pass)\b)|["']net(?:\.exe)?\\*["']\s?,|["']\s?:\s?\[(?:\s|\\n){0,40}\\*["'](?:-[a-zA-Z]|--[a-z])|["']arg\w{0,10}\\*["']\s?:\s?\\*["'][^"'\n]{1,120}\s[-/]/i;

/** What is secret in commands, and beside a list of names. */
export const furtherParts: PartsJudge = {
  signs,
  ofList: commandInList,
  ofObject: (entries, reading, isSecret) =>
    commandInObject(entries, reading) ?? parallelValues(entries, reading, isSecret),
};

/** A list that is longer is no list of a few fields. */
const mostCells = 200;
const namesFields = /^(?:names|keys|labels|fields|columns|参数名|字段|列名)$/i;
const valuesFields = /^(?:values|vals|data|row|参数值|值)$/i;

/** `{"names": ["user", "password"], "values": ["bob", …]}`: the values stand where their names do. */
function parallelValues<T>(
  entries: readonly (readonly [string, T])[],
  reading: Reading<T>,
  isSecret: (text: string | undefined) => boolean,
): SecretParts | undefined {
  const listed = (fields: RegExp) =>
    entries.find(([key, value]) => fields.test(key) && (reading.items(value)?.length ?? 0) > 0);
  const header = listed(namesFields);
  const row = header === undefined ? undefined : listed(valuesFields);
  if (header === undefined || row === undefined) return undefined;
  const called = reading.items(header[1]) ?? [];
  const values = reading.items(row[1]) ?? [];
  const isText = (value: T) => reading.text(value) !== undefined;
  if (called.length !== values.length || called.length > mostCells || !values.every(isText))
    return undefined;
  const secret = called.flatMap((name, index) =>
    isSecret(reading.text(name)) ? [String(index)] : [],
  );
  return secret.length === 0
    ? undefined
    : { parts: noParts, within: { under: row[0], parts: new Set(secret) } };
}
