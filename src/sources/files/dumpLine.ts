import { closeBrace, openBrace, quote } from '../../base/jsonSigns.ts';
import type { DumpedPosition } from '../../record/consumedRecord.ts';
import { endOfString, endOfValue, membersOf } from './jsonScan.ts';

/** What a piece of a file says of one record; bytes are views on the file. */
export interface Dumped {
  readonly value: Uint8Array | null;
  readonly key: Uint8Array | null;
  readonly timestampMs: number | null;
  /** Where it stood in Kafka, where the dump says so. */
  readonly dumpedFrom?: DumpedPosition | undefined;
}

const tab = 0x09;

/** What Kafka's console consumer and Confluent's CLI print before a value when asked for it: `print.timestamp`, `print.offset`… */
const printedPart =
  /^(?:(?:CreateTime|LogAppendTime|Timestamp):(?<time>-?\d+)|NoTimestampType(?::-?\d+)?|Partition:(?<partition>\d+)|Offset:(?<offset>\d+)|Epoch:\S*|Delivery:\S*|NO_HEADERS)$/;

/** The same with another separator than a tab: what it says of the time. */
const printedTime = /^(?:CreateTime|LogAppendTime|Timestamp): ?(\d{1,15})(?!\d)/;

/** The longest of them, Confluent's with 19 digits of each number, or an epoch with a name; a value never gets decoded here. */
const longestPrinted = 100;

/** What is printed in front of `rest`: nothing where that is the whole line. */
interface Printed extends Pick<Dumped, 'timestampMs' | 'dumpedFrom'> {
  readonly rest: Uint8Array;
}

/** Takes a line that does not start with a brace apart: what the console consumer prints, a key, the value. */
export function readDumpLine(line: Uint8Array): Dumped {
  const { rest, ...printed } = printedBefore(line);
  if (rest.length < line.length) return { ...printed, ...keyAndValue(rest) };
  const tabAt = line.indexOf(tab);
  if (tabAt >= 0) {
    // Confluent's CLI has the key in front of what it prints.
    const { rest: value, ...behindKey } = printedBefore(line.subarray(tabAt + 1));
    if (value.length < line.length - tabAt - 1)
      return { ...behindKey, key: orNull(line.subarray(0, tabAt)), value: orNull(value) };
  }
  const timestampMs = timePrinted(line);
  const value = tabAt < 0 ? afterPrefix(line) : undefined;
  if (value !== undefined) return { timestampMs, key: null, value };
  const parts = keyAndValue(line);
  // A line of no known form is kept whole, so that it is listed as it stands.
  const isDumped =
    parts.value?.[0] === openBrace || (parts.value === null && parts.key?.[0] === openBrace);
  return isDumped ? { timestampMs, ...parts } : { timestampMs, key: null, value: line };
}

/** The columns at the begin of a line that say what is printed; Confluent's CLI has several parts in one. */
function printedBefore(line: Uint8Array): Printed {
  let time: string | undefined;
  let partition: string | undefined;
  let offset: string | undefined;
  let rest = line;
  for (;;) {
    const end = rest.indexOf(tab);
    if (end < 0 || end > longestPrinted) break;
    const parts = new TextDecoder().decode(rest.subarray(0, end)).split(' ');
    const found = parts.map((part) => printedPart.exec(part));
    if (found.includes(null)) break;
    for (const part of found) {
      time ??= part?.groups?.['time'];
      partition ??= part?.groups?.['partition'];
      offset ??= part?.groups?.['offset'];
    }
    rest = rest.subarray(end + 1);
  }
  return {
    timestampMs: time === undefined ? null : Number(time),
    dumpedFrom: dumpedPosition(partition, offset),
    rest,
  };
}

/** The largest of Kafka's offsets has 19 digits; of partitions there are some thousands. */
const whole = /^\d{1,19}$/;
const mostPartitions = 1_000_000;

/** Where a record stood in Kafka, by what a dump says of it; undefined where it does not say both. */
export function dumpedPosition(
  partition: string | undefined,
  offset: string | undefined,
): DumpedPosition | undefined {
  if (partition === undefined || offset === undefined) return undefined;
  if (!whole.test(partition) || !whole.test(offset) || Number(partition) > mostPartitions)
    return undefined;
  return { partition: Number(partition), offset };
}

function timePrinted(line: Uint8Array): number | null {
  const found = printedTime.exec(new TextDecoder('latin1').decode(line.subarray(0, 32)));
  return found === null ? null : Number(found[1]);
}

/**
 * Parts `key<TAB>value`; the word `null` stands for none. Headers may stand before the key, and either may be JSON too;
 * older console consumers print the partition behind the value.
 */
function keyAndValue(rest: Uint8Array): Pick<Dumped, 'key' | 'value'> {
  const { start, end } = lastObject(rest) ?? { start: startOfValue(rest), end: rest.length };
  return { key: keyBefore(rest, start), value: orNull(rest.subarray(start, end)) };
}

/** What stands between the last two tabs before `start`. */
function keyBefore(rest: Uint8Array, start: number): Uint8Array | null {
  if (start === 0) return null;
  const end = start - 1;
  const key = rest.subarray(end === 0 ? 0 : rest.lastIndexOf(tab, end - 1) + 1, end);
  return key.length === 0 ? null : orNull(key);
}

interface Column {
  readonly start: number;
  readonly end: number;
}

/** The last whole object that is a column of its own; none where a record breaks off, or `null` stands behind a key. */
function lastObject(rest: Uint8Array): Column | undefined {
  let last: Column | undefined;
  for (let at = 0; at < rest.length;) {
    if (rest[at] === openBrace) {
      const end = endOfValue(rest, at);
      if (end < 0) return undefined;
      if (end === rest.length || rest[end] === tab) last = { start: at, end };
      at = end;
    }
    const next = rest.indexOf(tab, at);
    if (next < 0) break;
    at = next + 1;
  }
  const isKey = last !== undefined && orNull(rest.subarray(last.end + 1)) === null;
  return isKey ? undefined : last;
}

/** Behind the tab in front of the value: one that an object, a text or `null` follows, else the first. */
function startOfValue(rest: Uint8Array): number {
  const first = rest.indexOf(tab) + 1;
  for (let at = first; at > 0; at = rest.indexOf(tab, at) + 1) {
    if (startsValue.has(rest[at] ?? 0) || orNull(rest.subarray(at)) === null) return at;
  }
  return first;
}

/** A value that breaks off has a tab within it only where it is damaged: the first that begins one is its begin. */
const startsValue = new Set([openBrace, quote]);

/** A deletion mark is written as the word. */
export function orNull(bytes: Uint8Array): Uint8Array | null {
  return bytes.length === 4 && new TextDecoder().decode(bytes) === 'null' ? null : bytes;
}

/** The whole object at the end of a line with a prefix of another tool (`key|{…}`, a log line). */
function afterPrefix(line: Uint8Array): Uint8Array | undefined {
  const start = line.indexOf(openBrace);
  if (start <= 0) return undefined;
  // With one of these before it, the brace is inside the rest of a record that was cut in front.
  const before = line.subarray(0, start);
  if (before.includes(quote) || before.includes(closeBrace)) return undefined;
  return endOfValue(line, start) === line.length ? line.subarray(start) : undefined;
}

/**
 * Takes the record out of what `kcat -J` and the export of topic browsers wrap it in: an object with a partition,
 * an offset and the value as `payload`, `value` or `content`. Anything else is given back as it is.
 */
export function unwrap(object: Uint8Array): Dumped {
  const plain: Dumped = { value: object, key: null, timestampMs: null };
  const text = Buffer.from(object.buffer, object.byteOffset, object.byteLength);
  if (
    !offsetName.test(
      text.toString('latin1', 0, lookedAt) +
        text.toString('latin1', Math.max(0, text.length - lookedAt)),
    )
  )
    return plain;
  // Each tool writes the names in a case of its own.
  const members = new Map(
    [...membersOf(object, 0)].map(([name, value]) => [name.toLowerCase(), value]),
  );
  if (members.has('sid') || !members.has('offset')) return plain;
  if (!members.has('partition') && !members.has('partitionid')) return plain;
  const value = ['payload', 'value', 'content', 'message', 'msg']
    .map((name) => members.get(name))
    .find((member) => member !== undefined);
  if (value === undefined) return plain;
  return {
    value: contentOf(payloadOf(value)),
    key: keyOf(members.get('key')),
    timestampMs: timeOf(members.get('ts') ?? members.get('timestamp')),
    dumpedFrom: dumpedPosition(
      plainText(members.get('partition') ?? members.get('partitionid')),
      plainText(members.get('offset')),
    ),
  };
}

/** The names stand at the begin or the end: the value between them may have a megabyte. */
const lookedAt = 2_000;
const offsetName = /"offset"/i;

/** Redpanda Console wraps key and value once more, with what it knows of their form. */
function payloadOf(value: Uint8Array): Uint8Array {
  if (value[0] !== openBrace) return value;
  const members = new Map(membersOf(value, 0));
  if (members.has('sid')) return value;
  return members.get('payload') ?? members.get('rawPayload') ?? value;
}

function keyOf(key: Uint8Array | undefined): Uint8Array | null {
  if (key === undefined) return null;
  const payload = payloadOf(key);
  // One of Redpanda Console's that holds none says so.
  const isNone = payload === key && isNullPayload.test(textOf(key));
  const content = isNone ? null : contentOf(payload);
  return content === null || content.length === 0 ? null : content;
}

const isNullPayload = /"isPayloadNull"\s*:\s*true/;

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, lookedAt));
}

/** Milliseconds as a number or a text, or a date. */
function timeOf(json: Uint8Array | undefined): number | null {
  const text = plainText(json);
  return text === undefined ? null : timestampIn(text);
}

/** A number or a text without its quotes. */
function plainText(json: Uint8Array | undefined): string | undefined {
  return json && new TextDecoder().decode(json).replace(/^"|"$/g, '');
}

/** The year 2200: what lies behind it is no time. */
const latestMs = 7_258_118_400_000;

/**
 * A moment as tools write it: since the epoch, in milliseconds or, as its size tells, in seconds, micro- or nanoseconds;
 * or a date. Null where it is neither.
 */
export function timestampIn(text: string): number | null {
  if (text.trim() === '') return null;
  const number = Number(text);
  // Kibana writes `Nov 23, 2026 @ 16:47:46.535`.
  const time = Number.isFinite(number)
    ? inMilliseconds(number)
    : Date.parse(text.replace(' @ ', ' '));
  return time > 0 && time < latestMs ? Math.round(time) : null;
}

function inMilliseconds(time: number): number {
  if (time >= 1e17) return time / 1e6;
  if (time >= 1e14) return time / 1e3;
  return time >= 1e9 && time < 1e11 ? time * 1e3 : time;
}

/** The bytes that a JSON value stands for: a string's text, otherwise the value as it is written. */
export function contentOf(json: Uint8Array): Uint8Array | null {
  if (json[0] !== quote) return orNull(json);
  if (endOfString(json, 0) !== json.length) return json;
  try {
    const text: unknown = JSON.parse(new TextDecoder().decode(json));
    return typeof text === 'string' ? new TextEncoder().encode(text) : json;
  } catch {
    return json;
  }
}
