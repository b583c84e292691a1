import { describe, expect, test } from 'vitest';
import { Ledger } from '../../../src/metrics/ledger.ts';
import {
  type CountedTopic,
  type LedgerData,
  mergeLedgers,
  mostTopics,
  readLedger,
} from '../../../src/metrics/ledgerData.ts';

const at = (offset: string, partition = 0, topic = 'c/t') => ({ topic, partition, offset });
const counted = (next: CountedTopic['next'], parts: Partial<CountedTopic> = {}): CountedTopic => ({
  anew: 0,
  seenMs: 0,
  next,
  ...parts,
});

describe('a ledger', () => {
  test('gives each record a mark once, over a restart too', () => {
    const ledger = new Ledger();
    expect(ledger.take(at('5'), 7)).toEqual({ topic: 'c/t', anew: 0, partition: 0, next: '6' });
    expect(ledger.take(at('5'), 7)).toBeUndefined();
    expect(ledger.take(at('5', 1), 7)).toBeDefined();
    expect(ledger.toData()).toEqual({ 'c/t': counted({ 0: '6', 1: '6' }, { seenMs: 7 }) });
    const later = new Ledger(ledger.toData());
    expect(later.take(at('4'), 8)).toBeUndefined();
    expect(later.take(at('6'), 8)).toBeDefined();
  });

  test('keeps clusters apart', () => {
    const ledger = new Ledger({ 'c/t': counted({ 0: '9' }) });
    expect(ledger.take(at('3', 0, 'd/t'), 1)).toBeDefined();
    expect(ledger.take(at('8'), 1)).toBeUndefined();
  });

  test('compares offsets beyond 2^53', () => {
    const ledger = new Ledger({ 'c/t': counted({ 0: '9007199254740993' }) });
    expect(ledger.take(at('9007199254740992'), 0)).toBeUndefined();
    expect(ledger.take(at('9007199254740993'), 0)).toBeDefined();
  });

  test('moves on to a mark, never back', () => {
    const ledger = new Ledger({ 'c/t': counted({ 0: '5' }) });
    ledger.enter({ topic: 'c/t', anew: 0, partition: 0, next: '3' }, 1);
    expect(ledger.toData()['c/t']?.next).toEqual({ 0: '5' });
    ledger.enter({ topic: 'c/t', anew: 0, partition: 0, next: '7' }, 1);
    expect(ledger.toData()['c/t']?.next).toEqual({ 0: '7' });
  });

  test('starts over with a topic that was made anew, and takes no mark of the old one', () => {
    const ledger = new Ledger({ 'c/t': counted({ 0: '100', 1: '8' }) });
    const old = ledger.take(at('100'), 1);
    expect(ledger.isBeyond(at('3'))).toBe(true);
    expect(ledger.isBeyond(at('101'))).toBe(false);
    expect(ledger.forget('c/t')).toBe(1);
    expect(ledger.take(at('0'), 2)).toMatchObject({ anew: 1 });
    if (old !== undefined) ledger.enter(old, 3);
    expect(ledger.toData()).toEqual({ 'c/t': counted({ 0: '1' }, { anew: 1, seenMs: 2 }) });
  });

  test('a mark of the new topic replaces what was counted of the old one', () => {
    const ledger = new Ledger({ 'c/t': counted({ 0: '100', 1: '8' }) });
    ledger.enter({ topic: 'c/t', anew: 1, partition: 0, next: '4' }, 1);
    expect(ledger.toData()).toEqual({ 'c/t': counted({ 0: '4' }, { anew: 1, seenMs: 1 }) });
  });

  test('has nothing to forget of a topic that it does not know', () => {
    const ledger = new Ledger();
    expect(ledger.forget('c/t')).toBeUndefined();
    expect(ledger.see('c/t', 1)).toBe(false);
    expect(ledger.toData()).toEqual({});
  });

  test('lets the topic go that was not seen for the longest time, however long ago it came', () => {
    const ledger = new Ledger();
    for (let n = 0; n < mostTopics; n++) ledger.take(at('0', 0, `c/${String(n)}`), n);
    ledger.see('c/0', mostTopics);
    ledger.take(at('0', 0, 'c/new'), mostTopics + 1);
    const names = Object.keys(ledger.toData());
    expect(names).toHaveLength(mostTopics);
    expect(names).toContain('c/0');
    expect(names).toContain('c/new');
    expect(names).not.toContain('c/1');
  });
});

describe('ledgers of several windows', () => {
  test.each<[string, LedgerData, LedgerData, LedgerData]>([
    ['of nothing', {}, {}, {}],
    [
      'of different topics: both',
      { 'c/t': counted({ 0: '1' }) },
      { 'c/u': counted({ 0: '2' }) },
      { 'c/t': counted({ 0: '1' }), 'c/u': counted({ 0: '2' }) },
    ],
    [
      'of one topic: of each partition the later offset, as a number',
      { 'c/t': counted({ 0: '9', 1: '10', 2: '3' }, { seenMs: 5 }) },
      { 'c/t': counted({ 0: '10', 1: '9', 3: '4' }, { seenMs: 4 }) },
      { 'c/t': counted({ 0: '10', 1: '10', 2: '3', 3: '4' }, { seenMs: 5 }) },
    ],
    [
      'of a topic and the one it was made anew as: the new one',
      { 'c/t': counted({ 0: '100', 1: '100' }, { seenMs: 9 }) },
      { 'c/t': counted({ 0: '2' }, { anew: 1, seenMs: 8 }) },
      { 'c/t': counted({ 0: '2' }, { anew: 1, seenMs: 9 }) },
    ],
  ])('%s', (_, a, b, both) => {
    expect(mergeLedgers(a, b)).toEqual(both);
    expect(mergeLedgers(b, a)).toEqual(both);
    expect(mergeLedgers(a, b, b, a, both)).toEqual(both);
  });

  test('hold no more topics than one', () => {
    const many = (cluster: string, from: number) =>
      Object.fromEntries(
        Array.from({ length: mostTopics }, (_, n) => [
          `${cluster}/${String(n)}`,
          counted({ 0: '1' }, { seenMs: from + n }),
        ]),
      );
    const names = Object.keys(mergeLedgers(many('a', 0), many('b', 1)));
    expect(names).toHaveLength(mostTopics);
    expect(names).not.toContain('a/0');
    expect(names).toContain(`a/${String(mostTopics - 1)}`);
  });
});

test.each<[string, unknown, LedgerData]>([
  ['no object', [1], {}],
  ['null', null, {}],
  ['offsets as an older version kept them', { 't/0': '5' }, {}],
  ['a topic without its times', { 'c/t': { next: { 0: '5' } } }, {}],
  [
    'a broken offset and a broken partition beside good ones',
    { 'c/t': counted({ 0: '5', 1: 'x', y: '6' }), 'c/u': 7 },
    { 'c/t': counted({ 0: '5' }) },
  ],
])('what is broken counts as not kept: %s', (_, kept, read) => {
  expect(readLedger(kept)).toEqual(read);
});
