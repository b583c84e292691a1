import type { Admin } from 'kafkajs';
import { expect, test } from 'vitest';
import { createPositions } from '../../../../src/sources/kafka/positions.ts';
import type { TopicLookup } from '../../../../src/sources/kafka/topicIdentity.ts';
import { createTopicLife } from '../../../../src/sources/kafka/topicLife.ts';

const id = (of: string): TopicLookup => ({ kind: 'found', id: of });
const noId: TopicLookup = { kind: 'noId' };
const missing: TopicLookup = { kind: 'missing' };

/** Brokers that answer this, with a partition that ends at `high` and whose first younger record is at `younger`. */
function sight(found: TopicLookup, high = '0', younger = high) {
  const admin = {
    fetchTopicOffsets: () => Promise.resolve([{ partition: 0, offset: high, high, low: '0' }]),
    fetchTopicOffsetsByTimestamp: () => Promise.resolve([{ partition: 0, offset: younger }]),
  };
  const identity = { lookUp: () => Promise.resolve(found), close: () => Promise.resolve() };
  return { identity, admin: admin as unknown as Admin };
}

/** Positions after reading from one offset to another. */
function readFromTo(from: string, to: string) {
  const positions = createPositions();
  const rest = { topic: 't', partition: 0, timestampMs: 1_000, key: null, value: null };
  positions.took([
    { ...rest, offset: from },
    { ...rest, offset: to },
  ]);
  return positions;
}

test.each<[string, readonly TopicLookup[], string]>([
  ['the same id', [id('a'), id('a')], 'same'],
  ['another id', [id('a'), id('b')], 'anew'],
  ['no topic any more', [id('a'), missing], 'missing'],
  ['a broker that is behind and tells of the topic before', [id('a'), id('b'), id('a')], 'same'],
  ['made anew twice', [id('a'), id('b'), id('c')], 'anew'],
])('%s', async (_name, answers, expected) => {
  const life = createTopicLife('t');
  const kinds: string[] = [];
  for (const answer of answers) {
    const look = await life.look(sight(answer), createPositions());
    kinds.push(look.kind);
    if (look.kind !== 'missing') life.settle(look);
  }
  expect(kinds.at(-1)).toBe(expected);
});

test('another id is told until reading is placed in it', async () => {
  const life = createTopicLife('t');
  life.settle(await life.look(sight(id('a')), createPositions()));
  const look = () => life.look(sight(id('b')), createPositions());
  expect([(await look()).kind, (await look()).kind]).toEqual(['anew', 'anew']);
  life.settle(await look());
  expect((await look()).kind).toBe('same');
});

test.each([id('a'), noId])('a topic that was waited for is new to us', async (found) => {
  const life = createTopicLife('t');
  life.noteMissing();
  const look = await life.look(sight(found), createPositions());
  expect(look.kind).toBe('anew');
  life.settle(look);
  expect((await life.look(sight(found), createPositions())).kind).toBe('same');
});

test('one that was missing for a moment and is back with its id is the same', async () => {
  const life = createTopicLife('t');
  life.settle(await life.look(sight(id('a')), createPositions()));
  life.noteMissing();
  expect((await life.look(sight(id('a')), createPositions())).kind).toBe('same');
});

test.each<[string, [string, string], [string, string], string]>([
  ['nothing younger', ['10', '19'], ['20', '20'], 'same'],
  ['younger ones behind what was read', ['10', '19'], ['40', '20'], 'same'],
  ['a younger one among those that were read', ['10', '19'], ['40', '12'], 'anew'],
  ['the very first is younger', ['10', '19'], ['40', '0'], 'anew'],
  [
    'a younger one before those that were read: a clock that went ahead',
    ['10', '19'],
    ['40', '5'],
    'same',
  ],
  ['it ends before', ['10', '19'], ['8', '8'], 'anew'],
])(
  'where brokers have no ids, times tell: %s',
  async (_name, [from, to], [high, younger], expected) => {
    const life = createTopicLife('t');
    life.settle(await life.look(sight(noId), createPositions()));
    const look = await life.look(sight(noId, high, younger), readFromTo(from, to));
    expect(look.kind).toBe(expected);
  },
);
