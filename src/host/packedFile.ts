import { once } from 'node:events';
import { createGzip } from 'node:zlib';
import type { SavedFile } from './fileOnDisk.ts';

/** A file that is packed while it is written. The same content gives the same bytes: it may be kept in git. */
export function packedFile(file: SavedFile): SavedFile {
  const gzip = createGzip();
  let parts: Buffer[] = [];
  gzip.on('data', (part: Buffer) => {
    parts.push(part);
  });
  const flush = async () => {
    const ready = parts;
    parts = [];
    if (ready.length > 0) await file.append(Buffer.concat(ready));
  };
  return {
    append: async (part) => {
      await new Promise<void>((resolve, reject) => {
        gzip.write(part, (error) => {
          if (error == null) resolve();
          else reject(error);
        });
      });
      await flush();
    },
    finish: async () => {
      const ended = once(gzip, 'end');
      gzip.end();
      await ended;
      await flush();
      await file.finish();
    },
    discard: async () => {
      gzip.destroy();
      await file.discard();
    },
  };
}
