import type { Json, JsonObject } from '../base/json.ts';
import { isObject } from './fields.ts';

const payloads = ['input', 'output', 'input_vars', 'output_vars'];

/** How large the inputs and outputs of an entry are, as JSON without blanks and escapes. */
export function payloadBytesOf(entry: JsonObject): number {
  const { data } = entry;
  if (!isObject(data)) return 0;
  return payloads.reduce((sum, name) => sum + jsonBytes(data[name]), 0);
}

/** The same of any value; 0 for none. */
export function jsonBytes(value: Json | undefined): number {
  let bytes = 0;
  // A list of what is left instead of recursion: a record may be nested deeper than the stack is.
  const todo: (Json | undefined)[] = [value];
  while (todo.length > 0) {
    const part = todo.pop();
    if (part === undefined) continue;
    if (typeof part === 'string') bytes += Buffer.byteLength(part) + 2;
    else if (typeof part !== 'object' || part === null) bytes += String(part).length;
    else if (Array.isArray(part)) {
      bytes += 2 + Math.max(0, part.length - 1);
      for (const inner of part as readonly Json[]) todo.push(inner);
    } else {
      const fields = Object.entries<Json>(part as JsonObject);
      bytes += 2 + Math.max(0, fields.length - 1);
      for (const [name, inner] of fields) {
        bytes += Buffer.byteLength(name) + 3;
        todo.push(inner);
      }
    }
  }
  return bytes;
}
