/** The shipped engine in a worker thread with a small heap, and more to read than it holds. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { HeapCaution, readCautiously } from '../../src/host/heapCaution.ts';
import type { EngineClient } from '../../src/host/engineClient.ts';
import type { SourceSpec } from '../../src/protocol/sources.ts';
import type { EngineStatus } from '../../src/protocol/status.ts';
import { sampleRecord } from '../support/sampleRecords.ts';
import { engineInWorker, engineSettings } from './engineWorld.ts';
import { ask } from '../../src/protocol/ask.ts';

let folder: string;
const engines: EngineClient[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rpa-trace-heap-'));
});

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(heapMegabytes: number): { engine: EngineClient; lost: string[] } {
  const engine = engineInWorker({ heapMegabytes: () => heapMegabytes });
  engines.push(engine);
  const lost: string[] = [];
  engine.onDidLose(({ detail }) => lost.push(detail));
  return { engine, lost };
}

/** Resolves with the status of the first life that reads its source to the end. */
function ended(engine: EngineClient): Promise<EngineStatus> {
  const { promise, resolve, reject } = Promise.withResolvers<EngineStatus>();
  engine.on('state', ({ state }) => {
    if (state.kind === 'failed') reject(new Error(state.error.detail));
    if (state.kind !== 'ended') return;
    ask(engine, 'status', null).then(resolve, reject);
  });
  return promise;
}

test('messages of 900 KB each, many times the heap, end no engine and are whole when opened', async () => {
  const message = `Traceback (most recent call last):\n${'  File "robot.py", line 1\n'.repeat(36_000)}`;
  const root = JSON.parse(sampleRecord('robot', 0)) as { status: { message: string } };
  const [begin = '', end = ''] = JSON.stringify({
    ...root,
    status: { ...root.status, code: 1, message: 'THE MESSAGE' },
  }).split('"THE MESSAGE"');
  const sid = (JSON.parse(sampleRecord('robot', 0)) as { sid: string }).sid;
  const text = JSON.stringify(message);
  const count = 110;
  const path = join(folder, 'large.jsonl');
  const lines = Array.from({ length: count }, (_, n) =>
    `${begin}${text}${end}\n`.replaceAll(
      sid,
      `spf${String(n).padStart(8, '0')}@hf1a2094e57960009782`,
    ),
  );
  writeFileSync(path, lines.join(''));
  const { engine, lost } = start(48);
  const done = ended(engine);
  engine.start();
  await engine.call('configure', engineSettings({ storeBytes: 128 * 1024 * 1024 }));
  await engine.call('openSource', { spec: { kind: 'files', paths: [path] }, keep: false });
  const status = await done;
  expect(lost).toEqual([]);
  expect(status.storedExecutions).toBe(count);
  expect(status.storedBytes).toBeLessThanOrEqual(128 * 1024 * 1024);
  const key = await engine.call('latest', { scope: { kind: 'all' }, failed: true });
  const content = await ask(engine, 'inspect', { key: key ?? '', row: null });
  expect(content).toMatchObject({ kind: 'execution', summary: { message } });
  // What is told of the heap is told of what the setting limits.
  const { heap } = await ask(engine, 'health', null);
  expect(heap?.mostBytes).toBe(48 * 1024 * 1024);
  expect(heap?.usedBytes).toBeGreaterThan(1024 * 1024);
}, 180_000);

test('a heap that was exhausted twice over the same file holds less of it, and says so', async () => {
  const count = 30_000;
  const path = join(folder, 'many.jsonl');
  const lines = Array.from({ length: count }, (_, n) =>
    `${sampleRecord('robot', n)}\n`.replaceAll('\n', ' '),
  );
  writeFileSync(path, `${lines.join('\n')}\n`);
  const { engine, lost } = start(20);
  const spec: SourceSpec = { kind: 'files', paths: [path] };
  const caution = new HeapCaution();
  engine.onDidLose((detail) => {
    caution.lost(detail, 1_000);
  });
  const storeBytes = 512 * 1024 * 1024;
  // As the session of the host does it in each life.
  engine.onDidStart(() => {
    const less = caution.of(spec, storeBytes);
    const settings = engineSettings({
      storeBytes,
      ...(less === undefined ? {} : { caution: less }),
    });
    engine
      .call('configure', settings)
      .then(() => engine.call('openSource', { spec: readCautiously(spec, less), keep: false }))
      .catch(() => undefined);
  });
  const done = ended(engine);
  engine.start();
  const status = await done;
  expect(lost.length).toBeGreaterThanOrEqual(2);
  expect(lost[0]).toContain('memory');
  expect(status.caution?.maxExecutions).toBeLessThan(20_000);
  expect(status.storedExecutions).toBe(status.caution?.maxExecutions);
}, 180_000);
