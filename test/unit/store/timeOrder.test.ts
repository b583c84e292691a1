import { expect, test } from 'vitest';
import { createRandom } from '../../../src/sources/sample/random.ts';
import { indexIn, type Timed, TimeOrder } from '../../../src/store/timeOrder.ts';

const sorted = (entries: Iterable<Timed>) =>
  [...entries].sort((a, b) => a.sortMs - b.sortMs || a.arrival - b.arrival);

test.each([
  ['all of one moment', 1, 0],
  ['of a few moments', 2, 5],
  ['of many moments', 3, 1_000_000],
])('entries that come and go stand in order: %s', (_, seed, moments) => {
  const random = createRandom(seed);
  const order = new TimeOrder<Timed>();
  const kept = new Set<Timed>();
  for (let arrival = 0; arrival < 6_000; arrival++) {
    const entry = { sortMs: random.int(0, moments), arrival };
    order.add(entry);
    kept.add(entry);
    if (random.int(0, 2) > 0) continue;
    const gone = random.int(0, 1) === 0 ? order.first : random.pick([...kept].slice(0, 50));
    if (gone === undefined) continue;
    order.remove(gone);
    order.remove(gone);
    kept.delete(gone);
  }
  const expected = sorted(kept);
  expect(order.oldestFirst).toEqual(expected);
  expect([order.size, order.first]).toEqual([expected.length, expected[0]]);
  const [from, to] = [moments * 0.2, moments * 0.6];
  const between = expected.filter(({ sortMs }) => sortMs >= from && sortMs <= to);
  expect(order.between(from, to, Infinity)).toEqual(between);
  expect(order.between(from, to, 7)).toEqual(between.slice(0, 7));
  expect([...order.forwards(from, to)]).toEqual(between);
  expect([...order.newestFirst(from, to)]).toEqual(between.toReversed());
  expect([...order.newestFirst(-Infinity, Infinity)]).toEqual(expected.toReversed());
  const middle = expected[1_000]!;
  expect(indexIn(expected, middle)).toBe(1_000);
  expect(indexIn(expected, { ...middle })).toBe(-1);
  order.refill(expected.slice(0, 2_000));
  expect(order.oldestFirst).toEqual(expected.slice(0, 2_000));
  for (const entry of expected) order.remove(entry);
  expect([order.size, order.first, order.oldestFirst]).toEqual([0, undefined, []]);
});
