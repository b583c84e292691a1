import { lengthOfCharacter } from './utf8.ts';
import { utf32Order, utf32Text } from './utf32.ts';

/** So many bytes tell: a text has its zeros everywhere or nowhere, and no control signs at all. */
const sampled = 1_024;

/** The text of bytes in an encoding whose characters take two bytes or four; undefined where they are in none. */
export function wideText(bytes: Uint8Array): string | undefined {
  // The mark of UTF-32 begins with that of UTF-16.
  const order = utf32Order(bytes);
  if (order !== undefined && isText(utf32Text(bytes.subarray(0, 2 * sampled), order)))
    return utf32Text(bytes, order);
  const encoding = wideEncoding(bytes);
  return encoding && new TextDecoder(encoding).decode(bytes);
}

/**
 * The encoding that bytes are text in, by their mark, or by how they begin: whatever is read begins with two plain
 * signs. Counting zeros doesn't do, for common Chinese signs (U+4E00) have one on the other side.
 */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (bytes.length < 4) return undefined;
  if (second === 0 && fourth === 0) return isPlain(first) && isPlain(third) ? le(bytes) : undefined;
  const isBigEndian = first === 0 && third === 0 && isPlain(second) && isPlain(fourth);
  return isBigEndian && isWideText(bytes, 'utf-16be') ? 'utf-16be' : undefined;
}

function le(bytes: Uint8Array): 'utf-16le' | undefined {
  return isWideText(bytes, 'utf-16le') ? 'utf-16le' : undefined;
}

function isPlain(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d);
}

const controls = /[\0-\x08\x0e-\x1a\x1c-\x1f\ufffd]/;

/** A row of numbers has zeros too. Zeros at the end are a buffer's. */
function isWideText(bytes: Uint8Array, encoding: string): boolean {
  return isText(new TextDecoder(encoding).decode(bytes.subarray(0, sampled), { stream: true }));
}

function isText(text: string): boolean {
  return !controls.test(text.replace(/\0+$/, ''));
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

/**
 * Whether bytes that hold some text beyond ASCII are GB18030, as Chinese Windows writes it. UTF-8 that lacks a byte can
 * nearly always be read so too, as other signs: most of its characters are still whole, and of GBK's hardly any looks so.
 */
export function isRatherGb18030(bytes: Uint8Array): boolean {
  // Also where it ends within a character.
  if (isTextStart(bytes, 'utf-8')) return false;
  let whole = 0;
  let broken = 0;
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x20 && !isPlain(byte) && byte !== 0x1b) return false;
    const length = lengthOfCharacter(bytes, at);
    // Two bytes of GBK may well be a character of UTF-8; three hardly ever.
    if (length > 2) whole += length;
    if (length === 0) broken++;
    at += length || 1;
  }
  return broken > whole && isTextStart(bytes, 'gb18030');
}
