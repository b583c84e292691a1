import { readFile } from 'node:fs/promises';

import { canRun, run } from './childProcess.ts';
import { say } from './say.ts';

/**
 * Installs Debian packages where that can be done unasked: as root on a Debian-like system, which
 * is a container or a throw-away machine, never somebody's desktop. Says whether it did.
 */
export async function installDebianPackages(names: readonly string[]): Promise<boolean> {
  if (process.getuid?.() !== 0 || !(await isDebianLike()) || !(await canRun('apt-get')))
    return false;
  say(`installing ${names.join(', ')} (apt-get)`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('apt-get', ['update', '-qq'], { env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { env });
    return true;
  } catch (error) {
    say(`apt-get did not succeed: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

async function isDebianLike(): Promise<boolean> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^(?:ID|ID_LIKE)=.*(?:debian|ubuntu)/m.test(release);
}
