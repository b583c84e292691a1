import { DistinctNames } from '../base/distinctNames.ts';
import type { Json, JsonObject } from '../base/json.ts';

/** A field with its own name, and its name and value masked. */
export type MaskedField = readonly [key: string, masked: readonly [name: string, value: Json]];

/** An object of fields, masked. Names that became the same mark stay two. */
export function withNames(masked: readonly MaskedField[]): JsonObject {
  const names = distinctNames(masked.map(([key, [name]]) => [key, name] as const));
  // fromEntries defines properties: a key `__proto__` stays a key.
  return Object.fromEntries(masked.map(([, [, value]], at) => [names[at] ?? '', value]));
}

/** Names as they are shown, each once. */
export function distinctNames(
  names: readonly (readonly [key: string, shown: string])[],
): readonly string[] {
  if (names.every(([key, shown]) => key === shown)) return names.map(([key]) => key);
  const once = new DistinctNames();
  return names.map(([, shown]) => once.unused(shown));
}
