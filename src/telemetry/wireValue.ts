import { DistinctNames } from '../base/distinctNames.ts';
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
  left: number;
}

/**
 * A copy of any value of a robot as something that can be written, taken now because the robot may go on
 * changing it. It never throws: what has no form in JSON becomes its text, what can't be read becomes null.
 */
export function toWireValue(value: unknown, mask?: ValueMask, name = ''): WireValue {
  const copy =
    typeof value === 'object' ? copied(value, { path: new Set(), left: mostParts }) : leafOf(value);
  return mask === undefined ? copy : mask.value(name, copy);
}

/** The members of an object or a map, copied; anything else gives none. */
export function toWireMembers(value: unknown, mask?: ValueMask): ReadonlyMap<string, WireValue> {
  const copy = toWireValue(value, mask);
  return copy instanceof Map ? (copy as ReadonlyMap<string, WireValue>) : new Map();
}

/** A name or an id is read in a line: what is longer is no name, and there may be many. */
const longestName = 1_000;

/** What is meant to be a name or an id, as a text; it never throws. */
export function nameOf(value: unknown): string {
  return shortened(textOf(value), longestName);
}

/** What is meant to be a text, as one; it never throws. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value.length > mostSigns ? cut(value) : value;
  if (typeof value === 'symbol') return value.toString();
  return dumps(toWireValue(value));
}

function copied(value: unknown, copying: Copying): WireValue {
  return typeof value === 'object' && value !== null ? copiedObject(value, copying) : leafOf(value);
}

/** What has no parts. */
function leafOf(value: unknown): WireValue {
  switch (typeof value) {
    case 'string':
      return value.length > mostSigns ? cut(value) : value;
    case 'number':
    case 'boolean':
    case 'bigint':
      return value;
    default:
      return null;
  }
}

function cut(text: string): string {
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
    // A getter or a toJSON of the robot's own that throws.
    return null;
  } finally {
    path.delete(value);
  }
}

function copiedContent(value: object, copying: Copying): WireValue {
  if (Array.isArray(value)) return copiedList(value, copying);
  if (value instanceof Set) return copiedList(value, copying);
  if (value instanceof Error) return cut(`${value.name}: ${value.message}`);
  if (ArrayBuffer.isView(value)) return `<${value.byteLength} bytes>`;
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return copied((value.toJSON as () => unknown)(), copying);
  }
  const copy = new Map<string, WireValue>();
  let names: DistinctNames | undefined;
  for (const [key, item] of membersOf(value)) {
    // As JSON.stringify does: a member without a value is none.
    if (item === undefined || typeof item === 'function') continue;
    if (copying.left-- <= 0) {
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
      copy.push(cutMark);
      break;
    }
    copy.push(copied(item, copying));
  }
  return copy;
}

function membersOf(value: object): Iterable<[unknown, unknown]> {
  return value instanceof Map ? (value as Map<unknown, unknown>) : Object.entries(value);
}
