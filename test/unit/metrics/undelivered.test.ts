import { describe, expect, test } from 'vitest';
import type { Mark } from '../../../src/metrics/ledger.ts';
import type { Countable } from '../../../src/metrics/recordExecution.ts';
import { Undelivered } from '../../../src/metrics/undelivered.ts';

const execution = (code: number): Countable => ({
  service: 's',
  kind: 'rpa',
  flowId: '',
  code,
  durationMs: 1,
});
const mark = (next: number): Mark => ({ topic: 'c/t', anew: 0, partition: 0, next: String(next) });

/** What waits, as an exporter finds it: `e` an execution, `-` a record that counts for nothing. */
function waiting(kinds: string) {
  const entered: number[] = [];
  const undelivered = new Undelivered(({ next }) => entered.push(Number(next)));
  let next = 0;
  const add = (more: string) => {
    for (const kind of more) {
      next++;
      undelivered.add(kind === 'e' ? execution(next) : null, mark(next));
    }
  };
  add(kinds);
  return { undelivered, entered, add };
}

const codes = (executions: readonly Countable[]) => executions.map(({ code }) => code);

describe('what an exporter says was received', () => {
  test.each<[kinds: string, received: number[], entered: number[], left: number[]]>([
    ['eee', [0], [], [1, 2, 3]],
    ['eee', [2], [1, 2], [3]],
    ['eee', [2, 2, 3], [1, 2, 3], []],
    ['e-e', [1], [1, 2], [3]],
    ['e--', [1], [1, 2, 3], []],
    // Nothing has to be sent for them.
    ['--e', [], [1, 2], [3]],
    // A late answer, after one that said more.
    ['eee', [3, 1], [1, 2, 3], []],
  ])('%s, %j', (kinds, received, entered, left) => {
    const given = waiting(kinds);
    const exporter = given.undelivered.handOver();
    const news = received.map((count) => exporter.received(count));
    expect(news.filter(Boolean).length > 0).toBe(entered.length > 0 && received.length > 0);
    expect(given.entered).toEqual(entered);
    expect(given.undelivered.count).toBe(left.length);
    expect(codes(given.undelivered.handOver().executions)).toEqual(left);
  });

  test('counts from the start of the exporter: the next one begins with what is left', () => {
    const { undelivered, entered, add } = waiting('eee');
    const first = undelivered.handOver();
    first.received(1);
    const second = undelivered.handOver();
    expect(codes(second.executions)).toEqual([2, 3]);
    add('e');
    second.received(3);
    expect(entered).toEqual([1, 2, 3, 4]);
  });

  test('is not heard once there is another', () => {
    const { undelivered, entered } = waiting('ee');
    const first = undelivered.handOver();
    undelivered.handOver();
    expect(first.received(2)).toBe(false);
    expect(entered).toEqual([]);
  });
});

test('of too many the oldest leave; the exporter that has them gets them through, the next is told', () => {
  const { undelivered, entered, add } = waiting('');
  const first = undelivered.handOver();
  add('e'.repeat(51_500));
  expect(undelivered.count).toBe(50_500);
  // Fewer than those that left: they say nothing of what is kept.
  expect(first.received(400)).toBe(false);
  expect(undelivered.handOver().lost).toBe(1_000);
  const third = undelivered.handOver();
  expect(third).toMatchObject({ lost: 0 });
  expect(third.executions).toHaveLength(50_500);
  add('e'.repeat(500));
  third.received(51_000);
  expect(undelivered.handOver()).toMatchObject({ executions: [], lost: 0 });
  expect(entered.at(-1)).toBe(52_000);
});

test('of too many runs of nodes executions alone are kept, until some of them are received', () => {
  const nodes = Array.from({ length: 40_000 }, () => ({
    ...({ nodeId: 'n', type: 'rpa', status: 'succeeded', durationMs: 1 } as const),
  }));
  const undelivered = new Undelivered(() => undefined);
  const add = (code: number) => {
    undelivered.add({ ...execution(code), nodes }, mark(code));
  };
  for (const code of [1, 2, 3]) add(code);
  const kept = () => undelivered.handOver().executions.map((one) => one.nodes?.length ?? 0);
  expect(kept()).toEqual([40_000, 40_000, 0]);
  undelivered.handOver().received(1);
  add(4);
  expect(kept()).toEqual([40_000, 0, 40_000]);
});
