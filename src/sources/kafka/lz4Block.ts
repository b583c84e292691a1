/** The length of a match counts from here. */
const minMatch = 4;

/**
 * Decompresses one LZ4 block into `output` from `history` on and gives the index after it; what it refers back
 * to stands before that. Throws as soon as a length would leave the block or the output: lz4js looks at neither,
 * and a block of a megabyte keeps it busy for seconds.
 */
export function decompressLz4Block(
  block: Uint8Array,
  output: Uint8Array,
  history: number,
): number | undefined {
  let from = 0;
  let to = history;
  while (from < block.length) {
    const token = block[from++] ?? 0;
    const literals = readLength(block, from, token >>> 4);
    from = literals.next;
    if (from + literals.length > block.length) throw new Error('LZ4 block cut off');
    if (to + literals.length > output.length) return undefined;
    output.set(block.subarray(from, from + literals.length), to);
    from += literals.length;
    to += literals.length;
    // The last sequence has no match.
    if (from === block.length) break;
    if (from + 2 > block.length) throw new Error('LZ4 block cut off');
    const distance = (block[from] ?? 0) | ((block[from + 1] ?? 0) << 8);
    const match = readLength(block, from + 2, token & 15);
    from = match.next;
    const end = to + match.length + minMatch;
    if (distance === 0 || distance > to) throw new Error('LZ4 match before the beginning');
    if (end > output.length) return undefined;
    copyMatch(output, to, end, distance);
    to = end;
  }
  return to;
}

/** A length of four bits; 15 says that bytes follow which add to it, the last one below 255. */
function readLength(block: Uint8Array, at: number, bits: number): { length: number; next: number } {
  let length = bits;
  let next = at;
  if (bits === 15) {
    let byte = 255;
    while (byte === 255) {
      if (next === block.length) throw new Error('LZ4 block cut off');
      byte = block[next++] ?? 0;
      length += byte;
    }
  }
  return { length, next };
}

/** A match may overlap what it makes: what is there already is doubled until it is long enough. */
function copyMatch(output: Uint8Array, start: number, end: number, distance: number): void {
  const from = start - distance;
  let to = start;
  while (to < end) {
    const length = Math.min(to - from, end - to);
    output.copyWithin(to, from, from + length);
    to += length;
  }
}
