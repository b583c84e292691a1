const escapes: Readonly<Record<string, number>> = {
  ...{ n: 0x0a, r: 0x0d, t: 0x09, a: 0x07, b: 0x08, f: 0x0c, v: 0x0b, '0': 0 },
  ...{ '\\': 0x5c, "'": 0x27, '"': 0x22 },
};

/**
 * The bytes that a Python literal stands for (`b'{"sid": …}'`, as `print(message.value)` writes it), or the text of one
 * that was printed with `repr`; undefined for anything else.
 */
export function pythonBytes(text: string): Uint8Array | undefined {
  const trimmed = text.trim();
  const opening = /^([bBuU]?)(['"])/.exec(trimmed);
  const quote = opening?.[2] ?? '';
  if (opening === null || trimmed.length < 4 || !trimmed.endsWith(quote)) return undefined;
  const inner = trimmed.slice(opening[0].length, -1);
  // Only one that holds an object: a word in quotes is no record, and JSON in double quotes was JSON.
  if (!/^\s*\{/.test(inner) || (opening[1] === '' && quote === '"')) return undefined;
  return bytesOf(inner);
}

/** In one piece: an escape for each of millions of signs would make as many arrays. It is never longer than its text. */
function bytesOf(inner: string): Uint8Array {
  const bytes = new Uint8Array(Buffer.byteLength(inner));
  const encoder = new TextEncoder();
  let length = 0;
  const add = (text: string) => {
    if (text !== '') length += encoder.encodeInto(text, bytes.subarray(length)).written;
  };
  let from = 0;
  for (let at = inner.indexOf('\\'); at >= 0; at = inner.indexOf('\\', from)) {
    add(inner.slice(from, at));
    const [byte, signs] = escapeAt(inner, at);
    if (byte === undefined) add(inner.slice(at, at + signs));
    else bytes[length++] = byte;
    from = at + signs;
  }
  add(inner.slice(from));
  return bytes.subarray(0, length);
}

/** The byte that an escape stands for, and how long it is; one that Python doesn't know stands for itself. */
function escapeAt(inner: string, at: number): readonly [number | undefined, number] {
  const sign = inner.charAt(at + 1);
  if (sign === 'x') {
    const hex = inner.slice(at + 2, at + 4);
    return /^[0-9a-fA-F]{2}$/.test(hex) ? [Number.parseInt(hex, 16), 4] : [undefined, 2];
  }
  return [escapes[sign], 2];
}
