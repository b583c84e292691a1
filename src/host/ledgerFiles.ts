import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../base/hasCode.ts';
import { type LedgerData, mergeLedgers, readLedger } from '../metrics/ledgerData.ts';
import type { Log } from '../base/log.ts';

/** What was left half written by a window that was killed is let go after so long. */
const draftsLiveMs = 86_400_000;
/** Reading starts over where a file was taken over meanwhile; as often as windows could hardly open at once. */
const mostTries = 20;

/**
 * What all windows counted, in a folder that they share. Each writes a file of its own, and reads all: VS Code hands a
 * global state that one window changed to no other that runs, and one file for all would need a lock that
 * stays behind when a window is killed. Files of windows before it are taken over by the next that reads.
 */
export class LedgerFiles {
  private readonly folder: string;
  private readonly log: Log;
  private readonly id = randomUUID();
  private own: LedgerData = {};
  private drafts = 0;
  private tookOver: Promise<void> | undefined;
  private writing: Promise<void> | undefined;
  private isDirty = false;

  constructor(folder: string, log: Log) {
    this.folder = folder;
    this.log = log;
  }

  /** What this window and all others counted until now. */
  async read(): Promise<LedgerData> {
    try {
      await mkdir(this.folder, { recursive: true });
      // Once: the names that it gives would overwrite those of the first time. What stays is read where it is.
      this.tookOver ??= this.takeOver().catch((error: unknown) => {
        this.log('warn', `What was counted before could not be taken over: ${String(error)}`);
      });
      await this.tookOver;
      this.own = mergeLedgers(this.own, await this.readAll());
    } catch (error) {
      this.log('warn', `What was counted before could not be read: ${String(error)}`);
    }
    return this.own;
  }

  /** Adds what this window counted; what comes while it is written is written next, at once. */
  keep(data: LedgerData): void {
    this.own = mergeLedgers(this.own, data);
    this.isDirty = true;
    this.writing ??= this.writeOn();
  }

  /** Resolves when all that was kept is on the disk, or could not be written. */
  async settled(): Promise<void> {
    await this.writing;
  }

  private async writeOn(): Promise<void> {
    try {
      while (this.isDirty) {
        this.isDirty = false;
        await this.write();
      }
    } catch (error) {
      // The next export tries again, with all that was counted until then.
      this.log('warn', `What was counted could not be kept: ${String(error)}`);
    } finally {
      this.writing = undefined;
    }
  }

  /** Whole or not at all, also for who reads it at this moment. */
  private async write(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const draft = join(this.folder, `${this.id}-${String(this.drafts++)}.draft`);
    await writeFile(draft, JSON.stringify(this.own));
    await rename(draft, join(this.folder, `${this.id}.json`));
  }

  /**
   * Makes one file of all. A file is renamed before it is read, so that what its window writes meanwhile is a new one,
   * and goes when its content stands in ours: whoever reads finds it in one of them.
   */
  private async takeOver(): Promise<void> {
    const taken: string[] = [];
    for (const [at, name] of (await readdir(this.folder)).entries()) {
      const file = join(this.folder, name);
      if (name.endsWith('.draft')) {
        await removeOld(file);
      } else if (name.endsWith('.json') && !name.startsWith(this.id)) {
        const to = join(this.folder, `${this.id}-${String(at)}.json`);
        if (await isMoved(file, to)) taken.push(to);
      }
    }
    const read: string[] = [];
    for (const file of taken) {
      const ledger = await this.readOne(file);
      if (typeof ledger === 'string') continue;
      this.own = mergeLedgers(this.own, ledger);
      read.push(file);
    }
    if (read.length === 0) return;
    await this.write();
    await Promise.all(read.map((file) => rm(file, { force: true })));
  }

  private async readAll(): Promise<LedgerData> {
    let found: readonly (LedgerData | 'gone' | 'unreadable')[] = [];
    for (let tries = 0; tries < mostTries; tries++) {
      const names = (await readdir(this.folder)).filter((name) => name.endsWith('.json'));
      found = await Promise.all(names.map((name) => this.readOne(join(this.folder, name))));
      // One that was gone stands in another by now.
      if (!found.includes('gone')) break;
    }
    return mergeLedgers(...found.filter((ledger) => typeof ledger !== 'string'));
  }

  /** A broken file holds nothing. One that can't be read now stays where it is, and takes no other along. */
  private async readOne(file: string): Promise<LedgerData | 'gone' | 'unreadable'> {
    try {
      return readLedger(JSON.parse(await readFile(file, 'utf8')));
    } catch (error) {
      if (error instanceof SyntaxError) return {};
      if (hasCode(error, 'ENOENT')) return 'gone';
      this.log('warn', `What was counted before could not be read: ${String(error)}`);
      return 'unreadable';
    }
  }
}

/** False where another window took it first, or something holds it: then it is read where it stays. */
async function isMoved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch {
    return false;
  }
}

async function removeOld(draft: string): Promise<void> {
  const written = await stat(draft).catch(() => undefined);
  if (!written || Date.now() - written.mtimeMs <= draftsLiveMs) return;
  // One that something holds is let go another day.
  await rm(draft, { force: true }).catch(() => undefined);
}
