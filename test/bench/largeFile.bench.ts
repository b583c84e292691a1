/**
 * Files as large as people have them, read by the shipped engine in its worker thread: until the first rows are there,
 * until all are, and until what a node got can be shown, by its size.
 */
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { EngineClient } from '../../src/host/engineClient.ts';
import { ask } from '../../src/protocol/ask.ts';
import type { InspectQuery } from '../../src/protocol/inspector.ts';
import { engineInWorker, engineSettings, wholeList } from '../engine/engineWorld.ts';
import { sampleRecord } from '../support/sampleRecords.ts';
import { buildForBench } from './built.ts';
import { heading, note, report } from './report.ts';

const megabyte = 1_000_000;
/** What somebody waits who looks again at once. */
const pauseMs = 5;
const storeBytes = 128 * 1024 * 1024;

await buildForBench();
const folder = await mkdtemp(join(tmpdir(), 'rpa-trace-bench-'));
try {
  const many = await manyRecords(250 * megabyte);
  heading('A file of 250 MB, until its rows are in the list');
  await opened(many, async (engine, beginMs) => {
    report('first rows', await untilSome(engine, beginMs), 'ms', { atMost: 1_000 });
    report('all', await untilAll(engine, beginMs), 'ms', { atMost: 8_000 });
  });
  heading('A record with one large value, alone in a file');
  for (const bytes of [10_000, megabyte, 10 * megabyte, 60 * megabyte]) await ofValue(bytes);
  note(
    'shown: what the engine takes to answer the beginning of what the node got, right behind the tree',
  );
  note('again: a reader has looked at the tree for a while, and the record is prepared');
} finally {
  await rm(folder, { recursive: true });
}

async function ofValue(bytes: number): Promise<void> {
  const size = bytes < megabyte ? `${String(bytes / 1_000)} KB` : `${String(bytes / megabyte)} MB`;
  await opened(await oneRecord(bytes), async (engine, beginMs) => {
    report(`${size}: in the list`, await untilAll(engine, beginMs), 'ms');
    const { rows } = await ask(engine, 'list', wholeList);
    const key = rows[0]?.key ?? '';
    const treeMs = performance.now();
    const at = { around: 'failing' } as const;
    const tree = await ask(engine, 'tree', { key, collapsed: [], at, limit: 200 });
    report(`${size}: its tree`, performance.now() - treeMs, 'ms');
    const row = tree.rows.find(({ failing }) => failing)?.key ?? null;
    const took = async (query: InspectQuery) => {
      const sinceMs = performance.now();
      await ask(engine, 'inspect', query);
      return performance.now() - sinceMs;
    };
    const beginning = { key, row, part: 'beginning' } as const;
    report(`${size}: shown at once`, await took(beginning), 'ms');
    report(`${size}: shown again`, await took(beginning), 'ms');
    report(`${size}: all of it`, await took({ key, row }), 'ms');
  });
}

async function opened(
  path: string,
  measure: (engine: EngineClient, beginMs: number) => Promise<void>,
): Promise<void> {
  const engine = engineInWorker();
  try {
    engine.start();
    await engine.call('configure', engineSettings({ storeBytes }));
    const beginMs = performance.now();
    await engine.call('openSource', { spec: { kind: 'files', paths: [path] }, keep: false });
    await measure(engine, beginMs);
  } finally {
    await engine.close();
  }
}

async function untilSome(engine: EngineClient, beginMs: number): Promise<number> {
  while ((await ask(engine, 'list', { ...wholeList, limit: 60 })).rows.length === 0) await pause();
  return performance.now() - beginMs;
}

async function untilAll(engine: EngineClient, beginMs: number): Promise<number> {
  while ((await ask(engine, 'status', null)).state.kind !== 'ended') await pause();
  return performance.now() - beginMs;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, pauseMs));
}

async function manyRecords(bytes: number): Promise<string> {
  const path = join(folder, 'many.jsonl');
  const file = await open(path, 'w');
  let written = 0;
  for (let n = 0; written < bytes;) {
    const lines = Array.from({ length: 500 }, () =>
      sampleRecord(++n % 3 === 0 ? 'failed' : 'succeeded', n),
    );
    written += (await file.write(`${lines.join('\n')}\n`)).bytesWritten;
  }
  await file.close();
  return path;
}

/** Its failing node got a table: rows of an id, a name, an address, an amount, words and a list. */
async function oneRecord(bytes: number): Promise<string> {
  const root = JSON.parse(sampleRecord('failed', 1)) as {
    trace: { running_status?: boolean; data: { input: unknown } }[];
  };
  const entry = root.trace.find(({ running_status: status }) => status === false);
  if (entry === undefined) throw new Error('The sample has changed');
  const rows: unknown[] = [];
  for (let size = 0; size < bytes; size += 150) {
    const id = rows.length;
    rows.push({
      ...{ id, name: `客户 ${String(id)}`, mail: `user${String(id)}@example.com` },
      ...{ amount: id * 1.25, note: 'Lorem ipsum dolor sit amet, consectetur', tags: ['a', 'b'] },
    });
  }
  entry.data.input = { rows };
  const path = join(folder, `value-${String(bytes)}.jsonl`);
  const file = await open(path, 'w');
  await file.write(`${JSON.stringify(root)}\n`);
  await file.close();
  return path;
}
