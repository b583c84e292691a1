import { endOfString, endOfValue, membersOf } from './jsonScan.ts';

/** What a piece of a file says of one record; bytes are views on the file. */
export interface Dumped {
  readonly value: Uint8Array | null;
  readonly key: Uint8Array | null;
  readonly timestampMs: number | null;
}

const tab = 0x09;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const quote = 0x22;

/** What Kafka's console consumer and Confluent's CLI print before a value when asked for it: `print.timestamp`, `print.offset`… */
const printed =
  /^(?:(?<kind>CreateTime|LogAppendTime|Timestamp):(?<time>-?\d+)|NoTimestampType(?::-?\d+)?|Partition:\d+|Offset:\d+|Epoch:\S*|Delivery:\S*|NO_HEADERS)$/;

/** Signs by which other tools part a key or a log prefix from the value. */
const separators = new Set(new TextEncoder().encode(' \t|,;:'));

/** Takes a line that does not start with a brace apart: what the console consumer prints, a key, the value. */
export function readDumpLine(line: Uint8Array): Dumped {
  let rest = line;
  let timestampMs: number | null = null;
  for (;;) {
    const end = rest.indexOf(tab);
    // The longest of them, an epoch with a name, stays far below this; a value never gets decoded here.
    if (end < 0 || end > 64) break;
    const found = printed.exec(new TextDecoder().decode(rest.subarray(0, end)));
    if (found === null) break;
    if (found.groups?.['time'] !== undefined) timestampMs = Number(found.groups['time']);
    rest = rest.subarray(end + 1);
  }
  if (rest.length < line.length) return { timestampMs, ...keyAndValue(rest) };
  const value = line.includes(tab) ? undefined : afterPrefix(line);
  if (value !== undefined) return { timestampMs, key: null, value };
  const parts = keyAndValue(line);
  // A line of no known form is kept whole, so that it is listed as it stands.
  return parts.value?.[0] === openBrace
    ? { timestampMs, ...parts }
    : { timestampMs, key: null, value: line };
}

/** Parts `key<TAB>value`; the word `null` stands for none. */
function keyAndValue(rest: Uint8Array): Pick<Dumped, 'key' | 'value'> {
  if (rest[0] === openBrace) {
    // The key may be JSON too.
    const end = endOfValue(rest, 0);
    if (end > 0 && rest[end] === tab) {
      return { key: rest.subarray(0, end), value: orNull(rest.subarray(end + 1)) };
    }
    return { key: null, value: rest };
  }
  const end = endOfKey(rest);
  if (end < 0) return { key: null, value: orNull(rest) };
  // Headers may stand before the key, parted from it by a tab too.
  const key = rest.subarray(rest.lastIndexOf(tab, end - 1) + 1, end);
  return { key: key.length === 0 ? null : orNull(key), value: orNull(rest.subarray(end + 1)) };
}

/** The tab in front of the value: the first that an object follows, else the first. */
function endOfKey(rest: Uint8Array): number {
  const first = rest.indexOf(tab);
  for (let at = first; at >= 0; at = rest.indexOf(tab, at + 1)) {
    if (rest[at + 1] === openBrace) return at;
  }
  return first;
}

function orNull(bytes: Uint8Array): Uint8Array | null {
  return bytes.length === 4 && new TextDecoder().decode(bytes) === 'null' ? null : bytes;
}

/** The whole object at the end of a line with a prefix of another tool (`key|{…}`, a log line). */
function afterPrefix(line: Uint8Array): Uint8Array | undefined {
  const start = line.indexOf(openBrace);
  if (start <= 0 || !separators.has(line[start - 1] ?? 0)) return undefined;
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
  const value = members.get('payload') ?? members.get('value') ?? members.get('content');
  if (value === undefined) return plain;
  return {
    value: contentOf(payloadOf(value)),
    key: keyOf(members.get('key')),
    timestampMs: timeOf(members.get('ts') ?? members.get('timestamp')),
  };
}

/** The names stand at the begin or the end: the value between them may have a megabyte. */
const lookedAt = 2_000;
const offsetName = /"offset"/i;

/** Redpanda Console wraps key and value once more, with what it knows of their form. */
function payloadOf(value: Uint8Array): Uint8Array {
  if (value[0] !== openBrace) return value;
  const members = new Map(membersOf(value, 0));
  return members.has('sid') ? value : (members.get('payload') ?? value);
}

function keyOf(key: Uint8Array | undefined): Uint8Array | null {
  if (key === undefined) return null;
  const content = contentOf(payloadOf(key));
  return content === null || content.length === 0 ? null : content;
}

/** Milliseconds as a number or a text, or a date. */
function timeOf(json: Uint8Array | undefined): number | null {
  if (json === undefined) return null;
  return timestampIn(new TextDecoder().decode(json).replace(/^"|"$/g, ''));
}

/** The year 2200: what lies behind it is no time. */
const latestMs = 7_258_118_400_000;

/** A moment as tools write it: milliseconds since the epoch, or an ISO date; null where it is neither. */
export function timestampIn(text: string): number | null {
  if (text.trim() === '') return null;
  const number = Number(text);
  const time = Number.isFinite(number) ? number : Date.parse(text);
  return time > 0 && time < latestMs ? time : null;
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
