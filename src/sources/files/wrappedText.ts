import { openBrace, openBracket } from '../../base/jsonSigns.ts';

const newline = 0x0a;

/** Enough to see how a file begins. */
const lookedAt = 400;
/** The sign of a quotation or of a comment, or the name of a container, before the bracket that begins a record. */
const prefixed = /^((?:>|\||\+|#|\/\/|[\w.-]{1,60}\s{0,20}\|)[^\S\n]?)[{[][^\S\n]*\r?\n\1?\s/;

/**
 * A record over lines each of which has the same before it, as mails quote and containers print it, without that;
 * undefined where it has not. What a line lacks of it stays away: an empty one is quoted by its sign alone.
 */
export function withoutPrefixes(content: Uint8Array): Uint8Array | undefined {
  const head = new TextDecoder('latin1').decode(content.subarray(0, lookedAt));
  const prefix = prefixed.exec(head)?.[1];
  if (prefix === undefined) return undefined;
  const made = new Uint8Array(content.length);
  let length = 0;
  for (let at = 0; at < content.length;) {
    const found = content.indexOf(newline, at);
    const end = found < 0 ? content.length : found + 1;
    let same = 0;
    while (same < prefix.length && content[at + same] === prefix.charCodeAt(same)) same++;
    made.set(content.subarray(at + same, end), length);
    length += end - at - same;
    at = end;
  }
  return made.subarray(0, length);
}

/** Base64 over lines, as mails and `base64` write it, of what begins with a brace or a bracket. */
const wrapped = /^(?:ey[A-DIJ]|ew[kos]|W[3y])[\w+/]{61,73}\r?\n[\w+/]/;
const onlyBase64 = /^[\w+/\s]+={0,2}\s*$/;

/** What is written in base64 over lines; undefined for anything else. */
export function fromBase64(content: Uint8Array): Uint8Array | undefined {
  const text = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (!wrapped.test(text.toString('latin1', 0, lookedAt))) return undefined;
  const whole = text.toString('latin1');
  if (!onlyBase64.test(whole)) return undefined;
  const plain = Buffer.from(whole, 'base64');
  return plain[0] === openBrace || plain[0] === openBracket ? plain : undefined;
}

/** An object in hexadecimal digits, which some tools write for bytes; PostgreSQL and programs put two signs in front. */
const hexObject = /^(?:\\x|0x)?(7b(?:[\da-f]{2})+)$/i;
const hexBegin = /^(?:\\x|0x)?7b/i;
const longestBegin = 4;

/** What is written in hexadecimal digits; undefined for anything else than an object. */
export function fromHex(value: Uint8Array): Uint8Array | undefined {
  const text = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  // Read as a whole only where it begins so: nearly every value is an object as it stands.
  if (value[0] === openBrace || !hexBegin.test(text.toString('latin1', 0, longestBegin)))
    return undefined;
  const written = hexObject.exec(text.toString('latin1'))?.[1];
  return written === undefined ? undefined : new Uint8Array(Buffer.from(written, 'hex'));
}
