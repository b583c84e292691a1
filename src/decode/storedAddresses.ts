import type { Json, JsonObject } from '../base/json.ts';
import { wholeEntry, wholeRoot } from './bytes/recordView.ts';
import { isObject, listIn } from './fields.ts';

/** Within a text that holds more: variables and configurations are JSON in text. */
const anyAddress = /https?:\/\/[^\s"'\\]+/g;
const beginning = /https?:\/\//g;
/** Where the first does not fit, none within does: each run is looked through once. */
const address = /https?:\/\/.+?\/[0-9a-f]{32}\.txt(?:\?.*)?/y;

/** The addresses of stored texts anywhere in a record, as they stand in it: not masked. */
export function storedAddresses(root: JsonObject): string[] {
  const found = new Set<string>();
  const whole = wholeRoot(root);
  if (whole === root) addAllIn(root, found);
  else {
    // As a list is walked: what stands last comes first.
    for (const entry of listIn(root, 'trace').toReversed()) {
      if (isObject(entry)) addAllIn(wholeEntry(entry), found);
    }
    addAllIn(whole, found);
  }
  return [...found];
}

function addAllIn(value: JsonObject, found: Set<string>): void {
  // A list of what is left instead of recursion: a record may be nested deeper than the stack is.
  const todo: Json[] = [value];
  for (let part = todo.pop(); part !== undefined; part = todo.pop()) {
    if (typeof part === 'string') {
      for (const [run] of part.matchAll(anyAddress)) addAddresses(run, found);
    } else if (typeof part === 'object' && part !== null) {
      for (const inner of Object.values<Json>(part)) todo.push(inner);
    }
  }
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
