/** The engine client over real threads: what the runtime says of each kind of end. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

import { systemClock } from '../../../src/base/systemClock.ts';
import { EngineClient } from '../../../src/host/engineClient.ts';
import { workerThread } from '../../../src/host/engineWorker.ts';
import type { EngineLoss } from '../../../src/protocol/engineLoss.ts';
import { ManualClock } from '../../support/manualClock.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rpa-trace-worker-'));
});

afterAll(() => rm(folder, { recursive: true }));

const listen = `const port = require('node:worker_threads').parentPort;
port.postMessage('listening');
`;
const answer = `port.on('message', (message) => {
  if (message === 'close') process.exit();
  port.postMessage({ kind: 'answer', id: message.id, result: message.id });
});`;

async function bundle(name: string, text: string): Promise<string> {
  const file = join(folder, `${name}.cjs`);
  await writeFile(file, text);
  return file;
}

function clientOf(file: string, clock = systemClock): EngineClient {
  const startWorker = workerThread(file, () => 32);
  const engine = new EngineClient({ startWorker, clock, log: () => undefined });
  onTestFinished(() => engine.close());
  return engine;
}

const nextLoss = (engine: EngineClient) =>
  new Promise<EngineLoss>((resolve) => {
    engine.onDidLose(resolve);
  });

test.each<[EngineLoss['cause'], string, string, RegExp]>([
  [
    'memory',
    'full heap',
    `${listen}const kept = []; for (;;) kept.push(kept.map((_, n) => ({ n })).concat({}));`,
    /memory/,
  ],
  ['notLoaded', 'no syntax', 'this is no JavaScript', /Unexpected|identifier/],
  ['notLoaded', 'missing part', `require('./not-there.cjs');`, /Cannot find module/],
  ['exit', 'exit', `${listen}process.exit(3);`, /^exit code 3$/],
  ['fault', 'uncaught', `${listen}setImmediate(() => { throw new Error('broken'); });`, /^broken$/],
  ['fault', 'rejection', `${listen}void Promise.reject(new Error('broken'));`, /^broken$/],
])('%s: %s', async (cause, name, text, detail) => {
  // Stands still, so that nothing is started again.
  const engine = clientOf(await bundle(name, text), new ManualClock());
  const loss = nextLoss(engine);
  engine.start();
  expect(await loss).toEqual({
    cause,
    detail: expect.stringMatching(detail) as unknown,
    deaths: 1,
    comesBack: true,
  });
});

test('it has the heap that is asked for, and so much room for young objects that V8 keeps no more', async () => {
  const tell = `port.on('message', (message) => {
    const { resourceLimits } = require('node:worker_threads');
    if (message === 'close') process.exit();
    port.postMessage({ kind: 'answer', id: message.id, result: resourceLimits });
  });`;
  const engine = clientOf(await bundle('limits', `${listen}${tell}`));
  await expect(engine.call('closeSource', null)).resolves.toMatchObject({
    maxOldGenerationSizeMb: 32,
    maxYoungGenerationSizeMb: 32,
  });
});

test.each([
  ['there is no such file', () => join(folder, 'none.cjs')],
  ['it is no file for a worker', () => 'engine.js'],
])('notLoaded: %s', async (_, file) => {
  const engine = clientOf(file(), new ManualClock());
  const loss = nextLoss(engine);
  engine.start();
  expect(await loss).toMatchObject({ cause: 'notLoaded', comesBack: true });
});

test('one that dies at each start is started six times, and answers nothing meanwhile', async () => {
  const clock = new ManualClock();
  const engine = clientOf(await bundle('dies', 'process.exit(1);'), clock);
  let starts = 0;
  engine.onDidStart(() => starts++);
  engine.start();
  for (;;) {
    const loss = await nextLoss(engine);
    await expect(engine.call('closeSource', null)).rejects.toMatchObject({ reason: 'engineLost' });
    if (!loss.comesBack) break;
    clock.advance(8_000);
  }
  clock.advance(3_600_000);
  expect(starts).toBe(6);
});

test('one that was killed is back by itself and answers', async () => {
  const engine = clientOf(await bundle('answers', `${listen}${answer}`));
  await expect(engine.call('closeSource', null)).resolves.toBe('h0');
  const again = new Promise((resolve) => {
    engine.onDidStart(resolve);
  });
  await engine.kill();
  expect(engine.isRunning).toBe(false);
  await again;
  await expect(engine.call('closeSource', null)).resolves.toBe('h1');
});
