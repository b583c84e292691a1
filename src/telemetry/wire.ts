/**
 * A value as it can be written: what JSON knows, integers beyond 2^53, and maps. Objects become maps on the
 * way in, because an object puts keys that look like numbers first, whatever order they came in.
 */
export type WireValue =
  null | boolean | number | bigint | string | readonly WireValue[] | WireObject;

/** What has names. */
type WireObject = ReadonlyMap<string, WireValue> | { readonly [key: string]: WireValue };

/** Whether it is a list; `Array.isArray` does not tell one that is read alone from an object. */
export function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

/** The names of an object and what stands under each. */
export function membersOf(value: WireObject): Iterable<readonly [string, WireValue]> {
  return value instanceof Map ? (value as ReadonlyMap<string, WireValue>) : Object.entries(value);
}
