import { accessSync, constants, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { PastQuestion } from '../analysis/past.ts';
import type { PastNumbers } from '../analysis/pastNumbers.ts';
import type { Span } from '../analysis/spans.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { Milliseconds } from '../trace/execution.ts';
import { HistoryFile, NewerFile } from './historyFile.ts';
import { HistoryNumbers } from './historyNumbers.ts';
import type { HistoryRecord, NamedPast } from './historyRecord.ts';
import type { HistoryLimits, HistorySaid, HistoryState, HistoryTrouble } from './historyState.ts';
import {
  type CallerPast,
  type FoundPast,
  HistorySearch,
  type PastSearch,
} from './historySearch.ts';
import { HistoryStore } from './historyStore.ts';
import { faultOf, type Sqlite } from './sqlite.ts';

/** Another window writes, or a program looks into the file: most are done within a second. */
const soonMs = 250;
/**
 * What then stays locked is said to be: windows that write all the time on a machine that is busy keep each other
 * waiting for a quarter of a minute, and nobody can do anything about it.
 */
const lockedMs = 120_000;
/** What can't be read now is asked for again, so often: five seconds, for which a reader waits. */
const readAgainMs = 100;
const mostReads = 50;
/** Of upkeep, before others have their turn: a second or two of a slow disk. */
const hoursAtOnce = 20;
/** A disk that is full, or can't be written, is asked again. */
const laterMs = 60_000;
/** After the last write: what is read then is rolled up already. */
const idleMs = 3_000;
/** Whoever deletes waits for five seconds. */
const mostTries = 20;
/** While it is written all the time. */
const busyMs = 60_000;

/** What the keeper needs of its world. */
export interface KeeperWorld {
  readonly sqlite: Sqlite | null;
  readonly clock: Clock;
  readonly file: string;
  readonly source: string;
  readonly token: string;
  readonly limits: HistoryLimits;
  /** Whether a folder can be written to; asks the disk itself without it. */
  readonly canWrite?: (folder: string) => boolean;
  /** `floorMs`: of what began before only totals are known. */
  readonly onState: (state: HistoryState, floorMs?: Milliseconds) => void;
  readonly onNews: (news: HistorySaid, detail: string) => void;
}

/** What is written as one, and who waits for it. */
interface Job {
  readonly records: readonly HistoryRecord[];
  readonly subs: readonly NamedPast[];
  /** How many changed; null: they could not be kept. */
  readonly done: (changes: number | null) => void;
}

/**
 * Keeps the history of a source in its file, and survives whatever the disk does: what can't be written now is tried
 * again, what can't be written at all is let go of. Each trouble is told once.
 */
export class HistoryKeeper {
  private readonly world: KeeperWorld;
  private limits: HistoryLimits;
  private file: HistoryFile | undefined;
  private store: HistoryStore | undefined;
  private counted: HistoryNumbers | undefined;
  private searched: HistorySearch | undefined;
  private readonly jobs: Job[] = [];
  private readonly told = new Set<HistorySaid>();
  private retry: Disposable | undefined;
  private upkeep: Disposable | undefined;
  private maintainedMs = 0;
  private lockedSinceMs: Milliseconds | null = null;
  private trouble: HistoryTrouble | null = null;
  private wasDamaged = false;
  private isClosed = false;

  constructor(world: KeeperWorld) {
    this.world = world;
    this.limits = world.limits;
    this.maintainedMs = world.clock.now();
    if (world.sqlite === null) this.fail('unavailable', 'This editor has no SQLite');
    else this.survive(() => this.opened());
  }

  /** Writes them, as soon as it can. At most as many as fit into a transaction. */
  put(job: Job): void {
    if (this.world.sqlite === null || this.isClosed) {
      job.done(null);
      return;
    }
    this.jobs.push(job);
    if (this.retry === undefined || this.isHopeless) this.pump();
  }

  between(
    { fromMs, toMs, most }: Span & { readonly most: number },
    done: (records: readonly HistoryRecord[]) => void,
  ): void {
    this.read(() => this.store?.between(fromMs, toMs, most) ?? [], done, []);
  }

  numbers(question: PastQuestion, done: (numbers: PastNumbers | null) => void): void {
    this.read(() => this.counted?.answer(question) ?? null, done, null);
  }

  find(search: PastSearch, done: (found: FoundPast | null) => void): void {
    this.read(() => this.searched?.find(search) ?? null, done, null);
  }

  under(of: CallerPast, done: (records: readonly HistoryRecord[]) => void): void {
    this.read(() => this.searched?.under(of) ?? [], done, []);
  }

  /** Another window that commits, where SQLite has no log, is no reason to tell numbers of something else. */
  private read<T>(work: () => T, done: (value: T) => void, none: T, tries = mostReads): void {
    const again = () => {
      this.read(work, done, none, tries - 1);
    };
    let value = none;
    try {
      value = work();
    } catch (error) {
      const isLocked = faultOf(error) === 'locked';
      if (isLocked && tries > 0 && !this.isClosed) {
        this.world.clock.after(readAgainMs, again);
        return;
      }
      if (!isLocked) this.refused(error);
    }
    done(value);
  }

  setLimits(limits: HistoryLimits): void {
    this.limits = limits;
    this.survive(() => {
      this.store?.setLimits(limits);
    });
    this.keepUpSoon();
  }

  /** Deletes all that is in the file, and what was set aside of it; where it isn't its turn it tries again for a while. */
  clear(done: (isCleared: boolean) => void, tries = mostTries): void {
    if (this.clearNow()) done(true);
    else if (tries === 0 || this.isHopeless) done(false);
    else {
      this.world.clock.after(soonMs, () => {
        this.clear(done, tries - 1);
      });
    }
  }

  private clearNow(): boolean {
    const { file } = this.world;
    const cleared = this.survive(() => {
      const isCleared = this.store?.clear() === true;
      this.store?.release();
      return isCleared;
    });
    if (cleared !== true) return false;
    removeSetAside(file);
    this.tellState();
    return true;
  }

  /** Writes what is left, if it can at once. */
  close(): void {
    this.retry?.dispose();
    this.upkeep?.dispose();
    this.pump();
    this.retry?.dispose();
    this.upkeep?.dispose();
    this.isClosed = true;
    for (const job of this.jobs.splice(0)) job.done(null);
    this.closeFile();
  }

  private get isHopeless(): boolean {
    return this.trouble !== null && this.trouble !== 'locked';
  }

  private pump(): void {
    this.retry?.dispose();
    this.retry = undefined;
    let isWriting = true;
    while (isWriting && this.jobs.length > 0) isWriting = this.writeNext();
    if (!isWriting) return;
    this.lockedSinceMs = null;
    // Until then another window waits.
    this.survive(() => this.store?.release());
  }

  /** False where it has to be tried again. */
  private writeNext(): boolean {
    const [job] = this.jobs;
    if (job === undefined) return false;
    const turn = this.survive(() => this.opened().put(job.records, job.subs));
    if (turn?.kind === 'done') {
      this.jobs.shift();
      this.recovered();
      job.done(turn.value);
      this.keepUpSoon();
      return true;
    }
    if (turn?.kind === 'othersTurn') this.waitForTurn();
    if (!this.isHopeless) return false;
    // The topic still has them, memory has no room for all of them.
    for (const lost of this.jobs.splice(0)) lost.done(null);
    return false;
  }

  private opened(): HistoryStore {
    if (this.store !== undefined) return this.store;
    const { sqlite, file, source, token, clock } = this.world;
    if (sqlite === null) throw new Error('This editor has no SQLite');
    const now = () => clock.now();
    this.file = HistoryFile.open({
      ...{ sqlite, file, source, token, now, isSuspect: this.wasDamaged },
      onLeftOut: (detail) => {
        this.tell('leftOut', `An execution can't be read: ${detail}`);
      },
    });
    this.wasDamaged = false;
    const { setAside } = this.file.opened;
    if (setAside !== null) this.tell('damaged', `A damaged history was set aside: ${setAside}`);
    this.store = new HistoryStore(this.file, this.limits, now);
    this.counted = new HistoryNumbers(this.store);
    this.searched = new HistorySearch(this.file);
    this.tellState();
    this.keepUpSoon();
    return this.store;
  }

  /** What the disk refuses is no exception here: undefined, and it is tried again where that may help. */
  private survive<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.refused(error);
      return undefined;
    }
  }

  private refused(error: unknown): void {
    const detail = error instanceof Error ? error.message : String(error);
    if (error instanceof NewerFile) {
      this.fail('newer', detail);
      return;
    }
    const fault = faultOf(error);
    switch (fault) {
      case 'locked':
        this.waitForTurn();
        return;
      case 'damaged':
        // Looked at anew: another window may have set it aside already.
        this.reopenSuspect(detail);
        return;
      case 'full':
      case 'readOnly':
        this.fail(fault, detail);
        this.tryAgain(laterMs);
        return;
      case 'cannotOpen':
      case 'other': {
        // What is read with a log writes beside it: on a read-only disk SQLite can't open it at all.
        const { file, canWrite = isWritable } = this.world;
        this.fail(canWrite(dirname(file)) ? 'failed' : 'readOnly', detail);
        this.tryAgain(laterMs);
      }
    }
  }

  private reopenSuspect(detail: string): void {
    const isAgain = this.wasDamaged;
    this.closeFile();
    this.wasDamaged = true;
    if (isAgain) {
      this.fail('failed', detail);
      return;
    }
    this.tryAgain(soonMs);
  }

  private closeFile(): void {
    try {
      this.file?.close();
    } catch {
      // It can't be written, which is why it is closed.
    }
    this.file = undefined;
    this.store = undefined;
    this.counted = undefined;
    this.searched = undefined;
  }

  private waitForTurn(): void {
    const now = this.world.clock.now();
    this.lockedSinceMs ??= now;
    if (now - this.lockedSinceMs > lockedMs)
      this.fail('locked', 'The history has been locked for long');
    this.tryAgain(soonMs);
  }

  private tryAgain(ms: Milliseconds): void {
    if (this.isClosed) return;
    this.retry ??= this.world.clock.after(ms, () => {
      this.retry = undefined;
      const opened = this.survive(() => this.opened());
      if (opened !== undefined) this.pump();
    });
  }

  private recovered(): void {
    this.lockedSinceMs = null;
    if (this.trouble === null) return;
    this.trouble = null;
    this.tellState();
  }

  private fail(trouble: HistoryTrouble, detail: string): void {
    if (this.trouble === trouble) return;
    this.trouble = trouble;
    this.tell(trouble, detail);
    this.tellState();
  }

  private tell(news: HistorySaid, detail: string): void {
    if (this.told.has(news)) return;
    this.told.add(news);
    this.world.onNews(news, detail);
  }

  private tellState(): void {
    const { trouble, store } = this;
    if (trouble !== null) {
      this.world.onState({ kind: trouble });
      return;
    }
    const on = this.survive(
      () =>
        store &&
        ({
          kind: 'on',
          sinceMs: store.sinceMs,
          bytes: store.bytes,
        } as const),
    );
    if (on !== undefined)
      this.world.onState(
        on,
        this.survive(() => store?.floorMs),
      );
  }

  private keepUpSoon(): void {
    if (this.isClosed) return;
    this.upkeep?.dispose();
    const leftMs = this.maintainedMs + busyMs - this.world.clock.now();
    this.upkeep = this.world.clock.after(Math.max(0, Math.min(idleMs, leftMs)), () => {
      this.upkeep = undefined;
      this.keepUp();
    });
  }

  private keepUp(): void {
    this.maintainedMs = this.world.clock.now();
    const how = this.survive(() => this.store?.maintain(hoursAtOnce));
    if (how === undefined || how === 'othersTurn') {
      if (this.store !== undefined && !this.isHopeless) this.keepUpSoon();
      return;
    }
    this.survive(() => this.store?.release());
    if (how === 'done') this.tellState();
    else {
      this.upkeep ??= this.world.clock.after(soonMs, () => {
        this.upkeep = undefined;
        this.keepUp();
      });
    }
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function removeSetAside(file: string): void {
  const prefix = `${basename(file)}.damaged-`;
  for (const name of readdirSync(dirname(file))) {
    if (name.startsWith(prefix)) rmSync(join(dirname(file), name), { force: true });
  }
}
