import type { PastExecution } from '../analysis/pastExecution.ts';
import type { Milliseconds, NodeId } from '../trace/execution.ts';
import type { HistoryFile, Turn } from './historyFile.ts';
import {
  type DatedRecord,
  type HistoryRecord,
  identityOf,
  isDated,
  type NamedPast,
  takesPlaceOf,
} from './historyRecord.ts';
import type { HistoryLimits } from './historyState.ts';
import { packedAsSub, packExecution, unpackExecution } from './packing.ts';
import {
  emptyRollup,
  madeIn,
  mergeRollup,
  packRollup,
  rollUp,
  type Rollup,
  type RollupRow,
  unpackRollup,
} from './rollup.ts';
import { faultOf, type SqliteRow } from './sqlite.ts';

/** More in one transaction would keep other windows waiting for longer than they are patient. */
export const mostInTransaction = 500;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Rolled up by hours for so long, and at least for as long as executions are kept: days are made of them. */
const hourlyDays = 35;
const dailyDays = 400;
/** What room there is for what is let go of, and for what is rolled up, before the hard limit. */
const fullShare = 0.9;
const leftShare = 0.8;
/** Given back at a time. */
const pagesAtATime = 500;

/** The node of a rollup of the flow itself. */
const flowItself = -1;
/** Behind the dictionary's bound all texts are one. */
const otherTexts = 0;

type Level = 'rollup_h' | 'rollup_d';
type RolledUp = Map<string, Map<NodeId | null, Rollup>>;

/** What an open file of the history holds: executions, each once, and what was rolled up of them. */
export class HistoryStore {
  private readonly file: HistoryFile;
  private readonly now: () => Milliseconds;
  private limits: HistoryLimits;

  constructor(file: HistoryFile, limits: HistoryLimits, now: () => Milliseconds) {
    this.file = file;
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
      const { floorMs } = this.file.state();
      const dirty = new Set<number>();
      let changes = 0;
      for (const record of records) {
        // What is older was rolled up, and its hour can't be made anew.
        if (!isDated(record) || record.execution.beginMs < floorMs) continue;
        if (!this.putOne(record)) continue;
        changes++;
        dirty.add(hourOf(record.execution.beginMs));
      }
      for (const { kind, key, beginMs } of subs) {
        if (beginMs === null || !this.putUnder({ kind, key, beginMs })) continue;
        changes++;
        dirty.add(hourOf(beginMs));
      }
      const mark = this.file.sql('INSERT OR IGNORE INTO dirty VALUES (?)');
      for (const hour of dirty) mark.run(hour);
      return changes;
    });
  }

  private putOne(record: DatedRecord): boolean {
    const { beginMs } = record.execution;
    const hash = identityOf(record.execution);
    const row = this.file.sql('SELECT id, body FROM execution WHERE hash = ?').get(hash);
    if (row === undefined) {
      const body = packExecution(record, this.file.texts);
      const insert = 'INSERT INTO execution (hash, begin, body) VALUES (?, ?, ?)';
      this.file.sql(insert).run(hash, beginMs, body);
      return true;
    }
    const known = unpackExecution(bytesOf(row), beginMs, this.file.texts);
    if (!takesPlaceOf(record, known)) return false;
    const body = packExecution(record, this.file.texts);
    this.file.sql('UPDATE execution SET body = ? WHERE id = ?').run(body, Number(row['id']));
    return true;
  }

  /** Its workflow came after it. */
  private putUnder(sub: NamedPast): boolean {
    const row = this.file.sql('SELECT id, body FROM execution WHERE hash = ?').get(identityOf(sub));
    const body = row === undefined ? null : packedAsSub(bytesOf(row));
    if (row === undefined || body === null) return false;
    this.file.sql('UPDATE execution SET body = ? WHERE id = ?').run(body, Number(row['id']));
    return true;
  }

  /**
   * Those that began in a span, its end not included: the newest `most`, in order of their begin. Without those that
   * stand under a workflow: they are counted with it.
   */
  between(fromMs: Milliseconds, toMs: Milliseconds, most: number): readonly DatedRecord[] {
    return this.file.read(() => {
      const select =
        'SELECT begin, body FROM execution WHERE begin >= ? AND begin < ? ORDER BY begin DESC';
      const found: DatedRecord[] = [];
      for (const row of this.file.sql(select).iterate(fromMs, toMs)) {
        if (found.length >= most) break;
        const record = this.unpacked(row);
        if (!record.isSub) found.push(record);
      }
      return found.reverse();
    });
  }

  /** The begin of the earliest execution; null without any. */
  get sinceMs(): Milliseconds | null {
    const since = this.file.sql('SELECT min(begin) AS begin FROM execution').get()?.['begin'];
    return since == null ? null : Number(since);
  }

  get size(): number {
    return Number(this.file.sql('SELECT count(*) AS count FROM execution').get()?.['count']);
  }

  get bytes(): number {
    return this.file.bytes;
  }

  /** By hours, or by days of this zone, those that begin in a span. What changed since is rolled up for the answer. */
  rollups(level: 'hour' | 'day', fromMs: Milliseconds, toMs: Milliseconds): readonly RollupRow[] {
    return this.file.read(() => {
      const table: Level = level === 'hour' ? 'rollup_h' : 'rollup_d';
      const dirty = new Set(this.dirtyHours());
      const stale = level === 'hour' ? dirty : new Set([...dirty].map(dayOf));
      const rows: RollupRow[] = [];
      const select = `SELECT at, flow, node, body FROM ${table} WHERE at >= ? AND at < ?`;
      for (const row of this.file.sql(select).iterate(fromMs, toMs)) {
        const atMs = Number(row['at']);
        if (stale.has(atMs)) continue;
        rows.push({ atMs, ...this.namesOf(row), rollup: unpackRollup(bytesOf(row)) });
      }
      for (const atMs of stale) {
        if (atMs < fromMs || atMs >= toMs) continue;
        const made = level === 'hour' ? this.rolledUp(atMs) : this.dayOfHours(atMs, dirty);
        for (const [flow, nodes] of made) {
          for (const [nodeId, rollup] of nodes) rows.push({ atMs, flow, nodeId, rollup });
        }
      }
      return rows.sort((a, b) => a.atMs - b.atMs);
    });
  }

  /**
   * Rolls up what changed, lets go of what is too old or too much, and gives its room back. Each step is a transaction
   * of its own; false where another window has the turn.
   */
  maintain(): boolean {
    return this.rollUpDirty() && this.prune();
  }

  /** A replaced record marks its hour, which is made anew: nothing is added twice. */
  private rollUpDirty(): boolean {
    const { zone } = this.file.state();
    const zoneNow = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const hours = this.dirtyHours();
    if (hours.length === 0 && zone === zoneNow) return true;
    for (const hour of hours) {
      const turn = this.file.write(() => {
        this.replace('rollup_h', hour, this.rolledUp(hour));
        // Only when its day is made as well it is done.
        this.replaceDay(dayOf(hour), hours, hour);
        this.file.sql('DELETE FROM dirty WHERE hour = ?').run(hour);
      });
      if (turn.kind === 'othersTurn') return false;
    }
    const turn = this.file.write(() => {
      if (zone !== '' && zone !== zoneNow) this.remakeDays();
      this.file.sql('UPDATE state SET zone = ?').run(zoneNow);
    });
    return turn.kind === 'done';
  }

  /** Once for all its hours: with the last of them that changed. */
  private replaceDay(day: Milliseconds, hours: readonly number[], hour: number): void {
    if (hours.some((other) => other > hour && dayOf(other) === day)) return;
    this.makeDay(day);
  }

  /** The reader went to another zone: what is known by hours makes the days there. Older days stay as they were. */
  private remakeDays(): void {
    const first = this.file.sql('SELECT min(at) AS at FROM rollup_h').get()?.['at'];
    if (first == null) return;
    const firstDay = nextDay(dayOf(Number(first)));
    this.file.sql('DELETE FROM rollup_d WHERE at >= ?').run(firstDay);
    for (let day = firstDay; day <= this.now(); day = nextDay(day)) {
      this.makeDay(day);
    }
  }

  private makeDay(day: Milliseconds): void {
    this.replace('rollup_d', day, this.dayOfHours(day));
  }

  /** Of the executions of an hour. */
  private rolledUp(hour: Milliseconds): RolledUp {
    return rollUp(this.executions(hour, hour + hourMs));
  }

  /** Of the hours of a day: not of its executions, which may be gone. Those that changed since are rolled up anew. */
  private dayOfHours(day: Milliseconds, dirty: ReadonlySet<number> = new Set()): RolledUp {
    const flows: RolledUp = new Map();
    const add = (flow: string, nodeId: NodeId | null, rollup: Rollup) => {
      const nodes = madeIn(flows, flow, () => new Map<NodeId | null, Rollup>());
      mergeRollup(madeIn(nodes, nodeId, emptyRollup), rollup);
    };
    const endMs = nextDay(day);
    const select = 'SELECT at, flow, node, body FROM rollup_h WHERE at >= ? AND at < ?';
    for (const row of this.file.sql(select).iterate(day, endMs)) {
      if (dirty.has(Number(row['at']))) continue;
      const { flow, nodeId } = this.namesOf(row);
      add(flow, nodeId, unpackRollup(bytesOf(row)));
    }
    for (const hour of dirty) {
      if (hour < day || hour >= endMs) continue;
      for (const [flow, nodes] of this.rolledUp(hour)) {
        for (const [nodeId, rollup] of nodes) add(flow, nodeId, rollup);
      }
    }
    return flows;
  }

  private replace(table: Level, at: Milliseconds, flows: RolledUp): void {
    this.file.sql(`DELETE FROM ${table} WHERE at = ?`).run(at);
    const byIds = new Map<number, Map<number, Rollup>>();
    const { texts } = this.file;
    for (const [flow, nodes] of flows) {
      const ofFlow = madeIn(byIds, texts.idOf(flow), () => new Map<number, Rollup>());
      for (const [nodeId, rollup] of nodes) {
        const node = nodeId === null ? flowItself : texts.idOf(nodeId);
        mergeRollup(madeIn(ofFlow, node, emptyRollup), rollup);
      }
    }
    const insert = this.file.sql(`INSERT INTO ${table} VALUES (?, ?, ?, ?)`);
    for (const [flow, nodes] of byIds) {
      for (const [node, rollup] of nodes) insert.run(at, flow, node, packRollup(rollup));
    }
  }

  private namesOf(row: SqliteRow): { flow: string; nodeId: NodeId | null } {
    const node = Number(row['node']);
    return {
      flow: this.textOf(Number(row['flow'])),
      nodeId: node === flowItself ? null : this.textOf(node),
    };
  }

  private textOf(id: number): string {
    return id === otherTexts ? '' : this.file.texts.textOf(id);
  }

  private dirtyHours(): readonly number[] {
    const rows = this.file.sql('SELECT hour FROM dirty ORDER BY hour').all();
    return rows.map(({ hour }) => Number(hour));
  }

  private *executions(fromMs: Milliseconds, toMs: Milliseconds): Generator<PastExecution> {
    const select = 'SELECT begin, body FROM execution WHERE begin >= ? AND begin < ?';
    for (const row of this.file.sql(select).iterate(fromMs, toMs)) {
      const { execution, isSub } = this.unpacked(row);
      if (!isSub) yield execution;
    }
  }

  private unpacked(row: SqliteRow): DatedRecord {
    return unpackExecution(bytesOf(row), Number(row['begin']), this.file.texts);
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
    if (!this.deleteRollups('rollup_h', this.now() - hourlyMs)) return false;
    if (!this.deleteRollups('rollup_d', this.now() - dailyDays * dayMs)) return false;
    const isAtLimit = this.usedPages >= this.mostPages * fullShare;
    if (isAtLimit && !this.makeRoom(this.mostPages * leftShare)) return false;
    return this.giveBack();
  }

  /** Whole hours from the oldest on: what is kept of an hour is all of it. Then what was rolled up, finest first. */
  private makeRoom(mostLeft: number): boolean {
    while (this.usedPages > mostLeft) {
      const { sinceMs } = this;
      if (sinceMs !== null) {
        if (!this.letGoBefore(hourOf(sinceMs) + hourMs)) return false;
        continue;
      }
      const table = this.oldestRollup('rollup_h') === null ? 'rollup_d' : 'rollup_h';
      const oldest = this.oldestRollup(table);
      if (oldest === null) return true;
      if (!this.deleteRollups(table, oldest + dayMs)) return false;
    }
    return true;
  }

  /** Nothing that began before is kept or taken any more, but for what was rolled up of it. */
  private letGoBefore(floorMs: Milliseconds): boolean {
    const turn = this.file.write(() => {
      if (floorMs <= this.file.state().floorMs) return;
      const dirty = 'SELECT hour FROM dirty WHERE hour < ?';
      for (const { hour } of this.file.sql(dirty).all(floorMs)) {
        const atMs = Number(hour);
        this.replace('rollup_h', atMs, this.rolledUp(atMs));
        this.makeDay(dayOf(atMs));
      }
      this.file.sql('DELETE FROM dirty WHERE hour < ?').run(floorMs);
      this.file.sql('UPDATE state SET floor = ?').run(floorMs);
    });
    if (turn.kind === 'othersTurn') return false;
    const floor = this.file.state().floorMs;
    const remove =
      'DELETE FROM execution WHERE id IN (SELECT id FROM execution WHERE begin < ? LIMIT ?)';
    return this.inSteps(() => this.file.sql(remove).run(floor, mostInTransaction).changes);
  }

  private deleteRollups(table: Level, beforeMs: Milliseconds): boolean {
    const select = `SELECT at, flow, node FROM ${table} WHERE at < ? LIMIT ?`;
    const remove = this.file.sql(`DELETE FROM ${table} WHERE (at, flow, node) IN (${select})`);
    const first = this.oldestRollup(table);
    if (first === null || first >= beforeMs) return true;
    return this.inSteps(() => remove.run(beforeMs, mostInTransaction).changes);
  }

  private oldestRollup(table: Level): Milliseconds | null {
    const at = this.file.sql(`SELECT min(at) AS at FROM ${table}`).get()?.['at'];
    return at == null ? null : Number(at);
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
      for (const table of ['execution', 'dim', 'dirty', 'rollup_h', 'rollup_d']) {
        this.file.db.exec(`DELETE FROM ${table}`);
      }
      this.file.sql('UPDATE state SET epoch = epoch + 1, floor = 0').run();
      this.file.texts.forget();
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

function hourOf(ms: Milliseconds): Milliseconds {
  return Math.floor(ms / hourMs) * hourMs;
}

/** The begin of the local day that an hour begins in; in zones of half hours an hour belongs to where it begins. */
function dayOf(ms: Milliseconds): Milliseconds {
  return new Date(hourOf(ms)).setHours(0, 0, 0, 0);
}

/** Days have 23 hours, or 25. */
function nextDay(day: Milliseconds): Milliseconds {
  const date = new Date(day);
  return date.setDate(date.getDate() + 1);
}

function bytesOf(row: SqliteRow): Uint8Array {
  const body = row['body'];
  if (!(body instanceof Uint8Array)) throw new RangeError('There are no bytes');
  return body;
}
