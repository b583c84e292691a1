import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UnsentRecord } from './recordSender.ts';

const prefix = 'unsent-';
/** A robot that runs each minute while a broker is down must not fill the disk: the oldest go. */
const mostFiles = 50;

/** The folder in which records lie that could not be sent: RPA_TRACE_UNSENT, else one of the system's temporary ones. */
export function unsentFolder(): string {
  return process.env['RPA_TRACE_UNSENT'] || join(tmpdir(), 'rpa-trace');
}

/** Writes the records into a new file of the folder, one a line as the panel opens it; gives its path. */
export function writeUnsent(folder: string, records: readonly UnsentRecord[]): string {
  // Synchronously: this is the last that the process does. For its owner alone: inputs and outputs are in it.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  removeOldest(folder);
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const file = join(folder, `${prefix}${time}-${String(process.pid)}.jsonl`);
  writeFileSync(file, records.map(({ value }) => `${value}\n`).join(''), { mode: 0o600 });
  return file;
}

function removeOldest(folder: string): void {
  // Their names sort by time.
  const files = readdirSync(folder).filter((name) => name.startsWith(prefix));
  const tooMany = files.sort().slice(0, Math.max(0, files.length - mostFiles + 1));
  for (const name of tooMany) rmSync(join(folder, name), { force: true });
}
