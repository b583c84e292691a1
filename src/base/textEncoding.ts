/** So many pairs of bytes tell: UTF-16 has its zeros everywhere or nowhere. */
const sampledPairs = 512;

/** The encoding that bytes are text in, by their mark, or by the zeros that JSON has in UTF-16. */
export function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const pairs = Math.min(sampledPairs, bytes.length >> 1);
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

/** Whether bytes are text in an encoding, or the start of one: they may end within a character. */
export function isTextStart(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
