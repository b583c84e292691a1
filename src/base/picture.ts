import type { Json } from './json.ts';

/** A picture that stands in a record, small enough to be drawn. */
export interface Picture {
  /** A `data:` address: nothing is fetched for it. */
  readonly address: string;
  readonly width: number;
  readonly height: number;
}

/** Of forms that can hold nothing but pixels: an SVG may hold scripts and addresses, and is never drawn. */
const beginning = /^data:image\/(png|jpeg|gif|webp);base64,/;
/** A fetched value has 10 MiB at most; base64 makes four characters of three bytes. */
const longest = 16_000_000;
/** A few bytes of a file may stand for gigabytes of pixels; a screen of 8K has 33 million. */
const mostPixels = 40_000_000;
/** Behind its notes a JPEG tells its size; those take 64 KiB at most each. */
const longestHead = 256 * 1024;

/** The picture that a value is; null for any other, and for one that is too large to be drawn. */
export function pictureIn(value: Json): Picture | null {
  if (typeof value !== 'string' || value.length > longest) return null;
  const [head, form = ''] = beginning.exec(value) ?? [];
  if (head === undefined) return null;
  const bytes = headBytes(value.slice(head.length, head.length + longestHead));
  const size = bytes && sizes[form]?.(bytes);
  if (size == null) return null;
  const [width, height] = size;
  const isDrawable = width > 0 && height > 0 && width * height <= mostPixels;
  return isDrawable ? { address: value, width, height } : null;
}

type Size = readonly [width: number, height: number];

const sizes: Readonly<Record<string, (bytes: DataView) => Size | null>> = {
  png: (bytes) => within(bytes, 24, () => [bytes.getUint32(16), bytes.getUint32(20)]),
  gif: (bytes) => within(bytes, 10, () => [bytes.getUint16(6, true), bytes.getUint16(8, true)]),
  jpeg: jpegSize,
  webp: webpSize,
};

function within(bytes: DataView, length: number, read: () => Size): Size | null {
  return bytes.byteLength >= length ? read() : null;
}

/** Goes from segment to segment up to the frame, which tells the size. */
function jpegSize(bytes: DataView): Size | null {
  for (let at = 2; at + 9 <= bytes.byteLength; at += 2 + bytes.getUint16(at + 2)) {
    if (bytes.getUint8(at) !== 0xff) return null;
    const marker = bytes.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [bytes.getUint16(at + 7), bytes.getUint16(at + 5)];
  }
  return null;
}

function webpSize(bytes: DataView): Size | null {
  if (bytes.byteLength < 30) return null;
  switch (bytes.getUint8(15)) {
    // `VP8X`: 24 bits each, less one.
    case 0x58:
      return [1 + uint24(bytes, 24), 1 + uint24(bytes, 27)];
    // `VP8L`: 14 bits each, less one.
    case 0x4c: {
      const bits = bytes.getUint32(21, true);
      return [1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff)];
    }
    // `VP8 `.
    case 0x20:
      return [bytes.getUint16(26, true) & 0x3fff, bytes.getUint16(28, true) & 0x3fff];
    default:
      return null;
  }
}

function uint24(bytes: DataView, at: number): number {
  return bytes.getUint16(at, true) | (bytes.getUint8(at + 2) << 16);
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes of the beginning of a base64 text; null where it is none. */
function headBytes(text: string): DataView | null {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let count = 0;
  let length = 0;
  for (const sign of text) {
    if (sign === '=') break;
    const digit = digits.indexOf(sign);
    if (digit < 0) return null;
    bits = ((bits << 6) | digit) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes[length++] = (bits >> count) & 0xff;
  }
  return new DataView(bytes.buffer, 0, length);
}
