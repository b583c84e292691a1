const mark = Buffer.from('"""');
/** Where a value begins that is written so: behind its name. */
const behindName = /:[ \t]*$/;
const lookedBack = 8;

/**
 * JSON without the triple quotes in which Kibana's console shows texts that hold quotes or lines, as its users copy it.
 * No JSON has them otherwise: the second quote would end an empty text, and a third can't stand behind it.
 */
export function withoutTripleQuotes(bytes: Uint8Array): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let from = 0;
  for (let at = buffer.indexOf(mark); at >= 0; at = buffer.indexOf(mark, at)) {
    const before = buffer.toString('latin1', Math.max(0, at - lookedBack), at);
    const end = behindName.test(before) ? buffer.indexOf(mark, at + mark.length) : -1;
    if (end < 0) {
      at += mark.length;
      continue;
    }
    const text = buffer.toString('utf8', at + mark.length, end);
    parts.push(buffer.subarray(from, at), Buffer.from(JSON.stringify(text)));
    at = end + mark.length;
    // A quote at the end of the text stands before those that close it.
    from = at;
  }
  return parts.length === 0
    ? bytes
    : new Uint8Array(Buffer.concat([...parts, buffer.subarray(from)]));
}
