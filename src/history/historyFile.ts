import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Milliseconds } from '../trace/execution.ts';
import { isProcessGone } from './processGone.ts';
import { migrate, rollBack, schemaVersion, versionOf } from './schema.ts';
import { SharedTexts } from './sharedTexts.ts';
import {
  faultOf,
  hasSafeWal,
  type Sqlite,
  type SqliteDatabase,
  type SqliteStatement,
} from './sqlite.ts';

/** Whoever holds the turn is heard of with each transaction; one that was killed is waited for no longer. */
const beatLivesMs = 10_000;
/** A busy wait blocks the thread: whoever waits for longer tries again instead. */
const busyMs = 100;
/** What is kept of files that were damaged. */
const mostDamaged = 3;
/** What a transaction and its log may need. */
const leastFree = 4 * 1024 * 1024;
const logBytes = 8 * 1024 * 1024;

/** A file of a later version, which is left as it is. */
export class NewerFile extends Error {
  constructor(file: string) {
    super(`${basename(file)} was written by a later version of RPA Trace`);
  }
}

/** What is told of a file when it was opened. */
export interface OpenedFile {
  /** Where a damaged one was set aside, whose place this one took. */
  readonly setAside: string | null;
  readonly usesLog: boolean;
}

/** What stands in the file of itself. */
export interface FileState {
  readonly writer: string | null;
  readonly beat: Milliseconds;
  readonly epoch: number;
  readonly floorMs: Milliseconds;
  readonly zone: string;
}

/** How a transaction went. `othersTurn`: another window writes just now. */
export type Turn<T> =
  { readonly kind: 'done'; readonly value: T } | { readonly kind: 'othersTurn' };

/** One file of the history: opened, checked, and written by one window at a time. */
export class HistoryFile {
  readonly db: SqliteDatabase;
  readonly texts: SharedTexts;
  readonly opened: OpenedFile;
  private readonly file: string;
  private readonly token: string;
  private readonly now: () => Milliseconds;
  private readonly onLeftOut: HistoryFileOptions['onLeftOut'];
  private readonly statements = new Map<string, SqliteStatement>();
  private epoch = 0;
  private closed = false;

  private constructor(options: HistoryFileOptions, db: SqliteDatabase, opened: OpenedFile) {
    this.file = options.file;
    this.token = options.token;
    this.now = options.now;
    this.onLeftOut = options.onLeftOut;
    this.db = db;
    this.opened = opened;
    this.texts = new SharedTexts(db);
    this.epoch = this.state().epoch;
  }

  /** Opens a file, makes it where there is none; throws `NewerFile`, or what SQLite says of one that can't be used. */
  static open(options: HistoryFileOptions): HistoryFile {
    mkdirSync(dirname(options.file), { recursive: true });
    try {
      return HistoryFile.openChecked(options, null);
    } catch (error) {
      if (faultOf(error) !== 'damaged') throw error;
      return HistoryFile.openChecked(options, setAside(options.file, options.now()));
    }
  }

  private static openChecked(options: HistoryFileOptions, aside: string | null): HistoryFile {
    const { sqlite, file, source, now } = options;
    const db = sqlite.open(file);
    try {
      db.exec(`PRAGMA busy_timeout = ${String(busyMs)}`);
      const version = versionOf(db);
      if (version > schemaVersion) throw new NewerFile(file);
      // Before anything is written: a damaged file is kept as it is.
      if (version > 0 && (options.isSuspect === true || wasLeft(db, now()))) check(db);
      // Only before the first table: later it would take writing the file anew.
      if (version === 0) db.exec('PRAGMA auto_vacuum = INCREMENTAL');
      const mode = hasSafeWal(sqlite.version) ? 'WAL' : 'DELETE';
      const usesLog = db.prepare(`PRAGMA journal_mode = ${mode}`).get()?.['journal_mode'] === 'wal';
      // With a log the last moment may be lost with the machine's power, and is read again from the topic.
      if (usesLog) db.exec('PRAGMA synchronous = NORMAL');
      db.exec(`PRAGMA journal_size_limit = ${String(logBytes)}`);
      migrate(db, source);
      return new HistoryFile(options, db, { setAside: aside, usesLog });
    } catch (error) {
      db.close();
      throw error;
    }
  }

  /** Of a row that can't be read: all others can. */
  leftOut(detail: string): void {
    this.onLeftOut?.(detail);
  }

  /** What the file says of itself now. */
  state(): FileState {
    const row = this.sql('SELECT writer, beat, epoch, floor, zone FROM state').get() ?? {};
    return {
      writer: typeof row['writer'] === 'string' ? row['writer'] : null,
      beat: Number(row['beat']),
      epoch: Number(row['epoch']),
      floorMs: Number(row['floor']),
      zone: String(row['zone']),
    };
  }

  /** A statement, compiled once; there are a few dozen. */
  sql(text: string): SqliteStatement {
    let statement = this.statements.get(text);
    if (statement === undefined) {
      statement = this.db.prepare(text);
      this.statements.set(text, statement);
    }
    return statement;
  }

  /**
   * Works in a transaction, if it is this window's turn: it has it from then on, until it lets go or isn't heard of.
   * The turn stands in the file itself, where taking it is one transaction like any other: a lock file of its own would
   * stay behind, and could be taken over by two at once.
   */
  write<T>(work: () => T): Turn<T> {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const { writer, beat, epoch } = this.state();
      const now = this.now();
      // A beat of the future is one of a clock that was set back.
      const isAlive = beat <= now + beatLivesMs && now - beat <= beatLivesMs;
      if (writer !== null && writer !== this.token && isAlive && !isGone(writer)) {
        this.db.exec('ROLLBACK');
        return { kind: 'othersTurn' };
      }
      if (epoch !== this.epoch) this.texts.forget();
      this.epoch = epoch;
      this.sql('UPDATE state SET writer = ?, beat = ?').run(this.token, now);
      const value = work();
      this.db.exec('COMMIT');
      return { kind: 'done', value };
    } catch (error) {
      rollBack(this.db);
      this.texts.forget();
      throw error;
    }
  }

  /** Lets the next one have the turn. */
  release(): void {
    this.sql('UPDATE state SET writer = NULL WHERE writer = ?').run(this.token);
  }

  /** What is read sees no text that was deleted meanwhile. */
  read<T>(work: () => T): T {
    const { epoch } = this.state();
    if (epoch !== this.epoch) this.texts.forget();
    this.epoch = epoch;
    return work();
  }

  pragma(name: 'page_count' | 'freelist_count' | 'page_size' | 'max_page_count'): number {
    return Number(this.sql(`PRAGMA ${name}`).get()?.[name] ?? 0);
  }

  /** What the file takes on the disk, without its log. */
  get bytes(): number {
    return this.pragma('page_count') * this.pragma('page_size');
  }

  /** Whether there is no room on the disk. A quota may not show here; then it counts as the file's own limit. */
  get isDiskFull(): boolean {
    const { bavail, bsize } = statfsSync(dirname(this.file));
    return bavail * bsize < leastFree;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    try {
      this.release();
    } catch {
      // It can't be written: then nothing was.
    }
    this.db.close();
  }
}

/** Whether a window that wrote was killed: one that ends lets go of its turn. */
function wasLeft(db: SqliteDatabase, nowMs: Milliseconds): boolean {
  const { writer, beat } = db.prepare('SELECT writer, beat FROM state').get() ?? {};
  if (typeof writer !== 'string') return false;
  return isGone(writer) || nowMs - Number(beat) > beatLivesMs;
}

/** Throws where the file is damaged. Some 2 ms for each megabyte, so not each time. */
function check(db: SqliteDatabase): void {
  const found = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (found !== 'ok') throw new RangeError(`The history is damaged: ${String(found)}`);
}

/** A name for a window: another one each time, and it tells of which process it is. */
export function newToken(): string {
  return `${String(process.pid)}@${hostname()} ${randomUUID()}`;
}

/** Whether it is known that a window is gone: its process was one of this machine. */
function isGone(token: string): boolean {
  const [, pid, host] = /^(\d+)@(\S+) /.exec(token) ?? [];
  return pid !== undefined && host === hostname() && isProcessGone(Number(pid));
}

/** Which file, and whose. */
export interface HistoryFileOptions {
  readonly sqlite: Sqlite;
  readonly file: string;
  /** Of what: for whoever looks into the file. */
  readonly source: string;
  /** This window's. */
  readonly token: string;
  readonly now: () => Milliseconds;
  /** It was said to be damaged while it was open. */
  readonly isSuspect?: boolean;
  /** Told each time that a row is left out, and why. */
  readonly onLeftOut?: (detail: string) => void;
}

/** The parts of a file: the log and the journal are of no use without it, and it may be of none without them. */
export const parts = ['', '-wal', '-shm', '-journal'];

/** Puts a damaged file out of the way, with all its parts; those set aside longest ago leave. */
function setAside(file: string, nowMs: Milliseconds): string {
  const aside = `${file}.damaged-${new Date(nowMs).toISOString().replace(/\D/g, '')}`;
  for (const part of parts) {
    if (existsSync(file + part)) renameSync(file + part, aside + part);
  }
  const prefix = `${basename(file)}.damaged-`;
  const all = readdirSync(dirname(file)).filter((name) => name.startsWith(prefix));
  const stamps = [...new Set(all.map((name) => name.slice(prefix.length).split('-')[0] ?? ''))];
  for (const stamp of stamps.sort().slice(0, -mostDamaged)) {
    for (const part of parts) rmSync(join(dirname(file), prefix + stamp + part), { force: true });
  }
  return aside;
}
