const offsetBasis = 0x811c9dc5;

const prime = 0x01000193;
const hexDigits = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

/** FNV-1a over UTF-16 code units, 32 bits as hexadecimal text: tells texts apart, keeps no secret. */
export function hash(text: string): string {
  return asText(mix(offsetBasis, text, 0));
}

/**
 * The same over how long several texts are and how each ends; a text may be given in pieces, and these may be numbers as
 * they are written. Nothing is joined, and no whole number is made a text: both take longer than hashing.
 */
export function hashEnds(
  texts: readonly (string | readonly (string | number)[])[],
  chars: number,
): string {
  let value = offsetBasis;
  for (const text of texts) {
    value =
      typeof text === 'string'
        ? mix(Math.imul(value ^ text.length, prime), text, Math.max(0, text.length - chars))
        : mixPieces(value, text, chars);
  }
  return asText(value);
}

function mixPieces(begin: number, pieces: readonly (string | number)[], chars: number): number {
  let length = 0;
  for (const piece of pieces) length += lengthOf(piece);
  let value = Math.imul(begin ^ length, prime);
  let left = length;
  for (const piece of pieces) {
    const own = lengthOf(piece);
    left -= own;
    const from = Math.max(0, own + left - chars);
    if (typeof piece === 'string') value = mix(value, piece, from);
    else
      value = isPlain(piece) ? mixDigits(value, piece, from, own) : mix(value, String(piece), from);
  }
  return value;
}

/** Whether a number is written in digits alone, few enough for each of them to be exact. */
function isPlain(number: number): boolean {
  return Number.isInteger(number) && number >= 0 && number < 1e15 && !Object.is(number, -0);
}

function lengthOf(piece: string | number): number {
  if (typeof piece === 'string') return piece.length;
  if (!isPlain(piece)) return String(piece).length;
  let digits = 1;
  for (let power = 10; power <= piece; power *= 10) digits++;
  return digits;
}

/** So many digits fit in 32 bits, in which dividing takes a tenth. */
const lowDigits = 1e8;

function mixDigits(begin: number, number: number, from: number, length: number): number {
  const high = Math.floor(number / lowDigits) | 0;
  let low = (number - high * lowDigits) | 0;
  for (let at = length - 1; at >= 0; at--) {
    // The low digits end at the eighth; what is above them follows.
    if (at === length - 9) low = high;
    digits[at] = 0x30 + (low % 10);
    low = (low / 10) | 0;
  }
  let value = begin;
  for (let at = from; at < length; at++) value = Math.imul(value ^ (digits[at] ?? 0), prime);
  return value;
}

/** Only scratch: nothing in it means anything behind a call. */
const digits = new Uint8Array(16);

function mix(begin: number, text: string, from: number): number {
  let value = begin;
  for (let at = from; at < text.length; at++) {
    value = Math.imul(value ^ text.charCodeAt(at), prime);
  }
  return value;
}

function asText(value: number): string {
  // All at once: to write a number and to fill it up takes four times as long.
  const at = (shift: number) => hexDigits[(value >>> shift) & 0xf] ?? 0;
  return String.fromCharCode(at(28), at(24), at(20), at(16), at(12), at(8), at(4), at(0));
}
