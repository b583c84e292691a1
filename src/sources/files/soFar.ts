import * as zlib from 'node:zlib';

import { Decompressed } from '../../compression/decompressed.ts';

/** zlib is given so much at once: of what holds a fault it gives nothing back. */
const givenAtOnce = 1_024;

/** What packed data held: all of it, or what stood before it broke off. */
export interface SoFar {
  readonly content: Uint8Array;
  readonly isWhole: boolean;
}

/** The same of what holds several files: those that are there, the last as far as it is. */
export interface Contents {
  readonly contents: readonly Uint8Array[];
  readonly isWhole: boolean;
}

/** Takes out what stands before the place where data breaks off or is damaged, at most `most` bytes; off this thread. */
export async function inflatedSoFar(
  create: (options: zlib.ZlibOptions) => zlib.Gunzip,
  bytes: Uint8Array,
  most: number,
): Promise<SoFar> {
  const output = new Decompressed(most);
  // Flushed at the end, what breaks off is no fault to zlib.
  const stream = create({ finishFlush: zlib.constants.Z_SYNC_FLUSH });
  let tooMuch: Error | undefined;
  stream.on('data', (chunk: Uint8Array) => {
    try {
      output.add(chunk);
    } catch (error) {
      tooMuch = error as Error;
      stream.destroy();
    }
  });
  const closed = new Promise<void>((resolve) => stream.on('close', resolve));
  // The fault ends it, and is known.
  stream.on('error', () => undefined);
  for (let at = 0; at < bytes.length && !stream.destroyed; at += givenAtOnce) {
    const part = bytes.subarray(at, at + givenAtOnce);
    const taken = new Promise<void>((resolve) => {
      stream.write(part, () => {
        resolve();
      });
    });
    await Promise.race([taken, closed]);
  }
  stream.end();
  await closed;
  if (tooMuch !== undefined) throw tooMuch;
  return { content: output.taken(), isWhole: false };
}
