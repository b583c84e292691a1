import type { Milliseconds } from '../trace/execution.ts';
import { ExecutionRows } from './executionRows.ts';
import { FlightRows } from './flightRows.ts';
import type { HistoryFile, Turn } from './historyFile.ts';
import type { DatedRecord, HistoryRecord, NamedPast } from './historyRecord.ts';
import type { HistoryLimits } from './historyState.ts';
import { dayMs, hourMs } from '../base/zone.ts';
import { hourOf, type Level } from './hours.ts';
import { RollupRows } from './rollupRows.ts';
import { faultOf } from './sqlite.ts';

/** More in one transaction would keep other windows waiting for longer than they are patient. */
export const mostInTransaction = 500;

/** Rolled up by hours for so long, and at least for as long as executions are kept: days are made of them. */
const hourlyDays = 35;
const dailyDays = 400;
/** What room there is for what is let go of, and for what is rolled up, before the hard limit. */
const fullShare = 0.9;
const leftShare = 0.8;
/** Given back at a time. */
const pagesAtATime = 500;

/** An open file of the history, with what is in it; what is too old or too much is let go of. */
export class HistoryStore {
  readonly file: HistoryFile;
  readonly executions: ExecutionRows;
  readonly flights: FlightRows;
  readonly rolledUp: RollupRows;
  private readonly now: () => Milliseconds;
  private limits: HistoryLimits;

  constructor(file: HistoryFile, limits: HistoryLimits, now: () => Milliseconds) {
    this.file = file;
    this.executions = new ExecutionRows(file);
    this.flights = new FlightRows(file, this.executions);
    this.rolledUp = new RollupRows(file, this.executions, this.flights, now);
    this.now = now;
    this.limits = limits;
    this.setLimits(limits);
  }

  setLimits(limits: HistoryLimits): void {
    this.limits = limits;
    // SQLite sets none below what there is; it is set again when some of that was let go of.
    this.file.db.exec(`PRAGMA max_page_count = ${String(this.mostPages)}`);
  }

  /** Takes at most `mostInTransaction` at once; gives how many were new or took another's place. */
  put(records: readonly HistoryRecord[], subs: readonly NamedPast[] = []): Turn<number> {
    try {
      return this.putNow(records, subs);
    } catch (error) {
      // Of a full disk nothing is let go of: the history would vanish for what others write.
      const isOwnLimit = this.usedPages > this.mostPages / 2 && !this.file.isDiskFull;
      if (faultOf(error) !== 'full' || !isOwnLimit) throw error;
      this.makeRoom(this.usedPages * leftShare);
      return this.putNow(records, subs);
    }
  }

  private putNow(records: readonly HistoryRecord[], subs: readonly NamedPast[]): Turn<number> {
    return this.file.write(() => {
      this.lowerFloor();
      const { changes, hours } = this.executions.put(records, subs);
      this.rolledUp.markDirty(hours);
      return changes;
    });
  }

  between(fromMs: Milliseconds, toMs: Milliseconds, most: number): readonly DatedRecord[] {
    return this.file.read(() => this.executions.between(fromMs, toMs, most));
  }

  /** From when on anything is known, be it of a day alone; null for nothing. */
  get sinceMs(): Milliseconds | null {
    const { sinceMs } = this.executions;
    // What is kept of the first day may have begun later than the day.
    const days = this.rolledUp.oldest('day');
    const isGone = days !== null && days + dayMs + hourMs < (sinceMs ?? Infinity);
    return isGone ? days : sinceMs;
  }

  /** What began before is kept one by one no more. */
  get floorMs(): Milliseconds {
    return this.file.state().floorMs;
  }

  get size(): number {
    return this.executions.size;
  }

  get bytes(): number {
    return this.file.bytes;
  }

  /**
   * Rolls up what changed, lets go of what is too old or too much, and gives its room back. Each step is a transaction
   * of its own; `more` where more hours than that have changed: others may want their turn.
   */
  maintain(mostHours = Infinity): 'done' | 'more' | 'othersTurn' {
    const rolledUp = this.rolledUp.rollUpDirty(mostHours);
    if (rolledUp !== 'done') return rolledUp;
    return this.prune() ? 'done' : 'othersTurn';
  }

  private get mostPages(): number {
    return Math.ceil((this.limits.megabytes * 1_000_000) / this.file.pragma('page_size'));
  }

  private get usedPages(): number {
    return this.file.pragma('page_count') - this.file.pragma('freelist_count');
  }

  /** False where another window has the turn. */
  private prune(): boolean {
    const oldest = hourOf(this.now() - this.limits.days * dayMs);
    if (!this.letGoBefore(oldest)) return false;
    const hourlyMs = Math.max(hourlyDays, this.limits.days + 1) * dayMs;
    if (!this.deleteRollups('hour', this.now() - hourlyMs)) return false;
    if (!this.deleteRollups('day', this.now() - dailyDays * dayMs)) return false;
    const isAtLimit = this.usedPages >= this.mostPages * fullShare;
    if (isAtLimit && !this.makeRoom(this.mostPages * leftShare)) return false;
    return this.giveBack();
  }

  /** Whole hours from the oldest on: what is kept of an hour is all of it. Then what was rolled up, finest first. */
  private makeRoom(mostLeft: number): boolean {
    while (this.usedPages > mostLeft) {
      const { sinceMs } = this.executions;
      if (sinceMs !== null) {
        if (!this.letGoBefore(hourOf(sinceMs) + hourMs)) return false;
        continue;
      }
      const level = this.rolledUp.oldest('hour') === null ? 'day' : 'hour';
      const oldest = this.rolledUp.oldest(level);
      if (oldest === null) return true;
      if (!this.deleteRollups(level, oldest + dayMs)) return false;
    }
    return true;
  }

  /** Nothing that began before is kept or taken any more, but for what was rolled up of it. */
  private letGoBefore(floorMs: Milliseconds): boolean {
    const turn = this.file.write(() => {
      if (floorMs <= this.file.state().floorMs) return;
      this.rolledUp.rollUpBefore(floorMs);
      this.file.sql('UPDATE state SET floor = ?').run(floorMs);
    });
    if (turn.kind === 'othersTurn') return false;
    const floor = this.file.state().floorMs;
    return this.inSteps(() => this.executions.deleteSome(floor, mostInTransaction));
  }

  /** One of the future is of a clock that was ahead: until then nothing would be taken. What was before now stays as it was rolled up. */
  private lowerFloor(): void {
    const now = this.now();
    if (this.floorMs > now + hourMs) this.file.sql('UPDATE state SET floor = ?').run(hourOf(now));
  }

  private deleteRollups(level: Level, beforeMs: Milliseconds): boolean {
    const first = this.rolledUp.oldest(level);
    if (first === null || first >= beforeMs) return true;
    const areGone = this.inSteps(() =>
      this.rolledUp.deleteSome(level, beforeMs, mostInTransaction),
    );
    if (!areGone || level === 'day') return areGone;
    return this.inSteps(() => this.flights.deleteSome(beforeMs, mostInTransaction));
  }

  /** Goes on until a step changes nothing. */
  private inSteps(step: () => number | bigint): boolean {
    for (;;) {
      const turn = this.file.write(step);
      if (turn.kind === 'othersTurn') return false;
      if (Number(turn.value) === 0) return true;
    }
  }

  /** Deleting makes no file smaller; giving back does, page by page. */
  private giveBack(): boolean {
    const isOver = () => this.file.pragma('page_count') > this.mostPages * leftShare;
    const hasMuch = () => this.file.pragma('freelist_count') > pagesAtATime;
    while (this.file.pragma('freelist_count') > 0 && (isOver() || hasMuch())) {
      this.file.db.exec(`PRAGMA incremental_vacuum(${String(pagesAtATime)})`);
    }
    this.file.db.exec(`PRAGMA max_page_count = ${String(this.mostPages)}`);
    return true;
  }

  /** Deletes all that there is, in all windows. */
  clear(): boolean {
    const turn = this.file.write(() => {
      const tables = ['execution', 'dim', 'dirty', 'rollup_h', 'rollup_d', 'named', 'flight'];
      for (const table of tables) this.file.db.exec(`DELETE FROM ${table}`);
      this.file.sql('UPDATE state SET epoch = epoch + 1, floor = 0').run();
      this.file.texts.forget();
      this.rolledUp.forget();
    });
    if (turn.kind === 'othersTurn') return false;
    this.file.db.exec('PRAGMA incremental_vacuum');
    return true;
  }

  /** Another window may write now. */
  release(): void {
    this.file.release();
  }
}
