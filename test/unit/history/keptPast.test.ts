import { beforeEach, expect, test } from 'vitest';

import type { PastExecution } from '../../../src/analysis/pastExecution.ts';
import type { HistoryState } from '../../../src/history/historyState.ts';
import { KeptPast } from '../../../src/history/keptPast.ts';
import { aPast } from '../../support/pastBuilders.ts';

const hour = 3_600_000;
const run = (key: string, beginMs: number, parts: Partial<PastExecution> = {}) =>
  aPast({ key, beginMs, ...parts });

let all: PastExecution[];
let asked: (readonly [number, number, number])[];
let disk: { revision: number; sameness: string; state: HistoryState; between: Between };
type Between = ConstructorParameters<typeof KeptPast>[0]['between'];
let nowMs: number;
let kept: KeptPast;
beforeEach(() => {
  [all, asked, nowMs] = [[], [], 0];
  disk = {
    ...{ revision: 1, sameness: '', state: { kind: 'on', sinceMs: 0, bytes: 0 } },
    between: (fromMs, toMs, most) => {
      asked.push([fromMs, toMs, most]);
      const inside = all.filter(({ beginMs }) => (beginMs ?? 0) >= fromMs && (beginMs ?? 0) < toMs);
      const inOrder = inside.toSorted((a, b) => (a.beginMs ?? 0) - (b.beginMs ?? 0));
      // Each time it is read it is another object.
      return Promise.resolve(inOrder.slice(-most).map((each) => ({ ...each })));
    },
  };
  kept = new KeptPast(disk, () => nowMs);
});
const keys = async (most = 100_000) =>
  [...(await kept.newest(most)).values()].map(({ key }) => key);

test('what did not change is not read again', async () => {
  all = [run('a', 1), run('b', 2)];
  const first = await kept.newest(10);
  expect(await kept.newest(10)).toBe(first);
  expect(asked).toHaveLength(1);
});

test('of what changed its end is read: what is older stays the same object', async () => {
  all = [run('a', 1), run('b', 10 * hour)];
  const first = await kept.newest(10);
  all.push(run('c', 10 * hour + 1));
  disk.revision++;
  const second = await kept.newest(10);
  expect([...second.values()].map(({ key }) => key)).toEqual(['a', 'b', 'c']);
  expect([...second.values()][0]).toBe([...first.values()][0]);
  expect(asked.at(-1)?.[0]).toBe(9 * hour);
});

test.each<[string, () => void, readonly string[]]>([
  ['the disk let go of', () => (disk.state = { kind: 'on', sinceMs: 5, bytes: 0 }), ['b']],
  [
    'the disk has nothing of any more',
    () => (disk.state = { kind: 'on', sinceMs: null, bytes: 0 }),
    [],
  ],
  [
    'was added long ago is known when all is read again',
    () => {
      all.push(run('z', 3));
      nowMs = 600_000;
    },
    ['a', 'z', 'b'],
  ],
  [
    'was masked by other rules',
    () => {
      all = [run('m', 3)];
      disk.sameness = 'others';
    },
    ['m'],
  ],
])('what %s', async (_, change, expected) => {
  all = [run('a', 1), run('b', 10 * hour)];
  await kept.newest(10);
  change();
  if (expected.length === 0) all = [];
  disk.revision++;
  expect(await keys()).toEqual(expected);
});

test('many are read page by page, each once, though several began in one moment', async () => {
  all = Array.from({ length: 4_500 }, (_, n) => run(String(n), Math.floor(n / 3)));
  expect((await keys()).length).toBe(4_500);
  expect(asked.length).toBe(3);
  kept = new KeptPast(disk, () => nowMs);
  expect((await keys(2_500)).at(-1)).toBe('4499');
});

test('more that began in one moment than a page has don’t keep it for ever', async () => {
  all = Array.from({ length: 5_000 }, (_, n) => run(String(n), 7));
  expect((await keys()).length).toBeGreaterThan(0);
});
