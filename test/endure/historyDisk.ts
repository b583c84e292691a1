import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { Unavailable } from '../support/unavailable.ts';
import { Count, type Trial } from './trial.ts';

const program = join(import.meta.dirname, 'smallDisk.ts');

/**
 * A disk that is really full and one that is really read-only: a small file system of its own, in a namespace of mounts
 * that only the child has. Linux alone, where one may make such.
 */
export const historyDisk: Trial = {
  name: 'historyDisk',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'rpa-trace-disk-'));
    const count = new Count('a full disk, a read-only one and both over again: survived');
    try {
      const script = 'mount -t tmpfs -o size=2m none "$1" && exec "$2" --no-warnings "$3" "$1"';
      const args = ['-rm', 'sh', '-c', script, 'sh', folder, process.execPath, program];
      const child = spawn('unshare', args, { stdio: ['ignore', 'pipe', 'pipe'] });
      const failed = once(child, 'error').then(([error]) => Promise.reject(error as Error));
      const said: string[] = [];
      const errors: string[] = [];
      createInterface({ input: child.stdout }).on('line', (line) => said.push(line));
      createInterface({ input: child.stderr }).on('line', (line) => errors.push(line));
      await Promise.race([once(child, 'close'), failed]).catch((error: unknown) => {
        throw new Unavailable(`no namespace of mounts here: ${String(error)}`);
      });
      if (said.length === 0) throw new Unavailable(`no small disk here: ${errors.join(' ')}`);
      for (const line of said) count.check(line.startsWith('ok '), line);
      count.check(said.at(-1) === 'ok end', [...said, ...errors].slice(-3).join('; '));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    return [count.tally];
  },
};
