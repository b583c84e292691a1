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

/** What Kafka's console consumer prints before a value when asked for it: `print.timestamp`, `print.offset`… */
const printed =
  /^(?:(?<kind>CreateTime|LogAppendTime):(?<time>-?\d+)|NoTimestampType(?::-?\d+)?|Partition:\d+|Offset:\d+|Epoch:\S*|Delivery:\S*|NO_HEADERS)$/;

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
  const end = rest.indexOf(tab);
  if (end < 0) return { key: null, value: orNull(rest) };
  return { key: orNull(rest.subarray(0, end)), value: orNull(rest.subarray(end + 1)) };
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
 * Takes the record out of what `kcat -J` and the export of topic browsers wrap it in: an object with
 * `partition`, `offset` and the value as `payload` or `value`. Anything else is given back as it is.
 */
export function unwrap(object: Uint8Array): Dumped {
  const plain: Dumped = { value: object, key: null, timestampMs: null };
  const text = Buffer.from(object.buffer, object.byteOffset, object.byteLength);
  if (!text.includes('"partition"') || !text.includes('"offset"')) return plain;
  const members = new Map(membersOf(object, 0));
  if (members.has('sid') || !members.has('partition') || !members.has('offset')) return plain;
  const value = members.get('payload') ?? members.get('value');
  if (value === undefined) return plain;
  const key = members.get('key');
  const time = Number(new TextDecoder().decode(members.get('ts') ?? members.get('timestamp')));
  return {
    value: contentOf(value),
    key: key === undefined ? null : contentOf(key),
    timestampMs: Number.isFinite(time) && time > 0 ? time : null,
  };
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
