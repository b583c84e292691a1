import type { Json, JsonObject } from '../base/json.ts';
import { isDeeperThan } from '../base/jsonFault.ts';
import { parseJsonExactly } from '../base/jsonText.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Steps } from '../base/steps.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { RejectReason, RejectedRecord } from '../trace/rejected.ts';
import { isList, isObject, textOf } from './fields.ts';
import { collectSecrets, type SearchedRecord } from '../masking/knownSecrets.ts';
import { envelopeKind } from './envelopes.ts';
import { openEnvelopes } from './openEnvelopes.ts';
import { decodeRaw, rawText } from './rawText.ts';
import { recordPieces } from './recordPieces.ts';
import { recordText } from './recordText.ts';
import type { GatheredSecrets } from './gatheredSecrets.ts';
import type { KnownRuns } from './runTable.ts';
import { withTraceRead } from './traceText.ts';
import { withoutTypes } from './typedJson.ts';
import { whyNoJson } from './whyNoJson.ts';
import { createKnowingRedactor } from '../masking/redact.ts';
import type { RedactionRules } from '../masking/redactionRules.ts';

/** A record as JSON, nothing masked yet. */
export interface ParsedRecord extends SearchedRecord {
  readonly record: ConsumedRecord;
  /** Where its secrets are looked for: what it came in may name one that it repeats. */
  readonly around: string;
  readonly root: JsonObject;
  /** What was found of its runs before, where that is kept. */
  readonly knownRuns?: KnownRuns | undefined;
  /** Its secrets, where they were gathered before and are kept. */
  readonly gatheredSecrets?: GatheredSecrets | undefined;
  /** The same text in pieces, none of which says something of another; made when they are asked for. */
  pieces(): Iterable<string>;
  /** Notes, with pauses, what it takes to read large values in part; absent where they are parsed already. */
  noteParts?(): Steps<void>;
}

/** How a record is read: what is not masked yet, or why not. */
export type ReadJson = (
  record: ConsumedRecord,
  rules: RedactionRules,
) => Result<ParsedRecord, RejectedRecord>;

/** Beyond it a record is refused: a broker's limit is 1 MB, and one that was raised is rarely raised further. */
export const maxBytes = 128 * 1024 * 1024;
/** JSON.parse takes seconds for so many levels, and gigabytes for more. */
const deepestRecord = 1_000_000;
const previewLength = 2048;
/** What is named as secret so far in is hidden in the preview too; a flood of large ones must not take long. */
const lookedThrough = 64 * 1024;

/** Parses a record's value; integers beyond 2^53 are kept digit by digit, for they are ids. */
export function parseRecord(
  record: ConsumedRecord,
  rules: RedactionRules,
): Result<ParsedRecord, RejectedRecord> {
  const { value, brokenOff } = record;
  if (brokenOff !== undefined) return err(reject(record, 'brokenOff', brokenOff, rules));
  if (value === null) return err(reject(record, 'tombstone', '', rules));
  if (value.byteLength > maxBytes)
    return err(reject(record, 'tooLarge', `${value.byteLength} bytes`, rules));
  const read = recordText(value);
  if (!read.ok) return err(reject(record, read.reason, read.detail, rules));
  const { text } = read;
  if (text.trim() === '') return err(reject(record, 'empty', '', rules));
  if (isTooDeep(text)) {
    return err(reject(record, 'tooDeep', `${deepestRecord} levels`, rules));
  }
  const parsed = parseJsonExactly(text);
  const root = parsed.ok ? parsed.value : text;
  if (isObject(root) && isRecord(root)) {
    return ok(parsedFrom(record, text, withTraceRead(root, parsedText)));
  }
  const { opened, hasSeveral } = openEnvelopes(root, text.length, parsedText, isRecord);
  if (opened !== undefined) {
    const inner = opened.text ?? text;
    const around = inner === text ? text : `${inner}\n${text}`;
    return ok(parsedFrom(record, around, withTraceRead(opened.root, parsedText)));
  }
  if (hasSeveral) return err(reject(record, 'notATrace', 'several traces in one record', rules));
  if (!parsed.ok) return err(reject(record, ...whyNoJson(text, parsed.error), rules));
  if (!isObject(root)) return err(reject(record, 'notAnObject', nameOf(root), rules));
  const envelope = envelopeKind(root);
  const detail = envelope === undefined ? whatIsMissing(root) : `${envelope}, no trace in it`;
  return err(reject(record, 'notATrace', detail, rules));
}

function parsedFrom(record: ConsumedRecord, around: string, root: JsonObject): ParsedRecord {
  return { record, around, root, pieces: () => recordPieces(around) };
}

function nameOf(root: Json): string {
  if (isList(root)) return 'list';
  return root === null ? 'null' : typeof root;
}

/** Whether an object is a record as services write it: no envelope of one, and no types around its values. */
export function isRecord(root: JsonObject): boolean {
  return whatIsMissing(root) === '' && withoutTypes(root) === undefined;
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

function parsedText(text: string): Json | undefined {
  if (!/^\s*[[{"]/.test(text) || isTooDeep(text)) return undefined;
  const parsed = parseJsonExactly(text);
  return parsed.ok ? parsed.value : undefined;
}

/** Only a text that is longer than a broker takes by default can be so deep; others aren't looked through. */
function isTooDeep(text: string): boolean {
  return text.length > 2 * deepestRecord && isDeeperThan(text, deepestRecord);
}

function whatIsMissing(root: JsonObject): string {
  const trace = root['trace'];
  if (textOf(root['sid']) === '' && textOf(root['sub']) === '') return 'no sid';
  const hasTrace = isList(trace) || typeof trace === 'string';
  return isObject(root['status']) || hasTrace ? '' : 'no status and no trace';
}
