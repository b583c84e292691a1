/** What makes a text look otherwise than its bytes: `\u0041`, Python's `\x41` and `\101`, and a line broken by `\`. */
const disguise = /\\[uUx0-7]|\\\\\\n/;
/** JSON in base64 is masked inside and encoded again, after which its bytes are others. */
const encoded = /(?:eyJ|eyA|ewo|ew0|W3s|Wy)[\w+/-]{9}/;
/** Leaves of JSON that are no texts: Python writes them otherwise, and so may numbers be (`1e3`). */
const noTexts = ['true', 'false', 'null', 'nan', 'infinity'];
const partOfNumber = /^[\d.e+-]*$/;

/**
 * A look at a record's raw bytes that tells for sure that a text (in lower case) is nowhere in it, at a small part
 * of the price of decoding it. `false` is sure, `true` only says that it has to be decoded.
 */
export function mayHold(value: Uint8Array, text: string): boolean {
  const word = surestWord(text);
  if (word === undefined) return true;
  const raw = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
  return raw.toLowerCase().includes(word) || disguise.test(raw) || encoded.test(raw);
}

/**
 * The longest run of characters that JSON and Python write as they are: it stands in the bytes unless it is
 * disguised. The letters k and i have relatives beyond ASCII in lower case.
 */
function surestWord(text: string): string | undefined {
  if (partOfNumber.test(text) || noTexts.some((other) => other.includes(text))) return undefined;
  const words = text.match(/[a-hjl-z\d _.:@,;()=#-]+/g) ?? [];
  return words.sort((a, b) => b.length - a.length)[0];
}
