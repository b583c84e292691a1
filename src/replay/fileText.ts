/** How much of a file tells its encoding: zeros and odd bytes stand everywhere or nowhere. */
const sampled = 64 * 1024;

/** The content as UTF-8 without a mark: UTF-16 with or without one, and GB18030, as Chinese Windows writes it. */
export function toUtf8(bytes: Uint8Array): Uint8Array {
  // A Buffer's `slice` would be a view.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [first, second, third] = plain;
  if (first === 0xef && second === 0xbb && third === 0xbf) return plain.subarray(3);
  const encoding = encodingOf(plain);
  if (encoding === undefined) return plain;
  return new TextEncoder().encode(new TextDecoder(encoding).decode(plain));
}

function encodingOf(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, sampled);
  const wide = wideEncoding(sample);
  if (wide !== undefined) return wide;
  if (isText(sample, 'utf-8') || sample.includes(0)) return undefined;
  // Nearly any bytes are some text in it: only what looks like records or a table of them.
  const looksRead = /^[\s[]*[{"]/.test(new TextDecoder('latin1').decode(sample.subarray(0, 256)));
  return looksRead && isText(sample, 'gb18030') ? 'gb18030' : undefined;
}

/** UTF-16 by the zeros that the signs of JSON have in it. */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const pairs = Math.min(512, bytes.length >> 1);
  let even = 0;
  let odd = 0;
  for (let pair = 0; pair < pairs; pair++) {
    if (bytes[2 * pair] === 0) even++;
    if (bytes[2 * pair + 1] === 0) odd++;
  }
  if (pairs < 2 || (even > 0 && odd > 0)) return undefined;
  if (odd > pairs / 3) return 'utf-16le';
  return even > pairs / 3 ? 'utf-16be' : undefined;
}

function isText(bytes: Uint8Array, encoding: string): boolean {
  try {
    // The sample may end within a character.
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
