const [quote, backslash, colon, comma] = [0x22, 0x5c, 0x3a, 0x2c];
const opens: ReadonlySet<number> = new Set([0x7b, 0x5b]);
const closes: ReadonlySet<number> = new Set([0x7d, 0x5d]);

/**
 * Of the bytes of an entry those of what its node got, gave and was set to: where they are the same in two records, so is
 * that, and nothing of it has to be decoded. Undefined where they can't be told.
 */
export function dataBytes(entry: Uint8Array): readonly Uint8Array[] | undefined {
  const found: Uint8Array[] = [];
  let depth = 0;
  let name: Uint8Array | undefined;
  let valueAt = -1;
  for (let at = 0; at < entry.length; at++) {
    const byte = entry[at] ?? 0;
    if (byte === quote) {
      const end = endOfText(entry, at);
      if (depth === 1 && valueAt === -1) name = entry.subarray(at + 1, end);
      at = end;
    } else if (opens.has(byte)) depth++;
    else if (depth === 1 && byte === colon) valueAt = at + 1;
    else if (depth === 1 && (byte === comma || closes.has(byte))) {
      if (name !== undefined && isOfData(name)) found.push(entry.subarray(valueAt, at));
      [name, valueAt] = [undefined, -1];
    }
    if (closes.has(byte)) depth--;
  }
  // Of a name that is written twice the last one counts; nobody writes so.
  return found.length === 2 ? found : undefined;
}

/** The sign that ends a text which begins at a quote. */
function endOfText(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
  return at;
}

const names = ['data', 'llm_output'].map((name) => new TextEncoder().encode(name));

function isOfData(name: Uint8Array): boolean {
  return names.some(
    (one) => one.length === name.length && one.every((byte, at) => byte === name[at]),
  );
}
