import type { Json, JsonObject } from '../base/json.ts';

/** Within a text that holds more: variables and configurations are JSON in text. */
const address = /https?:\/\/[^\s"'\\]+?\/[0-9a-f]{32}\.txt(?:\?[^\s"'\\]*)?/g;

/** The addresses of stored texts anywhere in a record, as they stand in it: not masked. */
export function storedAddresses(root: JsonObject): string[] {
  const found = new Set<string>();
  // A list of what is left instead of recursion: a record may be nested deeper than the stack is.
  const todo: Json[] = [root];
  for (let value = todo.pop(); value !== undefined; value = todo.pop()) {
    if (typeof value === 'string') {
      for (const [text] of value.matchAll(address)) found.add(text);
    } else if (typeof value === 'object' && value !== null) {
      for (const part of Object.values(value)) todo.push(part);
    }
  }
  return [...found];
}
