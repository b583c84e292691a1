import { DistinctNames } from '../base/distinctNames.ts';
import { fieldOf } from './fieldOf.ts';
import { dumps } from './pythonText.ts';
import { shortened } from './shortened.ts';
import type { WireValue } from './wire.ts';

/** What hides secrets in a copy; the name of a field decides too. */
export interface ValueMask {
  value(name: string, value: WireValue): WireValue;
}

/** Deeper values are cut: nothing that people read is, and the stack has an end. */
const deepest = 64;
const cutMark = '…';
/**
 * Of one value so many parts are copied, and so many signs of each text: a broker takes a megabyte, the panel fetches
 * six of a store. An object of few parts that name each other has a copy without end, and a robot would wait for it.
 */
const mostParts = 250_000;
/** To open an object or a list, to look for secrets in it and to write it costs as much as so many single values. */
const costOfOpening = 4;
const mostSigns = 6 * 1024 * 1024;

/** A copy that is being made. */
interface Copying {
  readonly path: Set<object>;
  readonly hears: HearsOfLoss | undefined;
  left: number;
}

/** Hears that a part of a value was left out, as it is too large. */
interface HearsOfLoss {
  leaveOut(): void;
}

/**
 * A copy of any value of a robot as something that can be written, taken now because the robot may go on
 * changing it. It never throws: what has no form in JSON becomes its text, what can't be read becomes null.
 */
export function toWireValue(
  value: unknown,
  mask?: ValueMask,
  name = '',
  hears?: HearsOfLoss,
): WireValue {
  const copy =
    typeof value === 'object'
      ? copied(value, { path: new Set(), hears, left: mostParts })
      : leafOf(value, hears);
  return mask === undefined ? copy : mask.value(name, copy);
}

/** The members of an object or a map, copied; anything else gives none. */
export function toWireMembers(
  value: unknown,
  mask?: ValueMask,
  hears?: HearsOfLoss,
): ReadonlyMap<string, WireValue> {
  const copy = toWireValue(value, mask, '', hears);
  return copy instanceof Map ? (copy as ReadonlyMap<string, WireValue>) : new Map();
}

/** A name or an id is read in a line: what is longer is no name, and there may be many. */
const longestName = 1_000;

/** What is meant to be a name or an id, as a text; it never throws. */
export function nameOf(value: unknown): string {
  return shortened(textOf(value), longestName);
}

/** What is meant to be a text, as one; it never throws. */
export function textOf(value: unknown, hears?: HearsOfLoss): string {
  if (typeof value === 'string') return cut(value, hears);
  return typeof value === 'symbol' ? value.toString() : dumps(toWireValue(value));
}

function copied(value: unknown, copying: Copying): WireValue {
  return typeof value === 'object' && value !== null
    ? copiedObject(value, copying)
    : leafOf(value, copying.hears);
}

/** What has no parts. */
function leafOf(value: unknown, hears?: HearsOfLoss): WireValue {
  switch (typeof value) {
    case 'string':
      return cut(value, hears);
    case 'number':
    case 'boolean':
    case 'bigint':
      return value;
    case 'symbol':
      return value.toString();
    default:
      return null;
  }
}

function cut(text: string, hears?: HearsOfLoss): string {
  if (text.length <= mostSigns) return text;
  hears?.leaveOut();
  return shortened(text, mostSigns);
}

function copiedObject(value: object, copying: Copying): WireValue {
  const { path } = copying;
  if (path.has(value) || path.size >= deepest || copying.left <= 0) return cutMark;
  path.add(value);
  copying.left -= costOfOpening;
  try {
    return copiedContent(value, copying);
  } catch {
    // A proxy of the robot's own that throws.
    return null;
  } finally {
    path.delete(value);
  }
}

function copiedContent(value: object, copying: Copying): WireValue {
  if (Array.isArray(value) || value instanceof Set) return copiedList(value, copying);
  if (value instanceof Map) return copiedMembers(value as Map<unknown, unknown>, copying);
  if (value instanceof Error) return cut(`${value.name}: ${value.message}`, copying.hears);
  if (ArrayBuffer.isView(value)) return bytesOf(value);
  // What has its content inside, where no member shows it.
  switch (Object.prototype.toString.call(value)) {
    case '[object ArrayBuffer]':
    case '[object SharedArrayBuffer]':
      return bytesOf(value as ArrayBuffer);
    case '[object String]':
    case '[object Number]':
    case '[object Boolean]':
    case '[object RegExp]':
      return cut((value as RegExp).toString(), copying.hears);
    case '[object Headers]':
    case '[object URLSearchParams]':
    case '[object FormData]':
      return copiedMembers(listsIn(value as Iterable<[string, unknown]>), copying);
    case '[object Date]':
      if (Number.isNaN(Number(value))) return (value as Date).toString();
      break;
    default:
  }
  return copiedJson(value, copying) ?? copiedMembers(membersOf(value), copying);
}

function bytesOf({ byteLength }: { readonly byteLength: number }): string {
  return `<${byteLength} bytes>`;
}

/** What its own `toJSON` gives; undefined where it has none, or that throws: then its members tell more than nothing. */
function copiedJson(value: object, copying: Copying): WireValue | undefined {
  const toJson = fieldOf(value, 'toJSON');
  if (typeof toJson !== 'function') return undefined;
  let json: unknown;
  try {
    json = toJson.call(value);
  } catch {
    return undefined;
  }
  return copied(json, copying);
}

function copiedMembers(members: Iterable<[unknown, unknown]>, copying: Copying): WireValue {
  const copy = new Map<string, WireValue>();
  let names: DistinctNames | undefined;
  for (const [key, item] of members) {
    // As JSON.stringify does: a member without a value is none.
    if (item === undefined || typeof item === 'function') continue;
    if (copying.left-- <= 0) {
      copying.hears?.leaveOut();
      copy.set(cutMark, cutMark);
      break;
    }
    const name = nameOf(key);
    // A map may have a number and its text as keys, and two long names one beginning: both values stay.
    if (copy.has(name)) names ??= new DistinctNames(copy.keys());
    copy.set(names?.unused(name) ?? name, copied(item, copying));
  }
  return copy;
}

function copiedList(items: Iterable<unknown>, copying: Copying): WireValue[] {
  const copy: WireValue[] = [];
  for (const item of items) {
    if (copying.left-- <= 0) {
      copying.hears?.leaveOut();
      copy.push(cutMark);
      break;
    }
    copy.push(copied(item, copying));
  }
  return copy;
}

function* membersOf(value: object): Iterable<[string, unknown]> {
  for (const name of Object.keys(value)) {
    let item: unknown;
    try {
      item = (value as Readonly<Record<string, unknown>>)[name];
    } catch {
      // A getter of the robot's own; the other members can be read all the same.
      item = unreadable;
    }
    yield [name, item];
  }
}

const unreadable = '<can’t be read>';

/** A header, or a part of a query, may stand there several times. */
function listsIn(pairs: Iterable<[string, unknown]>): Map<string, unknown> {
  const lists = new Map<string, unknown[]>();
  for (const [name, value] of pairs) {
    const list = lists.get(name);
    if (list === undefined) lists.set(name, [value]);
    else list.push(value);
  }
  return new Map([...lists].map(([name, list]) => [name, list.length === 1 ? list[0] : list]));
}
