/** Which byte of a character comes first. */
type Order = 'little' | 'big';

const bytesEach = 4;
const mark = 0xfeff;
/** Text is made in pieces of so many characters: all at once they would be too many arguments. */
const atOnce = 8_192;
const highest = 0x10ffff;
const replacement = 0xfffd;

/** Whether bytes begin as UTF-32 does: with its mark, or with two plain signs of four bytes each. */
export function utf32Order(bytes: Uint8Array): Order | undefined {
  // Each record is asked: one of these is a zero in all of them, and neither in other text.
  if (bytes.length < 2 * bytesEach || (bytes[0] !== 0 && bytes[2] !== 0)) return undefined;
  for (const order of ['little', 'big'] as const) {
    const [first = 0, second = 0] = codes(bytes, 0, 2, order);
    if (first === mark || (isPlain(first) && isPlain(second))) return order;
  }
  return undefined;
}

/** Bytes of UTF-32 as text, without its mark; what breaks off at the end is left out. */
export function utf32Text(bytes: Uint8Array, order: Order): string {
  const parts: string[] = [];
  const length = Math.floor(bytes.length / bytesEach);
  for (let from = 0; from < length; from += atOnce) {
    parts.push(String.fromCodePoint(...codes(bytes, from, Math.min(length, from + atOnce), order)));
  }
  return parts.join('').replace(/^\ufeff/, '');
}

function codes(bytes: Uint8Array, from: number, to: number, order: Order): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: to - from }, (_, index) => {
    const code = view.getUint32((from + index) * bytesEach, order === 'little');
    const isHalf = code >= 0xd800 && code <= 0xdfff;
    return code > highest || isHalf ? replacement : code;
  });
}

function isPlain(code: number): boolean {
  return (code >= 0x20 && code < 0x7f) || (code >= 0x09 && code <= 0x0d);
}
