import { expect, test } from 'vitest';

import { linkedRecord } from '../../../src/answers/linkedRecord.ts';
import type { ConsumedRecord } from '../../../src/record/consumedRecord.ts';
import { recordsOf } from '../../support/fixtures.ts';
import { engineParts, flowFile, fixtures } from '../engine/world.ts';

const [record] = recordsOf(fixtures.failed) as [ConsumedRecord];
const sid = 'spf0001@hf19b2c3d4e5f6';

function world(parts = engineParts()) {
  const fetched: ConsumedRecord[] = [];
  return {
    parts,
    fetched,
    find: (position = { topic: 't', partition: 0, offset: '5' }, given = '') =>
      linkedRecord(
        {
          store: parts.store,
          topic: () => 't',
          fetch: () => Promise.resolve(fetched[0]),
          take: (one) => parts.intake.take([one], 'older'),
        },
        position,
        given,
      ),
  };
}

const there = { ...record, topic: 't', partition: 0, offset: '5' };

test('a record that is in the list is found where it is', async () => {
  const { parts, find } = world();
  await parts.intake.take([there]);
  const key = parts.store.oldestFirst[0]?.summary.key;
  const own = parts.store.oldestFirst[0]?.summary.sid ?? '';
  expect(await find()).toEqual({ kind: 'found', key });
  expect(await find(undefined, own)).toEqual({ kind: 'found', key });
  expect(await find(undefined, sid)).toEqual({ kind: 'otherRecord' });
});

test('a record that is older than what was read is read for it', async () => {
  const { parts, fetched, find } = world();
  fetched.push(there);
  expect(await find()).toMatchObject({ kind: 'found' });
  expect(parts.store.size).toBe(1);
  // It is no news.
  expect(parts.events.some(([name]) => name === 'failed')).toBe(false);
});

test.each<readonly [string, Partial<ConsumedRecord> | null, unknown]>([
  ['that the topic has let go of', null, { kind: 'gone' }],
  ['without a value', { value: null }, { kind: 'gone' }],
  ['that is no execution', { value: new TextEncoder().encode('x') }, { kind: 'unreadable' }],
])('a record %s', async (_, parts, answer) => {
  const { fetched, find } = world();
  if (parts !== null) fetched.push({ ...there, ...parts });
  expect(await find()).toEqual(answer);
});

test('a snapshot leads to what took its place', async () => {
  const { parts, fetched, find } = world();
  const [first, ...rest] = recordsOf(fixtures.snapshots);
  if (first === undefined) throw new Error('no snapshot');
  await parts.intake.take(rest.map((one, at) => ({ ...one, topic: 't', offset: String(at + 6) })));
  fetched.push({ ...first, topic: 't', offset: '5' });
  const { key, sid: own } = parts.store.oldestFirst[0]?.summary ?? { key: '', sid: '' };
  expect(await find(undefined, own)).toEqual({ kind: 'found', key });
});

test('without room for older ones it says so', async () => {
  const parts = engineParts({ maxBytes: 10_000_000, maxExecutions: 1 });
  parts.takeFixture('succeeded');
  parts.takeFixture('robot');
  const { fetched, find } = world(parts);
  fetched.push(there);
  expect(await find()).toEqual({ kind: 'noRoom' });
});

test('another topic, and what is no topic, is another source', async () => {
  const { parts } = world();
  const position = { topic: 't', partition: 0, offset: '5' };
  await parts.opened;
  expect(await parts.handlers.openRecord({ position, sid: '' })).toEqual({ kind: 'otherSource' });
});

test('the engine names flow files once, and masks texts that are saved', async () => {
  const parts = engineParts();
  const { key } = parts.takeFixture('failed');
  const file = flowFile('invoice-entry.yaml');
  await parts.handlers.setFlow(file);
  expect(await parts.handlers.flowsOf({ keys: [key, key, 'gone'] })).toMatchObject([
    { uri: file.uri },
  ]);
  const { text } = await parts.handlers.maskText({ text: 'api_key: sk-4f1c09d2a7b3e8f6a1b2c3d4' });
  expect(text).toMatch(/^api_key: ••••/);
});
