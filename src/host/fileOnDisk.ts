import { open, rename, rm } from 'node:fs/promises';

/** A file that appears whole, or not at all. */
export interface SavedFile {
  append(part: string | Uint8Array): Promise<void>;
  finish(): Promise<void>;
  /** What was written so far goes; a file that stood there before stays as it was. */
  discard(): Promise<void>;
}

/** Writes beside the place, and moves there at the end. */
export async function createFileOnDisk(path: string): Promise<SavedFile> {
  const partial = `${path}.part`;
  const file = await open(partial, 'w');
  return {
    append: (part) => file.appendFile(part),
    finish: async () => {
      await file.close();
      await rename(partial, path);
    },
    discard: async () => {
      await file.close();
      await rm(partial, { force: true });
    },
  };
}
