import type { PastExecution } from '../analysis/pastExecution.ts';
import { headMatches, pastMatches, spanOfTerms } from '../query/pastMatch.ts';
import type { Term } from '../query/terms.ts';
import type { Milliseconds } from '../trace/execution.ts';
import type { HistoryFile } from './historyFile.ts';
import type { HistoryRecord } from './historyRecord.ts';
import { headOf, recordOf } from './readRows.ts';
import type { SqliteRow } from './sqlite.ts';

/** Where a search stands: what is behind it was looked at. Newest first. */
export interface SearchPlace {
  readonly beginMs: Milliseconds;
  readonly id: number;
}

/** What is looked for: executions that stand under no workflow. */
export interface PastSearch {
  readonly terms: readonly Term[];
  /** Of these flows alone; null for all. */
  readonly flows: readonly string[] | null;
  /** From here on backwards. */
  readonly from: SearchPlace;
  /** Nothing that began before. */
  readonly downToMs: Milliseconds;
  readonly most: number;
}

/** What a step of a search found. */
export interface FoundPast {
  /** Newest first. */
  readonly records: readonly HistoryRecord[];
  /** Where the next step goes on; null: all was looked at. */
  readonly next: SearchPlace | null;
}

/** A workflow whose services' records are asked for. */
export interface CallerPast extends Pick<PastExecution, 'sid'> {
  readonly beginMs: Milliseconds;
  readonly durationMs: Milliseconds;
}

/** Some 30 ms: what else is asked of the thread waits no longer, and who looks for something else meanwhile needn't wait. */
const rowsOfStep = 5_000;
/** A workflow of a day among hundreds of thousands: what it called is near its begin. */
const mostUnderOne = 20_000;
/** A service's clock may be behind its workflow's. */
const slackMs = 60_000;

/** Looks through what is kept for what a filter asks about, step by step. */
export class HistorySearch {
  private readonly file: HistoryFile;

  constructor(file: HistoryFile) {
    this.file = file;
  }

  find(search: PastSearch): FoundPast {
    return this.file.read(() => this.step(search));
  }

  /** The records of services that stand under a workflow: they have its sid. */
  under({ sid, beginMs, durationMs }: CallerPast): readonly HistoryRecord[] {
    const select =
      'SELECT begin, body FROM execution WHERE begin >= ? AND begin <= ? ORDER BY begin LIMIT ?';
    return this.file.read(() => {
      const found: HistoryRecord[] = [];
      const span = [beginMs - slackMs, beginMs + durationMs + slackMs] as const;
      for (const row of this.file.sql(select).iterate(...span, mostUnderOne)) {
        if (headOf(row, this.file)?.isSub !== true) continue;
        const record = recordOf(row, this.file);
        if (record?.execution.sid === sid) found.push(record);
      }
      return found;
    });
  }

  private step(search: PastSearch): FoundPast {
    const { terms, flows, from, most } = search;
    const wanted = spanOfTerms(terms);
    const downToMs = Math.max(search.downToMs, wanted.fromMs, Number.MIN_SAFE_INTEGER);
    const start = wanted.toMs < from.beginMs ? { beginMs: wanted.toMs, id: Infinity } : from;
    const ofFlows = flows === null ? null : new Set(flows);
    const records: HistoryRecord[] = [];
    let next: SearchPlace | null = null;
    let rows = 0;
    for (const row of this.rows(start, downToMs)) {
      const beginMs = Number(row['begin']);
      next = { beginMs, id: Number(row['id']) };
      rows++;
      const head = headOf(row, this.file);
      const isWanted = head?.isSub === false && (ofFlows === null || ofFlows.has(head.flow));
      if (isWanted && headMatches(head, terms)) {
        const record = recordOf(row, this.file);
        if (record !== null && pastMatches(asMatched(record.execution), terms)) {
          records.push(record);
        }
      }
      if (records.length >= most) return { records, next };
    }
    return { records, next: rows < rowsOfStep ? null : next };
  }

  private rows({ beginMs, id }: SearchPlace, downToMs: Milliseconds): Iterable<SqliteRow> {
    // The index on `begin` has the ids in order as well.
    const select =
      'SELECT id, begin, body FROM execution WHERE begin <= ? AND begin >= ? ' +
      'AND NOT (begin = ? AND id >= ?) ORDER BY begin DESC, id DESC LIMIT ?';
    const largest = Number.MAX_SAFE_INTEGER;
    const [from, before] = [Math.min(beginMs, largest), Math.min(id, largest)];
    return this.file.sql(select).iterate(from, downToMs, from, before, rowsOfStep);
  }
}

/** The same execution as a filter asks about it. */
export function asMatched(execution: PastExecution) {
  return { ...execution, service: serviceOf(execution) };
}

/** A key begins with the service that wrote the record. */
export function serviceOf({ key }: Pick<PastExecution, 'key'>): string {
  return key.slice(0, Math.max(0, key.indexOf('/')));
}
