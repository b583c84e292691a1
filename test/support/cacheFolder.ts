import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { say } from './say.ts';

/** The folder, outside the repository, that keeps slow set-ups between runs. */
export function cacheRoot(): string {
  const chosen = process.env['RPA_TRACE_CACHE'];
  if (chosen !== undefined && chosen !== '') return chosen;
  const local = process.env['LOCALAPPDATA'];
  if (process.platform === 'win32' && local !== undefined) return join(local, 'rpa-trace');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'rpa-trace');
  const base = process.env['XDG_CACHE_HOME'];
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'rpa-trace');
}

/**
 * The folder `name` of the cache, made by `make` when it is not there yet. The name carries the
 * version of what is in it. It is made aside and renamed, so that an interrupted set-up leaves
 * nothing half done; what `make` writes must not depend on the path of the folder.
 */
export async function cached(
  name: string,
  purpose: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const target = join(cacheRoot(), name);
  if (await exists(target)) return target;
  return oneAtATime(name, async () => {
    if (await exists(target)) return target;
    say(`setting up ${purpose} (once; kept in ${cacheRoot()})`);
    const started = performance.now();
    const draft = await mkdtemp(`${target}.draft-`);
    try {
      await make(draft);
      await rename(draft, target);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
    say(`${purpose}: ready after ${((performance.now() - started) / 1000).toFixed(0)} s`);
    return target;
  });
}

/** Runs what only one process may do at a time, such as a set-up under this name; says once that it has to wait. */
export async function oneAtATime<T>(
  name: string,
  work: () => Promise<T>,
  onWait: () => void = () => undefined,
): Promise<T> {
  await mkdir(cacheRoot(), { recursive: true });
  const unlock = await lock(join(cacheRoot(), `${name}.lock`), onWait);
  try {
    return await work();
  } finally {
    await unlock();
  }
}

/** Two processes that need the same set-up must not both make it; a dead owner's lock is void. */
async function lock(folder: string, onWait: () => void): Promise<() => Promise<void>> {
  const owner = join(folder, 'pid');
  let waits = false;
  for (;;) {
    try {
      await mkdir(folder);
      await writeFile(owner, String(process.pid));
      return () => rm(folder, { recursive: true, force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    if (!(await isOwned(folder, owner))) await rm(folder, { recursive: true, force: true });
    else {
      if (!waits) onWait();
      waits = true;
      await delay(250);
    }
  }
}

async function isOwned(folder: string, owner: string): Promise<boolean> {
  const pid = Number(await readFile(owner, 'utf8').catch(() => ''));
  if (pid === 0) {
    // Its owner writes the number at once; without one after a while, it died in between.
    const made = await stat(folder).catch(() => undefined);
    return made !== undefined && Date.now() - made.mtimeMs < 5000;
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
