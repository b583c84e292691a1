/** How a file begins whose quotes an editor of texts or a chat has set. */
const begins = /^\s*\[?\s*\{\s*[“”„‟]/;
const lookedAt = 400;
/** Nobody pastes more of a chat. What is larger is not parsed only to see whether it is JSON then. */
const mostBytes = 4 * 1024 * 1024;

/** JSON with the quotes that it had before a chat or an editor of texts changed them; undefined where that makes no JSON. */
export function withStraightQuotes(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length > mostBytes) return undefined;
  const decoder = new TextDecoder();
  if (!begins.test(decoder.decode(bytes.subarray(0, lookedAt)))) return undefined;
  const text = decoder.decode(bytes);
  // Where a text has some of its own nobody knows which of them end it.
  const straight = text.replace(/[“”„‟]/g, '"');
  try {
    JSON.parse(straight);
  } catch {
    return undefined;
  }
  return new TextEncoder().encode(straight);
}
