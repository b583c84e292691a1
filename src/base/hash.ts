const offsetBasis = 0x811c9dc5;

const prime = 0x01000193;

/** FNV-1a over UTF-16 code units, 32 bits as hexadecimal text: tells texts apart, keeps no secret. */
export function hash(text: string): string {
  return asText(mix(offsetBasis, text, 0));
}

/**
 * The same over how long several texts are and how each ends; a text may be given in pieces. Nothing is joined, which
 * takes longer than hashing.
 */
export function hashEnds(texts: readonly (string | readonly string[])[], chars: number): string {
  let value = offsetBasis;
  for (const text of texts) {
    value =
      typeof text === 'string'
        ? mix(Math.imul(value ^ text.length, prime), text, Math.max(0, text.length - chars))
        : mixPieces(value, text, chars);
  }
  return asText(value);
}

function mixPieces(begin: number, pieces: readonly string[], chars: number): number {
  let length = 0;
  for (const piece of pieces) length += piece.length;
  let value = Math.imul(begin ^ length, prime);
  let left = length;
  for (const piece of pieces) {
    left -= piece.length;
    value = mix(value, piece, Math.max(0, piece.length + left - chars));
  }
  return value;
}

function mix(begin: number, text: string, from: number): number {
  let value = begin;
  for (let at = from; at < text.length; at++) {
    value = Math.imul(value ^ text.charCodeAt(at), prime);
  }
  return value;
}

function asText(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}
