import { textOf } from './wireValue.ts';

/** An error as Node prints it, with its name; it never throws. */
export function printedError(error: unknown): string {
  return plainText(error) ?? 'an error without a text';
}

/** The text of what was thrown, whatever it is; undefined where it has none. */
export function plainText(error: unknown): string | undefined {
  try {
    // Lists of lists that share their parts have a text without end, so those are written as values are.
    const text = Array.isArray(error) ? nothing : String(error);
    return text === nothing ? textOf(error) : text;
  } catch {
    return undefined;
  }
}

/** What JavaScript says of an object that has no text of its own. */
const nothing = '[object Object]';
