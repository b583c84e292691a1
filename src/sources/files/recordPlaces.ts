import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

import type { ConsumedRecord, Offset } from '../../record/consumedRecord.ts';

/** Offset, begin, length and checksum of each. */
const columns = 4;
/** What is smaller is no record that anybody opens. So the table takes a sixteenth of its file at most. */
const leastBytes = 256;
/** Whoever asks for many small ones asks in the order of the file: it is read in pieces like this, not record by record. */
const windowBytes = 256 * 1024;
/** Pieces of a large one are read beside each other, and looked at while others are read. */
const pieceBytes = 4 * 1024 * 1024;

/** A file on the disk, or its bytes. */
type Bytes = { readonly path: string } | { readonly bytes: Uint8Array };

/**
 * Where the records of a file stand in it, those that stand there as they are: one is read again by its bytes alone, and
 * is the same by their checksum. Of all others, and of a file that was changed, nothing is given; they have to be looked for.
 */
export class RecordPlaces {
  private readonly name: string;
  private readonly file: Bytes;
  private table = new Uint32Array(columns * 64);
  private count = 0;
  private window: { readonly start: number; readonly bytes: Uint8Array } | undefined;

  constructor(name: string, file: Bytes) {
    this.name = name;
    this.file = file;
  }

  /** Notes where a record stands. They come in the order of their offsets. */
  note({ offset, value, key, timestampMs, dumpedFrom }: ConsumedRecord, start: number): void {
    if (value === null || value.length < leastBytes) return;
    // A table or a dump says more of a record than stands in its bytes.
    if (key !== null || timestampMs !== null || dumpedFrom !== undefined) return;
    const row = columns * this.count++;
    if (row === this.table.length) {
      const longer = new Uint32Array(2 * row);
      longer.set(this.table);
      this.table = longer;
    }
    this.table.set([Number(offset), start, value.length, crc32(value)], row);
  }

  /** The record of an offset, read again; undefined where it has to be looked for. */
  async read(offset: Offset): Promise<ConsumedRecord | undefined> {
    const row = this.rowOf(Number(offset));
    if (row === undefined) return undefined;
    const [, start = 0, length = 0, checksum] = this.table.subarray(row, row + columns);
    const value = await this.bytesAt(start, length, checksum);
    if (value === undefined) return undefined;
    return { topic: this.name, partition: 0, offset, timestampMs: null, key: null, value };
  }

  private rowOf(offset: number): number | undefined {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.table[columns * middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low < this.count && this.table[columns * low] === offset ? columns * low : undefined;
  }

  /** A copy, for a view would keep more in memory; undefined where it can't be read, or is another. */
  private async bytesAt(
    start: number,
    length: number,
    checksum: number | undefined,
  ): Promise<Uint8Array | undefined> {
    const { file } = this;
    const isSmall = length < windowBytes;
    if ('path' in file && !isSmall) {
      const read = await bytesOf(file.path, start, length);
      return read.bytes.length === length && read.checksum === checksum ? read.bytes : undefined;
    }
    const bytes =
      'bytes' in file
        ? file.bytes.slice(start, start + length)
        : await this.inWindow(file.path, start, length);
    return bytes.length === length && crc32(bytes) === checksum ? bytes : undefined;
  }

  private async inWindow(path: string, start: number, length: number): Promise<Uint8Array> {
    const known = this.window;
    const isInside =
      known !== undefined &&
      start >= known.start &&
      start + length <= known.start + known.bytes.length;
    const window = isInside
      ? known
      : { start, bytes: (await bytesOf(path, start, windowBytes)).bytes };
    this.window = window;
    return window.bytes.slice(start - window.start, start - window.start + length);
  }
}

/** With their checksum; fewer where the file ends. */
interface ReadBytes {
  readonly bytes: Uint8Array;
  readonly checksum: number;
}

async function bytesOf(path: string, start: number, length: number): Promise<ReadBytes> {
  const bytes = new Uint8Array(length);
  let read = 0;
  let checksum = 0;
  try {
    const handle = await open(path);
    try {
      const sizes = Array.from({ length: Math.ceil(length / pieceBytes) }, (_, n) =>
        Math.min(pieceBytes, length - n * pieceBytes),
      );
      const pieces = sizes.map((size, n) =>
        handle.read(bytes, n * pieceBytes, size, start + n * pieceBytes).then(
          ({ bytesRead }) => bytesRead,
          // Nothing of it, nor of what is behind it.
          () => 0,
        ),
      );
      for (const [n, size] of sizes.entries()) {
        const added = (await pieces[n]) ?? 0;
        checksum = crc32(bytes.subarray(read, read + added), checksum);
        read += added;
        if (added < size) break;
      }
    } finally {
      await handle.close();
    }
  } catch {
    // It is gone, or may not be read any more: whoever looks for the record says so.
  }
  return { bytes: bytes.subarray(0, read), checksum };
}
