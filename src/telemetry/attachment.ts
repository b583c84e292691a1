import { readFileSync, statSync } from 'node:fs';

/** What is attached: its bytes, its text, or the path of its file. */
export type AttachmentContent = Uint8Array | string | { readonly file: string };

/** How large attachments may be. */
export interface AttachmentLimits {
  /** Bytes of one. */
  readonly one: number;
  /** Bytes of all of an execution. */
  readonly all: number;
}

/** Within a record: a broker takes a megabyte of JSON, and base64 makes four bytes of three. */
export const inlineLimits: AttachmentLimits = { one: 160 * 1024, all: 480 * 1024 };
/** With a store: what the panel fetches unless told otherwise, and what may wait in memory for the end. */
export const storedLimits: AttachmentLimits = { one: 6 * 1024 * 1024, all: 32 * 1024 * 1024 };

/** The room that an execution has for attachments. */
export class AttachmentRoom {
  private readonly one: number;
  private left: number;

  constructor({ one, all }: AttachmentLimits) {
    this.one = one;
    this.left = all;
  }

  take(make: (room: number) => AttachmentValue): AttachmentValue {
    const made = make(Math.min(this.one, this.left));
    this.left -= made.bytes;
    return made;
  }
}

/** What an attachment is, by how its content begins. */
const beginnings: readonly (readonly [string, string])[] = [
  ['89504e470d0a1a0a', 'image/png'],
  ['ffd8ff', 'image/jpeg'],
  ['47494638', 'image/gif'],
  ['25504446', 'application/pdf'],
  ['504b0304', 'application/zip'],
];
const looked = 16;

/** A text as it is, anything else as `data:` address, which the panel shows where it is a picture. */
export function attachmentValue(content: AttachmentContent, room: number): AttachmentValue {
  if (typeof content === 'string') {
    const bytes = Buffer.byteLength(content);
    return bytes > room ? tooLarge(bytes) : { kind: 'text', text: content, bytes };
  }
  if (!(content instanceof Uint8Array)) {
    const stats = statSync(content.file);
    // A pipe or a device may have no end, and the robot would wait for it.
    if (!stats.isFile()) throw new TypeError(`${content.file} is no file`);
    const { size } = stats;
    return size > room ? tooLarge(size) : attachmentValue(readFileSync(content.file), room);
  }
  const bytes = content.byteLength;
  if (bytes > room) return tooLarge(bytes);
  const buffer = Buffer.from(content.buffer, content.byteOffset, bytes);
  const wide = textOfWideSigns(buffer);
  if (wide !== undefined) return { kind: 'text', text: wide, bytes };
  const type = typeOf(buffer);
  if (type === 'text/plain') return { kind: 'text', text: buffer.toString('utf8'), bytes };
  return { kind: 'data', text: `data:${type};base64,${buffer.toString('base64')}`, bytes };
}

/** Windows writes texts in two bytes a sign: as a text it is masked like any other. */
function textOfWideSigns(content: Buffer): string | undefined {
  const head = content.subarray(0, 2).toString('hex');
  if (head === 'fffe') return new TextDecoder('utf-16le').decode(content);
  return head === 'feff' ? new TextDecoder('utf-16be').decode(content) : undefined;
}

/** An attachment as it stands in a record; `bytes` are 0 for one that had no room. */
export interface AttachmentValue {
  readonly kind: 'text' | 'data' | 'tooLarge';
  readonly text: string;
  readonly bytes: number;
}

function tooLarge(bytes: number): AttachmentValue {
  const text = `<${String(bytes)} bytes: too large for the record; a largeFieldStore takes more>`;
  return { kind: 'tooLarge', text, bytes: 0 };
}

function typeOf(content: Buffer): string {
  const head = content.subarray(0, looked).toString('hex');
  const known = beginnings.find(([beginning]) => head.startsWith(beginning))?.[1];
  if (known !== undefined) return known;
  // `RIFF`, a size, `WEBP`.
  if (/^52494646.{8}57454250/.test(head)) return 'image/webp';
  return content.includes(0) ? 'application/octet-stream' : 'text/plain';
}
