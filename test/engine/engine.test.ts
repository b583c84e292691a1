/** The engine as a whole, in this process, against a real Apache Kafka. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';

import { RequestError } from '../../src/protocol/packet.ts';
import { sampleBeginMs, sampleRecord, sampleSid } from '../support/sampleRecords.ts';
import { brokerOfAll } from './brokerOfAll.ts';
import { engineInProcess, openTopic, topicSource, wholeList } from './engineWorld.ts';
import type { RunningEngine } from './engineWorld.ts';
import { makeTopic, type Topic } from './kafkaWorld.ts';
import { ask } from '../../src/protocol/ask.ts';

const broker = brokerOfAll();
const engines: RunningEngine[] = [];
const topics: Topic[] = [];

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
  for (const topic of topics.splice(0)) await topic.close();
});

function startEngine(): RunningEngine {
  const engine = engineInProcess();
  engines.push(engine);
  return engine;
}

async function newTopic(partitions = 1): Promise<Topic> {
  const topic = await makeTopic(broker().brokers, partitions);
  topics.push(topic);
  return topic;
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => from + index);
const newestFirst = (from: number, to: number) => range(from, to).map(sampleSid).reverse();
const succeeded = (n: number) => sampleRecord('succeeded', n);

test('how the pipeline is: what came, how far each partition was read, what is kept', async () => {
  const topic = await newTopic(2);
  await topic.send([succeeded(1), succeeded(2), 'nonsense'], { partition: 1 });
  const engine = startEngine();
  const list = await openTopic(engine, broker().brokers, topic.name);
  await list.untilTotal(2);
  const health = () => ask(engine, 'health', null);
  await expect.poll(async () => (await health()).lag).toBe(0);
  await expect.poll(async () => (await health()).rejected).toBe(1);
  expect(await health()).toMatchObject({
    intake: { records: 3, lastMs: expect.any(Number) as number },
    partitions: [
      { partition: 0, next: '0', lag: 0 },
      { partition: 1, next: '3', lag: 0 },
    ],
    ...{ partitionCount: 2, store: { executions: 2 }, otlp: { kind: 'off' } },
  });
});

describe('the list', () => {
  test('shows what was there and what is produced then, newest first', async () => {
    const topic = await newTopic();
    await topic.send([succeeded(1), sampleRecord('failed', 2)]);
    const engine = startEngine();
    const list = await openTopic(engine, broker().brokers, topic.name);
    await list.untilTotal(2);
    await topic.send([succeeded(3)]);
    await list.untilTotal(3);
    expect(list.last?.rows.map(({ sid, outcome, code }) => [sid, outcome, code])).toEqual([
      [sampleSid(3), 'succeeded', 0],
      [sampleSid(2), 'failed', 21_300],
      [sampleSid(1), 'succeeded', 0],
    ]);
    const totals = list.windows.map(({ total }) => total);
    expect(totals).toEqual([...totals].sort((a, b) => a - b));
  });

  test('rows do not move under an anchor; what is newer is counted', async () => {
    const topic = await newTopic();
    await topic.send(range(1, 7).map(succeeded));
    const engine = startEngine();
    const list = await openTopic(engine, broker().brokers, topic.name);
    const { rows } = await list.untilTotal(6);
    const anchor = rows[2]?.key ?? '';
    const query = { ...wholeList, anchor, limit: 2 };
    await list.watch(query);
    const shown = newestFirst(3, 5);
    expect(list.last).toMatchObject({ newer: 2, start: 2, total: 6 });
    expect(list.sids).toEqual(shown);

    await topic.send(range(7, 10).map(succeeded));
    await list.untilTotal(9);
    expect(list.last).toMatchObject({ newer: 5, start: 5, query });
    expect(list.sids).toEqual(shown);
    const above = await ask(engine, 'list', { ...query, offset: -2 });
    expect(above.rows.map(({ sid }) => sid)).toEqual(newestFirst(5, 7));
  });

  test('is silent while the panel is hidden and whole when it is seen again', async () => {
    const topic = await newTopic();
    await topic.send([sampleRecord('failed', 1)]);
    const engine = startEngine();
    const list = await openTopic(engine, broker().brokers, topic.name);
    const { rows } = await list.untilTotal(1);
    const key = rows[0]?.key ?? '';
    const tree = { key, collapsed: [], at: { around: 'failing' }, limit: 20 } as const;
    const watcher = 'a panel';
    await engine.call('watch', { watcher, id: 'l', kind: 'list', query: wholeList });
    await engine.call('watch', { watcher, id: 't', kind: 'tree', query: tree });
    await engine.call('watch', { watcher, id: 's', kind: 'status', query: null });
    await engine.call('setVisible', { watcher, visible: false });
    const heard: string[] = [];
    engine.on('pushed', (pushed) => {
      if (pushed.watcher === watcher) heard.push(pushed.answered.kind);
    });
    await topic.send([succeeded(2)]);
    // The state event, which is for the status bar, tells that the record was taken.
    const status = () => ask(engine, 'status', null);
    await expect.poll(async () => (await status()).storedExecutions, { timeout: 20_000 }).toBe(2);
    // Longer than the slowest of the pulses.
    await delay(400);
    expect(heard).toEqual([]);

    await engine.call('setVisible', { watcher, visible: true });
    await expect.poll(() => [...new Set(heard)].sort()).toEqual(['list', 'status', 'tree']);
    // Another watcher is told all the while.
    expect(list.sids).toEqual(newestFirst(1, 3));
  });

  test('a failure that happens now is told once, a failure of the past is not', async () => {
    const topic = await newTopic();
    await topic.send([sampleRecord('failed', 1)]);
    const engine = startEngine();
    const failed: string[] = [];
    engine.on('failed', ({ row }) => failed.push(row.sid));
    const list = await openTopic(engine, broker().brokers, topic.name);
    await list.untilTotal(1);
    const now = Math.ceil((Date.now() - sampleBeginMs) / 1_000) + 5;
    const record = sampleRecord('failed', now);
    await topic.send([record, record]);
    await list.untilTotal(2);
    await topic.send([succeeded(now + 1)]);
    await list.untilTotal(3);
    expect(failed).toEqual([sampleSid(now)]);
  });
});

test('records that cannot be read are listed with partition and offset', async () => {
  const topic = await newTopic(2);
  await topic.send(['no json', succeeded(1)], { partition: 1 });
  await topic.send(['{"a": 1}'], { partition: 0 });
  const engine = startEngine();
  const list = await openTopic(engine, broker().brokers, topic.name);
  await list.untilTotal(1);
  const rejected = () => engine.call('rejected', { offset: 0, limit: 10 });
  await expect.poll(async () => (await rejected()).total).toBe(2);
  const { rows } = await rejected();
  const listed = rows.map(({ partition, offset, reason, preview }) => [
    ...[partition, offset, reason, preview],
  ]);
  expect(listed.sort()).toEqual([
    [0, '0', 'notATrace', '{"a": 1}'],
    [1, '0', 'notJson', 'no json'],
  ]);
  expect(await ask(engine, 'status', null)).toMatchObject({
    rejected: 2,
    storedExecutions: 1,
  });
  expect(await ask(engine, 'figures', { scope: { kind: 'all' } })).toMatchObject({
    ...{ executions: 1, succeeded: 1 },
  });
});

describe('a payload that left the window', () => {
  /** Three records in a window that holds one. */
  async function crowded(topic: Topic): Promise<{ engine: RunningEngine; keys: string[] }> {
    await topic.send(range(1, 4).map((n) => sampleRecord('failed', n)));
    const engine = startEngine();
    const list = await openTopic(engine, broker().brokers, topic.name, { storeBytes: 18_000 });
    const { rows } = await list.untilTotal(3);
    return { engine, keys: rows.map(({ key }) => key).reverse() };
  }
  const open = (engine: RunningEngine, key = '') =>
    ask(engine, 'tree', { key, collapsed: [], at: { around: 'failing' }, limit: 50 });

  test('is read again from its partition and offset when it is opened', async () => {
    const { engine, keys } = await crowded(await newTopic());
    const status = () => ask(engine, 'status', null);
    expect(await status()).toMatchObject({ storedExecutions: 3, droppedPayloads: 2 });
    const window = await open(engine, keys[0]);
    expect(window).toMatchObject({
      name: '7379450201923928066',
      position: { partition: 0, offset: '0' },
      summary: { sid: sampleSid(1) },
    });
    const focused = window.rows[(window.focus ?? -1) - window.start];
    expect(focused).toMatchObject({ name: '录入ERP', failing: true, status: 'failed' });
    const content = await ask(engine, 'inspect', { key: keys[0] ?? '', row: focused?.key ?? '' });
    expect(content).toMatchObject({ kind: 'node', data: { input: expect.any(Array) as unknown } });
    // What was read again is drawn, and not kept.
    expect(await status()).toMatchObject({ droppedPayloads: 2 });
  });

  test('that the topic deleted meanwhile is missed in words', async () => {
    const topic = await newTopic();
    const { engine, keys } = await crowded(topic);
    const admin = topic.kafka.admin();
    await admin.connect();
    // kafkajs deletes in no topic whose leaders it was not asked for before.
    await admin.fetchTopicOffsets(topic.name);
    await admin.deleteTopicRecords({
      topic: topic.name,
      partitions: [{ partition: 0, offset: '2' }],
    });
    await admin.disconnect();
    const error = await open(engine, keys[0]).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RequestError);
    expect(error).toMatchObject({
      reason: 'notFound',
      message: 'The record is no longer on the topic',
    });
    // The one in the window opens without the topic.
    expect(await open(engine, keys[2])).toMatchObject({ summary: { sid: sampleSid(3) } });
  });
});

test('another source replaces the first; nothing of the first is left', async () => {
  const [first, second] = [await newTopic(), await newTopic()];
  await first.send([succeeded(1), 'no json']);
  await second.send([succeeded(2)]);
  const engine = startEngine();
  const list = await openTopic(engine, broker().brokers, first.name);
  await list.until(({ rows }) => rows[0]?.sid === sampleSid(1));
  const spec = topicSource(broker().brokers, second.name);
  await engine.call('openSource', { spec, keep: false });
  await list.until(({ rows }) => rows[0]?.sid === sampleSid(2));
  await first.send([succeeded(3)]);
  await second.send([succeeded(4)]);
  await list.untilTotal(2);
  expect(list.sids).toEqual([sampleSid(4), sampleSid(2)]);
  expect(await engine.call('rejected', { offset: 0, limit: 10 })).toEqual({
    total: 0,
    listed: 0,
    rows: [],
  });
});
