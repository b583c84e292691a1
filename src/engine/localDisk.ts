import { readFile, stat } from 'node:fs/promises';
import type { Disk } from '../base/disk.ts';
import { hasCode } from '../base/hasCode.ts';

/** The disk of this machine. */
export const localDisk: Disk = {
  readText: async (path, mostBytes) => {
    try {
      const about = await stat(path);
      // A pipe of that name would never end.
      if (!about.isFile()) return { kind: 'missing' };
      if (about.size > mostBytes) return { kind: 'tooLarge', bytes: about.size };
      return { kind: 'text', text: new TextDecoder().decode(await readFile(path)) };
    } catch (error) {
      if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return { kind: 'missing' };
      return { kind: 'unreadable', detail: String(error) };
    }
  },
};
