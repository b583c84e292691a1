import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { RecordSink, RecordSource, SourceState } from '../../../../src/record/recordSource.ts';
import { createLaterKafkaSource } from '../../../../src/sources/kafka/laterKafkaSource.ts';
import { ManualClock } from '../../../support/manualClock.ts';

/** What the bundle makes. */
const bundle = vi.hoisted(() => ({ make: (): unknown => undefined }));
vi.mock('../../../../src/sources/kafka/kafkaBundle.ts', () => ({
  createKafkaRecordSource: () => bundle.make(),
}));

let calls: string[] = [];
const states: SourceState[] = [];
const sink: RecordSink = {
  onRecords: () => undefined,
  onState: (state) => states.push(state),
  onPartitions: () => undefined,
  onTopicNews: () => undefined,
};

function scripted(): RecordSource {
  const called =
    <Result>(name: string, result: Result) =>
    () => {
      calls.push(name);
      return result;
    };
  return {
    start: called('start', Promise.resolve()),
    pause: called('pause', undefined),
    resume: called('resume', undefined),
    skip: called('skip', true),
    setSkipsDamaged: (skips) => calls.push(`skips ${String(skips)}`),
    readOlder: called('readOlder', Promise.resolve()),
    fetch: called('fetch', Promise.resolve(undefined)),
    stop: called('stop', Promise.resolve()),
    positions: [{ partition: 0, next: '3', high: '5' }],
    readBack: { sinceMs: 1, before: 2 },
  };
}

const position = { topic: 't', partition: 0, offset: '0' };
const create = () =>
  createLaterKafkaSource({
    connection: {
      brokers: ['b:9092'],
      clientId: 'c',
      tls: { enabled: false, rejectUnauthorized: true },
    },
    ...{ topic: 't', start: { kind: 'earliest' }, clock: new ManualClock(), log: () => undefined },
  });

beforeEach(() => {
  calls = [];
  states.length = 0;
  bundle.make = scripted;
});
afterEach(() => {
  vi.resetModules();
});

it('what is asked before the bundle is read holds once it is', async () => {
  const source = create();
  source.pause();
  source.setSkipsDamaged?.(true);
  expect([source.skip?.(position), source.positions, source.readBack]).toEqual([false, [], null]);
  await source.start(sink);
  expect(calls).toEqual(['skips true', 'pause', 'start']);
});

it('what is asked later goes to the source', async () => {
  const source = create();
  await source.start(sink);
  source.pause();
  source.resume();
  expect(source.skip?.(position)).toBe(true);
  expect(source.positions).toEqual([{ partition: 0, next: '3', high: '5' }]);
  expect(source.readBack).toEqual({ sinceMs: 1, before: 2 });
  await source.readOlder?.();
  await source.fetch(position);
  await source.stop();
  expect(calls.slice(1)).toEqual([
    'start',
    'pause',
    'resume',
    'skip',
    'readOlder',
    'fetch',
    'stop',
  ]);
});

it('a source that is stopped before it is read is never started', async () => {
  const source = create();
  const started = source.start(sink);
  await source.stop();
  await started;
  expect(calls).toEqual(['skips false', 'stop']);
});

it('a bundle that can not be read is told as a failure', async () => {
  bundle.make = () => {
    throw new Error('no such file');
  };
  const source = create();
  await source.start(sink);
  await source.stop();
  expect(states).toEqual([
    { kind: 'connecting' },
    { kind: 'failed', error: { reason: 'unknown', detail: 'Error: no such file', subject: 't' } },
  ]);
});
