/**
 * The history on disk: bytes for an execution, times of writing and asking, and what the engine loses by it.
 * `HISTORY_COUNTS="10000"` measures files of other sizes than those of 10,000, 100,000 and a million; empty, none.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { systemClock } from '../../src/base/systemClock.ts';
import { composeEngine } from '../../src/engine/compose.ts';
import type { NumbersAsk } from '../../src/analysis/pastNumbers.ts';
import { basesOf, partsOf, spanOf } from '../../src/analysis/spans.ts';
import { zoneOf } from '../../src/base/zone.ts';
import { HistoryFile, newToken } from '../../src/history/historyFile.ts';
import { HistoryNumbers } from '../../src/history/historyNumbers.ts';
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
const rounds = 20;
const systemZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const sqlite = loadSqlite();
if (sqlite === null) note('This Node has no SQLite.');
else {
  const counts = process.env['HISTORY_COUNTS'] ?? '10000 100000 1000000';
  for (const count of counts.split(' ').filter((text) => text !== ''))
    ofSize(Number(count), sqlite);
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
    let writtenMs = 0;
    for (let at = 0; at < count; at += mostInTransaction) {
      const size = Math.min(mostInTransaction, count - at);
      const records = Array.from({ length: size }, (_, index) =>
        recordOf(at + index, count, fromMs),
      );
      writtenMs += timed(() => store.put(records));
    }
    report('written', count / (writtenMs / 1_000), 'executions/s');
    file.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const executionBytes = file.bytes;
    report('bytes for an execution', executionBytes / count, 'B', { atMost: 240 });
    report(
      'all hours and days rolled up',
      timed(() => store.maintain()),
      'ms',
    );
    file.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    report('file', file.bytes / 1_000_000, 'MB');
    report('of it what was rolled up', (file.bytes - executionBytes) / 1_000_000, 'MB');
    asked(store, fromMs + days * day);
  } finally {
    file.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the numbers view asks for each range: the slowest of nearly all answers. */
function asked(store: HistoryStore, endMs: number): void {
  const numbers = new HistoryNumbers(store);
  const zone = zoneOf(systemZone);
  // As at noon of the last day, so that there is something of each range.
  const nowMs = endMs - day / 2 + 17 * 60_000;
  const known = { nowMs, zone, firstMs: store.sinceMs, lastMs: endMs, isLive: false };
  const flow = [...store.rolledUp.names().keys()].slice(0, 1);
  for (const range of ['hour', 'today', 'day', 'week', 'month', 'all'] as const) {
    for (const flows of [null, flow]) {
      const span = spanOf(range, known);
      const today = spanOf('today', known);
      const parts = partsOf(range, span, zone);
      const ask: NumbersAsk = {
        ...{ span, today, parts, timeZone: systemZone, only: null, minutesByHand: {} },
        ...{ bases: basesOf(range, span), basesOfToday: basesOf('today', today) },
        hoursOfToday: partsOf('today', today, zone),
        ...{ reportsProgress: false, mostRows: 200 },
      };
      const times = Array.from({ length: rounds }, () =>
        timed(() => numbers.answer({ ask, flows, others: [] })),
      );
      const { runs } = numbers.answer({ ask, flows, others: [] });
      const of = flows === null ? 'all flows' : 'one flow';
      const name = `${range}, ${of}, ${runs.toLocaleString('en-US')} runs (p95)`;
      report(name, quantile(times, 0.95), 'ms', { atMost: 200 });
    }
  }
}

function timed(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
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
