import type { PastExecution } from '../analysis/pastExecution.ts';
import type { Milliseconds } from '../trace/execution.ts';
import type { HistoryFile } from './historyFile.ts';
import {
  type DatedRecord,
  type HistoryRecord,
  identityOf,
  isDated,
  type NamedPast,
  takesPlaceOf,
} from './historyRecord.ts';
import { hourOf } from './hours.ts';
import { packedAsSub, packExecution } from './packing.ts';
import { type DatedHead, headOf, recordOf } from './readRows.ts';
import { madeIn } from './rollup.ts';
import { bytesOf, type SqliteRow } from './sqlite.ts';

/** What began in a span, as far as counting needs it. */
export type HeadsOf = (fromMs: Milliseconds, toMs: Milliseconds) => Iterable<DatedHead>;

/** The executions in a file of the history, each once. */
export class ExecutionRows {
  private readonly file: HistoryFile;

  constructor(file: HistoryFile) {
    this.file = file;
  }

  /** In a transaction of the caller's: gives how many were new or took another's place, and the hours that are others now. */
  put(
    records: readonly HistoryRecord[],
    subs: readonly NamedPast[],
  ): { readonly changes: number; readonly hours: ReadonlySet<Milliseconds> } {
    const { floorMs } = this.file.state();
    const hours = new Set<Milliseconds>();
    let changes = 0;
    for (const record of records) {
      // What is older was rolled up, and its hour can't be made anew.
      if (!isDated(record) || record.execution.beginMs < floorMs) continue;
      if (!this.putOne(record)) continue;
      changes++;
      hours.add(hourOf(record.execution.beginMs));
    }
    for (const { kind, key, beginMs } of subs) {
      if (beginMs === null || !this.putUnder({ kind, key, beginMs })) continue;
      changes++;
      hours.add(hourOf(beginMs));
    }
    return { changes, hours };
  }

  private putOne(record: DatedRecord): boolean {
    const { beginMs } = record.execution;
    const hash = identityOf(record.execution);
    const row = this.file.sql('SELECT id, begin, body FROM execution WHERE hash = ?').get(hash);
    if (row === undefined) {
      const body = packExecution(record, this.file.texts);
      const insert = 'INSERT INTO execution (hash, begin, body) VALUES (?, ?, ?)';
      this.file.sql(insert).run(hash, beginMs, body);
      return true;
    }
    const known = recordOf(row, this.file);
    if (known !== null && !takesPlaceOf(record, known)) return false;
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

  has(execution: NamedPast): boolean {
    const select = 'SELECT 1 AS one FROM execution WHERE hash = ?';
    return this.file.sql(select).get(identityOf(execution)) !== undefined;
  }

  /**
   * Those that began in a span, its end not included: the newest `most`, in order of their begin. Without those that
   * stand under a workflow: they are counted with it.
   */
  between(fromMs: Milliseconds, toMs: Milliseconds, most: number): readonly DatedRecord[] {
    const select =
      'SELECT begin, body FROM execution WHERE begin >= ? AND begin < ? ORDER BY begin DESC';
    const found: DatedRecord[] = [];
    for (const row of this.file.sql(select).iterate(fromMs, toMs)) {
      if (found.length >= most) break;
      const record = recordOf(row, this.file);
      if (record?.isSub === false) found.push(record);
    }
    return found.reverse();
  }

  /** The same, one after the other. */
  *executions(fromMs: Milliseconds, toMs: Milliseconds): Generator<PastExecution> {
    for (const row of this.rows(fromMs, toMs)) {
      const record = recordOf(row, this.file);
      if (record?.isSub === false) yield record.execution;
    }
  }

  /** The same, as far as counting needs them. */
  *heads(fromMs: Milliseconds, toMs: Milliseconds): Generator<DatedHead> {
    for (const row of this.rows(fromMs, toMs)) {
      const head = headOf(row, this.file);
      if (head?.isSub === false) yield head;
    }
  }

  /** The same for one answer, which asks for the ends of its time again and again. */
  headsOnce(): HeadsOf {
    const known = new Map<string, readonly DatedHead[]>();
    return (fromMs, toMs) =>
      madeIn(known, `${String(fromMs)} ${String(toMs)}`, () => [...this.heads(fromMs, toMs)]);
  }

  /** How many rows a span has, counted up to `most`. */
  count(fromMs: Milliseconds, toMs: Milliseconds, most: number): number {
    const rows = 'SELECT 1 FROM execution WHERE begin >= ? AND begin < ? LIMIT ?';
    const select = this.file.sql(`SELECT count(*) AS count FROM (${rows})`);
    return Number(select.get(fromMs, toMs, most)?.['count']);
  }

  /** The begin of the earliest; null without any. */
  get sinceMs(): Milliseconds | null {
    const since = this.file.sql('SELECT min(begin) AS begin FROM execution').get()?.['begin'];
    return since == null ? null : Number(since);
  }

  get size(): number {
    return Number(this.file.sql('SELECT count(*) AS count FROM execution').get()?.['count']);
  }

  /** Deletes some that began before; gives how many there were. */
  deleteSome(beforeMs: Milliseconds, most: number): number | bigint {
    const some = 'SELECT id FROM execution WHERE begin < ? LIMIT ?';
    return this.file.sql(`DELETE FROM execution WHERE id IN (${some})`).run(beforeMs, most).changes;
  }

  private rows(fromMs: Milliseconds, toMs: Milliseconds): Iterable<SqliteRow> {
    const select =
      'SELECT begin, body FROM execution WHERE begin >= ? AND begin < ? ORDER BY begin, id';
    return this.file.sql(select).iterate(fromMs, toMs);
  }
}
