import { type FSWatcher, watch } from 'node:fs';
import { appendFile, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readFailures } from '../answers/readFailures.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { hasCode } from '../base/hasCode.ts';
import type { Log } from '../base/log.ts';
import {
  areTextsAlike,
  markToday,
  type WordsOf,
  wordsOfMarks,
  withoutWords,
  withWords,
} from '../problems/markWords.ts';
import {
  isReaderMark,
  mostReaderMarks,
  newestMarks,
  type ReaderMark,
  type ReaderSays,
} from '../problems/problemMark.ts';
import type { SignedWords } from '../problems/signature.ts';
import { isProcessGone } from '../history/processGone.ts';
import { maskOnce } from './maskOnce.ts';

const fileName = 'marks.jsonl';
/** What is said anew stays behind what was said before until there are so many lines: about a megabyte. */
const mostLines = 4 * mostReaderMarks;
/** No more is read, whoever wrote it: the end, where what was said last stands. As much as all that is kept may have. */
const mostBytes = 3 * 1024 * 1024;
/**
 * Ids of flows are of 20 characters, texts of failures of 500, the others that may tell their cause of 1,200, each of which may be
 * escaped. A longer one has no texts.
 */
const longestLine = 6_000;

/** What the file is like that was read. */
interface WhatWasRead {
  readonly isEmpty: boolean;
  /** A line of it is half of one. */
  readonly isTorn: boolean;
  /** There is more of it than has to be kept. */
  readonly isLong: boolean;
  /** A text in it was masked by other rules. */
  readonly isOther: boolean;
}

/** What kept marks need of their world. */
export interface KeptMarksWorld {
  readonly clock: Clock;
  readonly log: Log;
  readonly wordsOf: WordsOf;
  /** A text by the rules of masking of now as well. */
  readonly masked: (text: string) => string;
  /** All that is said by now, the newest at the end. */
  readonly onChange: (marks: readonly ReaderMark[]) => void;
}

/**
 * What the reader said of problems, over restarts and in all windows: one file to which each window adds a line for each
 * thing that is said. Nobody overwrites what another window said meanwhile, and nothing waits for a lock that a killed one
 * left behind. Without a folder it lasts as long as the engine; of executions that are others each time they are played,
 * as long as their source: who plays them anew would read that what is new to him came back.
 */
export class KeptMarks implements Disposable {
  private readonly world: KeptMarksWorld;
  private readonly texts = readFailures();
  /** By the rules of now. */
  private readonly masks = new Map<string, string>();
  private folder: string | undefined;
  private keepsTexts = false;
  private marks: readonly ReaderMark[] = [];
  /** What was said of the source that is read now, where nothing of it is kept; null where it is. */
  private passing: readonly ReaderMark[] | null = null;
  private watcher: FSWatcher | undefined;
  private work: Promise<unknown> = Promise.resolve();
  /** Who wrote last was killed within a line: what is added would be the rest of it. */
  private isCut = false;
  private isDisposed = false;

  constructor(world: KeptMarksWorld) {
    this.world = world;
  }

  /**
   * Where they are kept, from now on, and whether with what failures said, masked: texts are kept where a history is.
   * Without them what is said holds as long as texts are read alike. Resolves when what is there is read.
   */
  async configure(folder: string | undefined, keepsTexts: boolean): Promise<void> {
    this.keepsTexts = keepsTexts;
    if (folder === undefined || folder === this.folder) {
      await this.settled();
      return;
    }
    this.folder = folder;
    this.watcher?.close();
    await this.next(async () => {
      await mkdir(folder, { recursive: true });
      const { isLong, isOther } = await this.read(folder);
      if (isLong || isOther) await this.shorten(folder);
      this.watch(folder);
    });
  }

  /** Another source is read, or the same one anew. */
  sourceOpened(isNewEachTime: boolean): void {
    const before = this.passing ?? this.marks;
    this.passing = isNewEachTime ? [] : null;
    const now = this.passing ?? this.marks;
    if (before.length > 0 || now.length > 0) this.world.onChange(now);
  }

  /** Takes what the reader says; it holds at once, and resolves when it is kept. */
  async say(says: ReaderSays): Promise<void> {
    const atMs = this.world.clock.now();
    const told = withWords(says, atMs, (signature) => this.wordsOf(signature));
    const isShort = JSON.stringify(told).length <= longestLine;
    const mark: ReaderMark = isShort ? told : { ...says, atMs };
    if (this.passing !== null) {
      this.passing = newestMarks([...this.passing, mark]);
      this.world.onChange(this.passing);
      return;
    }
    this.take([mark]);
    const { folder } = this;
    const line = JSON.stringify(mark);
    if (folder === undefined || line.length > longestLine) return;
    // One write to the end of the file: lines of two windows never mix.
    await this.next(() => appendFile(join(folder, fileName), `${this.isCut ? '\n' : ''}${line}\n`));
  }

  /** Keeps what was said without what failures said, in all windows; whether it could. */
  async forgetTexts(): Promise<boolean> {
    const { folder } = this;
    if (folder === undefined) return true;
    return this.next(async () => {
      const { isEmpty } = await this.read(folder);
      this.marks = this.marks.map(withoutWords);
      // Also half a line, and what a later version said, may hold some.
      if (!isEmpty) await this.shorten(folder);
    });
  }

  /** The rules of masking are others: no text is kept by the old ones alone. */
  async maskAgain(): Promise<void> {
    this.masks.clear();
    const again = (marks: readonly ReaderMark[]) =>
      newestMarks(marks.map((mark) => this.today(mark)));
    this.marks = again(this.marks);
    this.passing = this.passing && again(this.passing);
    const now = this.passing ?? this.marks;
    if (now.length > 0) this.world.onChange(now);
    const { folder } = this;
    if (folder === undefined) return;
    await this.next(async () => {
      const { isOther, isTorn } = await this.read(folder);
      if (isOther || isTorn) await this.shorten(folder);
    });
  }

  /** Resolves when all that was said is kept, or could not be. */
  async settled(): Promise<void> {
    await this.work;
  }

  dispose(): void {
    this.isDisposed = true;
    this.watcher?.close();
  }

  /** Whether it could be done. */
  private next(work: () => Promise<unknown>): Promise<boolean> {
    const done = this.work.then(work).then(
      () => true,
      (error: unknown) => {
        this.world.log('warn', `What was said of problems could not be kept: ${String(error)}`);
        return false;
      },
    );
    this.work = done;
    return done;
  }

  /** What it is called today may be of failures that are gone. */
  private wordsOf(signature: string): SignedWords | null {
    if (!this.keepsTexts) return null;
    return this.world.wordsOf(signature) ?? wordsOfMarks(this.marks, signature);
  }

  private take(said: readonly ReaderMark[]): void {
    const marks = newestMarks([...this.marks, ...said]);
    if (JSON.stringify(marks) === JSON.stringify(this.marks)) return;
    this.marks = marks;
    if (this.passing === null) this.world.onChange(marks);
  }

  private async readAndShorten(folder: string): Promise<void> {
    // Rarely enough: what another window adds in this very moment would be lost.
    if ((await this.read(folder)).isLong) await this.shorten(folder);
  }

  /** Adds what all windows said. */
  private async read(folder: string): Promise<WhatWasRead> {
    const { text, isWhole } = await endOf(join(folder, fileName));
    this.isCut = text !== '' && !text.endsWith('\n');
    const lines = text.split('\n');
    // The first may be the rest of one.
    const parsed = lines.slice(isWhole ? 0 : 1).map(parsedLine);
    const said = newestMarks(parsed.filter(isReaderMark));
    const today = said.map((mark) => this.today(mark));
    this.take(today);
    const isOther = said.some((mark, place) => !areTextsAlike(mark, today[place] ?? mark));
    // Where nothing can be read, what stands before it may be all there is.
    const isLong = said.length > 0 && (!isWhole || lines.length > mostLines);
    return { isEmpty: text === '', isTorn: parsed.includes(undefined), isLong, isOther };
  }

  private today(mark: ReaderMark): ReaderMark {
    return markToday(mark, {
      masked: (text) => maskOnce(this.masks, text, this.world.masked),
      reading: this.texts,
    });
  }

  private async shorten(folder: string): Promise<void> {
    // Two windows that start together shorten it both.
    const draft = join(folder, `${fileName}.${String(process.pid)}.draft`);
    await writeFile(draft, this.marks.map((mark) => `${JSON.stringify(mark)}\n`).join(''));
    await rename(draft, join(folder, fileName));
    // Those of windows that were killed meanwhile hold texts, too.
    for (const name of await readdir(folder)) {
      const [, pid] = /^marks\.jsonl\.(\d+)\.draft$/.exec(name) ?? [];
      if (pid !== undefined && isProcessGone(Number(pid))) {
        await rm(join(folder, name), { force: true });
      }
    }
  }

  private watch(folder: string): void {
    if (this.isDisposed) return;
    // Where the system tells of no changes, other windows' are read at the next start.
    try {
      this.watcher = watch(folder, { persistent: false }, () => {
        void this.next(() => this.readAndShorten(folder));
      });
      this.watcher.on('error', () => this.watcher?.close());
    } catch (error) {
      this.world.log('debug', `Nobody tells of changes in ${folder}: ${String(error)}`);
    }
  }
}

/** The end of a file, as far as it is read. */
async function endOf(path: string): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  const file = await open(path).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  });
  if (file === null) return { text: '', isWhole: true };
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - mostBytes);
    const bytes = new Uint8Array(size - from);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
    return { text: new TextDecoder().decode(bytes.subarray(0, bytesRead)), isWhole: from === 0 };
  } finally {
    await file.close();
  }
}

/** Undefined for half a line, which somebody still writes or was killed at. */
function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line === '' ? 'null' : line);
  } catch {
    return undefined;
  }
}
