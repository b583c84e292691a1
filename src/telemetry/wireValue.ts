import type { Mask } from './mask.ts';

/**
 * A value as it can be written: what JSON knows, integers beyond 2^53, and maps. Objects become maps on the
 * way in, because an object puts keys that look like numbers first, whatever order they came in.
 */
export type WireValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly WireValue[]
  | ReadonlyMap<string, WireValue>
  | { readonly [key: string]: WireValue };

/** Deeper values are cut: nothing that people read is, and the stack has an end. */
const deepest = 64;
const cutMark = '…';

/**
 * A copy of any value of a robot as something that can be written, taken now because the robot may go on
 * changing it. It never throws: what has no form in JSON becomes its text, what can't be read becomes null.
 */
export function toWireValue(value: unknown, mask?: Mask, name = ''): WireValue {
  const copy = copied(value, new Set());
  return mask === undefined ? copy : mask.value(name, copy);
}

/** The members of an object or a map, copied; anything else gives none. */
export function toWireMembers(value: unknown, mask?: Mask): ReadonlyMap<string, WireValue> {
  const copy = toWireValue(value, mask);
  return copy instanceof Map ? (copy as ReadonlyMap<string, WireValue>) : new Map();
}

function copied(value: unknown, path: Set<object>): WireValue {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'bigint':
      return value;
    case 'object':
      return value === null ? null : copiedObject(value, path);
    case 'undefined':
    case 'function':
    case 'symbol':
      return null;
    default:
      return null;
  }
}

function copiedObject(value: object, path: Set<object>): WireValue {
  if (path.has(value) || path.size >= deepest) return cutMark;
  path.add(value);
  try {
    return copiedContent(value, path);
  } catch {
    // A getter or a toJSON of the robot's own that throws.
    return null;
  } finally {
    path.delete(value);
  }
}

function copiedContent(value: object, path: Set<object>): WireValue {
  if (Array.isArray(value)) return value.map((item: unknown) => copied(item, path));
  if (value instanceof Set) return [...value].map((item: unknown) => copied(item, path));
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (ArrayBuffer.isView(value)) return `<${value.byteLength} bytes>`;
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return copied((value.toJSON as () => unknown)(), path);
  }
  const members = value instanceof Map ? [...value] : Object.entries(value);
  const copy = new Map<string, WireValue>();
  for (const [key, item] of members as [unknown, unknown][]) {
    // As JSON.stringify does: a member without a value is none.
    if (item === undefined || typeof item === 'function') continue;
    copy.set(String(key), copied(item, path));
  }
  return copy;
}
