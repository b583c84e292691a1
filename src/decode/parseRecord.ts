import type { JsonObject } from '../base/json.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { RejectReason, RejectedRecord } from '../trace/rejected.ts';
import { isList, isObject, textIn } from './fields.ts';
import { collectSecrets } from './knownSecrets.ts';
import { isDeeperThan } from './jsonFault.ts';
import { parseJson, parseJsonExactly } from './jsonText.ts';
import { decodeRaw, rawText } from './rawText.ts';
import { createKnowingRedactor } from './redact.ts';
import type { RedactionRules } from './redaction/redactionRules.ts';

/** A record as JSON, nothing masked yet. */
export interface ParsedRecord {
  readonly record: ConsumedRecord;
  /** The text that `root` was parsed from. */
  readonly text: string;
  readonly root: JsonObject;
}

/** Beyond it a record is refused: a broker's limit is 1 MB, and one that was raised is rarely raised further. */
const maxBytes = 128 * 1024 * 1024;
/** JSON.parse takes seconds for so many levels, and gigabytes for more. */
const deepestRecord = 1_000_000;
const previewLength = 2048;
/** What is named as secret so far in is hidden in the preview too; a flood of large ones must not take long. */
const lookedThrough = 64 * 1024;
/** Keeps nothing from one text to the next; to make one costs as much as to decode a small record. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Parses a record's value. `exact` keeps integers beyond 2^53 digit by digit, at the price of a closer look. */
export function parseRecord(
  record: ConsumedRecord,
  precision: 'fast' | 'exact',
  rules: RedactionRules,
): Result<ParsedRecord, RejectedRecord> {
  const { value } = record;
  if (value === null) return err(reject(record, 'tombstone', '', rules));
  if (value.byteLength > maxBytes)
    return err(reject(record, 'tooLarge', `${value.byteLength} bytes`, rules));
  let text: string;
  try {
    text = utf8.decode(value);
  } catch {
    return err(reject(record, 'notUtf8', `byte ${firstBadByte(value)}`, rules));
  }
  if (text.trim() === '') return err(reject(record, 'empty', '', rules));
  // Only a text that is longer than a broker takes by default can be so deep; others aren't looked through.
  if (text.length > 2 * deepestRecord && isDeeperThan(text, deepestRecord)) {
    return err(reject(record, 'tooDeep', `${deepestRecord} levels`, rules));
  }
  const parsed = precision === 'exact' ? parseJsonExactly(text) : parseJson(text);
  if (!parsed.ok) {
    const { kind, position } = parsed.error;
    const reason = kind === 'truncated' ? 'truncatedJson' : 'notJson';
    return err(reject(record, reason, `position ${position}`, rules));
  }
  const root = parsed.value;
  if (typeof root === 'string' && root.trimStart().startsWith('{')) {
    // A record as text in JSON: what wrote it encoded it twice.
    const value = new TextEncoder().encode(root);
    return parseRecord({ ...record, value }, precision, rules);
  }
  if (!isObject(root))
    return err(reject(record, 'notAnObject', isList(root) ? 'list' : typeof root, rules));
  const missing = whatIsMissing(root);
  return missing === ''
    ? ok({ record, text, root })
    : err(reject(record, 'notATrace', missing, rules));
}

/** Describes a record that can't be read as an execution. */
export function reject(
  record: ConsumedRecord,
  reason: RejectReason,
  detail: string,
  rules: RedactionRules,
): RejectedRecord {
  const { topic, partition, offset, timestampMs, value } = record;
  const bytes = value ?? new Uint8Array();
  const redactor = createKnowingRedactor(
    () => collectSecrets(decodeRaw(bytes.subarray(0, lookedThrough)), rules.names),
    rules,
  );
  const raw = rawText(bytes, previewLength, redactor);
  return {
    reason,
    detail,
    ...{ topic, partition, offset, timestampMs },
    bytes: bytes.byteLength,
    preview: raw.text,
    form: raw.form,
    whole: raw.whole,
  };
}

function whatIsMissing(root: JsonObject): string {
  const hasStatus = isObject(root['status']);
  const hasTrace = isList(root['trace']);
  if (textIn(root, 'sid') === '' && textIn(root, 'sub') === '') return 'no sid';
  return hasStatus || hasTrace ? '' : 'no status and no trace';
}

/** Position of the first byte that is not UTF-8; found by halves, for the decoder doesn't tell. */
function firstBadByte(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.byteLength;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (isUtf8Start(bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

function isUtf8Start(bytes: Uint8Array): boolean {
  try {
    // A stream may end within a character.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
