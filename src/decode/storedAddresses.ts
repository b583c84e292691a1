import type { Json, JsonObject } from '../base/json.ts';

/** Within a text that holds more: variables and configurations are JSON in text. */
const anyAddress = /https?:\/\/[^\s"'\\]+/g;
const beginning = /https?:\/\//g;
/** Where the first does not fit, none within does: each run is looked through once. */
const address = /https?:\/\/.+?\/[0-9a-f]{32}\.txt(?:\?.*)?/y;

/** The addresses of stored texts anywhere in a record, as they stand in it: not masked. */
export function storedAddresses(root: JsonObject): string[] {
  const found = new Set<string>();
  // A list of what is left instead of recursion: a record may be nested deeper than the stack is.
  const todo: Json[] = [root];
  for (let value = todo.pop(); value !== undefined; value = todo.pop()) {
    if (typeof value === 'string') {
      for (const [run] of value.matchAll(anyAddress)) addAddresses(run, found);
    } else if (typeof value === 'object' && value !== null) {
      for (const part of Object.values(value)) todo.push(part);
    }
  }
  return [...found];
}

function addAddresses(run: string, found: Set<string>): void {
  let end = 0;
  for (const { index } of run.matchAll(beginning)) {
    if (index < end) continue;
    address.lastIndex = index;
    const text = address.exec(run)?.[0];
    if (text === undefined) return;
    found.add(text);
    end = index + text.length;
  }
}
