import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasCode } from '../base/hasCode.ts';
import { makeFolder } from './folder.ts';
import type { UnsentRecord } from './recordSender.ts';

const prefix = 'unsent-';
/** A robot that runs each minute while a broker is down must not fill the disk: the oldest go. */
const mostFiles = 50;
/** Two tracers of a process may end within a millisecond, and copies of this library don't know of each other. */
const mostOfOneTime = 100;

/** The folder in which records lie that could not be sent: RPA_TRACE_UNSENT, else one of the system's temporary ones. */
export function unsentFolder(): string {
  return process.env['RPA_TRACE_UNSENT'] || join(tmpdir(), 'rpa-trace');
}

/** Writes the records into a new file of the folder, one a line as the panel opens it; gives its path. */
export function writeUnsent(folder: string, records: readonly UnsentRecord[]): string {
  // Synchronously: this is the last that the process does. For its owner alone: inputs and outputs are in it.
  makeFolder(folder, 0o700);
  removeOldest(folder);
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const text = records.map(({ value }) => `${value}\n`).join('');
  for (let nth = 0; ; nth++) {
    const own = nth === 0 ? '' : `-${String(nth)}`;
    const file = join(folder, `${prefix}${time}-${String(process.pid)}${own}.jsonl`);
    try {
      // Never into one that is there: what it holds was not sent either, and it might be a link that somebody laid.
      writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
      return file;
    } catch (error) {
      if (!hasCode(error, 'EEXIST') || nth === mostOfOneTime) throw error;
    }
  }
}

function removeOldest(folder: string): void {
  // Their names sort by time.
  const files = readdirSync(folder).filter((name) => name.startsWith(prefix));
  const tooMany = files.sort().slice(0, Math.max(0, files.length - mostFiles + 1));
  for (const name of tooMany) rmSync(join(folder, name), { force: true });
}
