import { isTextStart, wideEncoding } from '../../base/textEncoding.ts';

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
  const sample = bytes.subarray(0, sampled);
  const wide = wideEncoding(sample);
  if (wide !== undefined) return wide;
  if (isTextStart(sample, 'utf-8') || sample.includes(0)) return undefined;
  // Nearly any bytes are some text in it: only what looks like records or a table of them.
  const looksRead = /^[\s[]*[{"]/.test(new TextDecoder('latin1').decode(sample.subarray(0, 256)));
  return looksRead && isTextStart(sample, 'gb18030') ? 'gb18030' : undefined;
}
