import { linesOfKey, loginOfList, secretFields } from './pairs.ts';
import { noParts, type Reading, type SecretParts } from './reading.ts';
import type { NameJudge } from './secretNames.ts';
import { isSecretHeader, secretCells, secretRows, secretSheetCells } from './tables.ts';

/** One of these has each object of which more is to be said: to see that they are missing costs little. */
const telling =
  /^(?:p|kty|safe|type|kind|(?:value|data|input|asset|variable)_?type|类型|值类型|数据类型|httpOnly|http_only|same_?site|hostOnly|domain|label|question|title|prompt|caption|placeholder|columns?|cols|heads?|headers?|fields|column_?names|field_?names|thead|[A-Z]{1,3}\d{1,6}|标签|标题|问题|提示|表头|列|列名|字段)$/i;

const nothing: SecretParts = { parts: noParts };

/** What of a list is secret: cells of its rows, lines of a key. */
export function partsOfList<T>(
  list: readonly T[],
  reading: Reading<T>,
  names: NameJudge,
): SecretParts {
  const [first] = list;
  if (first === undefined) return nothing;
  if (reading.text(first) !== undefined) {
    if (list.length < 2) return nothing;
    const parts = list.length === 4 ? loginOfList(list, reading) : linesOfKey(list, reading);
    return parts.size === 0 ? (names.furtherParts?.ofList(list, reading) ?? nothing) : { parts };
  }
  const rows = secretCells(list, reading, names);
  return rows === undefined ? nothing : { parts: noParts, rows };
}

/** What of an object is secret: cells of its rows or of its own, the value of a pair, of a cookie. */
export function partsOfObject<T>(
  entries: readonly (readonly [string, T])[],
  reading: Reading<T>,
  names: NameJudge,
): SecretParts {
  if (entries.length < 2) return nothing;
  const further = names.furtherParts?.ofObject(entries, reading, (text) =>
    isSecretHeader(text, names),
  );
  if (further !== undefined) return further;
  if (!entries.some(([key]) => telling.test(key))) return nothing;
  const fields = secretFields(entries, reading, names);
  const parts = fields.size > 0 ? fields : secretSheetCells(entries, reading, names);
  const rows = secretRows(entries, reading, names);
  if (rows === undefined) return parts.size === 0 ? nothing : { parts };
  return { parts, rows };
}
