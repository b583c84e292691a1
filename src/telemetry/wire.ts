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
