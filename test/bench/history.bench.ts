/**
 * The history on disk: bytes for an execution, times of writing and asking, and what the engine loses by it.
 * `HISTORY_MILLION=1` asks a million executions as well.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { systemClock } from '../../src/base/systemClock.ts';
import { composeEngine } from '../../src/engine/compose.ts';
import { HistoryFile, newToken } from '../../src/history/historyFile.ts';
import { HistoryStore, mostInTransaction } from '../../src/history/historyStore.ts';
import { HistoryThread } from '../../src/history/historyThread.ts';
import { loadSqlite, type Sqlite } from '../../src/history/sqlite.ts';
import type { RecordSink, RecordSource } from '../../src/record/recordSource.ts';
import { engineSettings, topicSource } from '../engine/engineWorld.ts';
import { aRecord } from '../support/builders.ts';
import {
  manyDays as days,
  manyNodes as nodesOfFlow,
  oneOfMany as recordOf,
} from '../support/manyKept.ts';
import { repositoryRoot } from '../support/paths.ts';
import { mixedRecords } from '../support/sampleRecords.ts';
import { heading, median, note, quantile, report } from './report.ts';

const day = 86_400_000;

const sqlite = loadSqlite();
if (sqlite === null) note('This Node has no SQLite.');
else {
  const counts = [10_000, 100_000, ...(process.env['HISTORY_MILLION'] === '1' ? [1_000_000] : [])];
  for (const count of counts) ofSize(count, sqlite);
  await ingestRatio();
}

function ofSize(count: number, found: Sqlite): void {
  const folder = mkdtempSync(join(tmpdir(), 'rpa-trace-bench-'));
  const now = () => Date.now();
  const fromMs = Math.floor(now() / day) * day - (days - 1) * day;
  const file = HistoryFile.open({
    ...{ sqlite: found, file: join(folder, 'a.db'), source: 'c/t', token: newToken(), now },
  });
  try {
    heading(
      `History: ${count.toLocaleString('en-US')} executions with ${String(nodesOfFlow)} nodes`,
    );
    const store = new HistoryStore(file, { days: days + 1, megabytes: 4_000 }, now);
    const records = Array.from({ length: count }, (_, at) => recordOf(at, count, fromMs));
    let began = performance.now();
    for (let at = 0; at < count; at += mostInTransaction) {
      store.put(records.slice(at, at + mostInTransaction));
    }
    report('written', count / ((performance.now() - began) / 1_000), 'executions/s');
    file.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    report('bytes for an execution, all in', file.bytes / count, 'B', { atMost: 240 });
    began = performance.now();
    store.maintain();
    report('all hours and days rolled up', performance.now() - began, 'ms');
    report('bytes for an execution, with what is rolled up', file.bytes / count, 'B');
    const endMs = fromMs + days * day;
    const rounds = 20;
    const p95 = (ask: () => unknown) => {
      const times = Array.from({ length: rounds }, () => {
        const from = performance.now();
        ask();
        return performance.now() - from;
      });
      return quantile(times, 0.95);
    };
    report(
      '30 days by days (p95)',
      p95(() => store.rollups('day', 0, endMs)),
      'ms',
      { atMost: 200 },
    );
    report(
      'a day by hours (p95)',
      p95(() => store.rollups('hour', endMs - day, endMs)),
      'ms',
      {
        atMost: 200,
      },
    );
    report(
      '30 days by hours (p95)',
      p95(() => store.rollups('hour', 0, endMs)),
      'ms',
    );
    report(
      'the newest 1,000 (p95)',
      p95(() => store.between(0, endMs, 1_000)),
      'ms',
      {
        atMost: 200,
      },
    );
  } finally {
    file.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The rate at which records come into the list, with a history and without, in turn. */
async function ingestRatio(): Promise<void> {
  const count = 10_000;
  const texts = mixedRecords(count);
  heading(`Ingest of ${String(count)} records with a history`);
  const ratios: number[] = [];
  const behind: number[] = [];
  for (let round = -1; round < 5; round++) {
    const [off] = await rateOf(texts, null);
    const folder = mkdtempSync(join(tmpdir(), 'rpa-trace-bench-'));
    const [on, all] = await rateOf(texts, folder);
    rmSync(folder, { recursive: true, force: true });
    if (round < 0) continue;
    ratios.push(on / off);
    behind.push(all);
  }
  report('ratio of with to without', median(ratios), '', { atLeast: 0.95 });
  note(`ratios of the rounds: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}`);
  report('the history has all of it, behind', median(behind), 'executions/s');
}

async function rateOf(
  texts: readonly string[],
  folder: string | null,
): Promise<readonly [number, number]> {
  const encoder = new TextEncoder();
  let sink: RecordSink | undefined;
  const source: RecordSource = {
    start: (given) => {
      sink = given;
      return Promise.resolve();
    },
    pause: () => undefined,
    resume: () => undefined,
    stop: () => Promise.resolve(),
    fetch: () => Promise.resolve(undefined),
  };
  const bundle = join(repositoryRoot, 'src/history/main.ts');
  const engine = composeEngine({
    ...{ clock: systemClock, emit: () => undefined, createSource: () => source },
    startHistory: (place, listener) =>
      new HistoryThread(place, { bundle, clock: systemClock, ...listener }),
  });
  const limits = { days: 36_500, megabytes: 1_000 };
  await engine.handlers.configure(
    engineSettings({
      storeBytes: 128 * 1024 * 1024,
      history: folder === null ? null : { folder, ...limits },
    }),
  );
  await engine.reader.open(topicSource('localhost:1', 'topic'), () => undefined);
  const range = { topic: 'topic', partition: 0, low: '0', high: '0', clusterId: 'c' };
  sink?.onPartitions([range]);
  const began = performance.now();
  for (let at = 0; at < texts.length; at += 100) {
    const batch = texts
      .slice(at, at + 100)
      .map((text, index) =>
        aRecord({ value: encoder.encode(text), offset: String(at + index), topic: 'topic' }),
      );
    await sink?.onRecords(batch);
  }
  const taken = performance.now();
  await engine.feed.settled(60_000);
  const rate = (untilMs: number) => texts.length / ((untilMs - began) / 1_000);
  const rates = [rate(taken), rate(performance.now())] as const;
  await engine.close();
  return rates;
}
