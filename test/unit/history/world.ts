import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

import type { PastQuestion } from '../../../src/analysis/past.ts';
import type { PastExecution } from '../../../src/analysis/pastExecution.ts';
import type { NumbersAsk } from '../../../src/analysis/pastNumbers.ts';
import { HistoryFile, type Turn } from '../../../src/history/historyFile.ts';
import type { HistoryRecord } from '../../../src/history/historyRecord.ts';
import type { HistoryLimits } from '../../../src/history/historyState.ts';
import { HistoryStore } from '../../../src/history/historyStore.ts';
import { loadSqlite, type Sqlite } from '../../../src/history/sqlite.ts';
import { aPast } from '../../support/pastBuilders.ts';

/** Of the Node that runs the tests; null before 22.13. */
export const sqlite = loadSqlite();

/** A Tuesday, 10:00 UTC. */
export const noonMs = Date.UTC(2026, 5, 16, 10);

/** A folder that is gone after the test. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rpa-trace-history-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A record of the history with what the test cares about. */
export function aKept(
  parts: Partial<PastExecution> = {},
  offset = 0,
  partition = 0,
): HistoryRecord {
  const execution = aPast({ beginMs: noonMs, ...parts });
  return {
    execution,
    position: { partition, offset: String(offset) },
    masks: 'usual',
    isSub: false,
  };
}

/** Executions a minute apart, each of its own. */
export function someKept(count: number, from = 0): readonly HistoryRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const sid = `s${String(from + index)}`;
    const beginMs = noonMs + (from + index) * 60_000;
    return aKept({ sid, key: `workflow/${sid}`, beginMs }, from + index);
  });
}

/** A window with the history open. */
export interface Window {
  readonly file: HistoryFile;
  readonly store: HistoryStore;
  /** Its clock. */
  readonly time: { nowMs: number };
}

/** Opens a file as a window does; it is closed after the test. */
export function openWindow(
  path: string,
  options: {
    readonly token?: string;
    readonly limits?: HistoryLimits;
    readonly time?: { nowMs: number };
    readonly sqlite?: Sqlite;
    readonly isSuspect?: boolean;
  } = {},
): Window {
  const found = options.sqlite ?? sqlite;
  if (found === null) throw new Error('This Node has no SQLite');
  const { token = 'window', time = { nowMs: noonMs }, isSuspect = false } = options;
  const now = () => time.nowMs;
  const file = HistoryFile.open({
    ...{ sqlite: found, file: path, source: 'c/topic', token, now, isSuspect },
  });
  onTestFinished(() => {
    file.close();
  });
  const limits = options.limits ?? { days: 30, megabytes: 200 };
  return { file, time, store: new HistoryStore(file, limits, now) };
}

/** What a transaction gave, where it was this window's turn. */
export function done<T>(turn: Turn<T>): T {
  if (turn.kind !== 'done') throw new Error('It is the turn of another window');
  return turn.value;
}

/** All that there is in numbers, with what the test cares about. */
export function aQuestion(parts: Partial<NumbersAsk> = {}): PastQuestion {
  const span = { fromMs: noonMs, toMs: noonMs + 400 * 86_400_000 };
  return {
    ask: {
      ...{ span, today: span, parts: [span], timeZone: 'UTC', only: null, minutesByHand: {} },
      ...{ bases: [], basesOfToday: [], hoursOfToday: [] },
      ...{ reportsProgress: false, mostRows: 200 },
      ...parts,
    },
    ...{ flows: null, others: [] },
  };
}
