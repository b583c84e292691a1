import { existsSync, mkdirSync } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasCode } from '../base/hasCode.ts';

/*
 * Level by level, and never `recursive`: where a folder that is there answers ENOENT, as `/proc` does, Node goes up and
 * down again without end, and the robot hangs in it.
 */

/** Makes the folder and those around it; one that is there is left as it is. */
export function makeFolder(folder: string, mode?: number): void {
  for (const isLast of [false, true]) {
    try {
      mkdirSync(folder, mode);
      return;
    } catch (error) {
      // Of a drive on Windows it is said that this is not permitted.
      if (existsSync(folder)) return;
      if (isLast || !lacksParent(error, folder)) throw error;
      makeFolder(dirname(folder), mode);
    }
  }
}

/** The same without holding up the robot: the folder may be on another machine. */
export async function makeFolderLater(folder: string): Promise<void> {
  for (const isLast of [false, true]) {
    try {
      await mkdir(folder);
      return;
    } catch (error) {
      if (await isThere(folder)) return;
      if (isLast || !lacksParent(error, folder)) throw error;
      await makeFolderLater(dirname(folder));
    }
  }
}

function isThere(folder: string): Promise<boolean> {
  return access(folder).then(
    () => true,
    () => false,
  );
}

function lacksParent(error: unknown, folder: string): boolean {
  return hasCode(error, 'ENOENT') && dirname(folder) !== folder;
}
