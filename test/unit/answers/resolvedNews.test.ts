import { expect, test } from 'vitest';

import type { PassedProblem, ReturnedFailure } from '../../../src/answers/failureNews.ts';
import { ResolvedNews } from '../../../src/answers/resolvedNews.ts';
import type { Problem } from '../../../src/problems/problems.ts';
import type { ExecutionSummary } from '../../../src/trace/execution.ts';
import { aSummary } from '../../support/builders.ts';
import { ManualClock } from '../../support/manualClock.ts';

const run = aSummary({ sid: 'passed' });
const passed: PassedProblem = { key: 'one', failure: 'workflow/failed', run };
const resolved = { state: 'resolved' } as Problem;

interface Seen {
  readonly problem?: Problem;
  readonly pending?: number;
}

/** News of one problem that something passed, and how the list sees it when it is asked; null: it can’t be read. */
function world(list: (asked: number, clock: ManualClock) => Promise<Seen> | Seen | null) {
  const clock = new ManualClock();
  const said: ExecutionSummary[] = [];
  const came: PassedProblem[] = [];
  const back: ReturnedFailure[] = [];
  const told: ExecutionSummary[] = [];
  let asked = 0;
  const news = new ResolvedNews({
    clock,
    news: {
      takePassed: () => came.splice(0),
      get isToBeAsked() {
        return came.length > 0;
      },
      isNowResolved: (_, problem) => problem?.state === 'resolved',
      takeReturned: () => back.splice(0),
    },
    problems: {
      asOfNow: async () => {
        const answer = list(asked++, clock);
        if (answer === null) throw new Error('no such table');
        const { problem, pending = 0 } = answer instanceof Promise ? await answer : answer;
        const of = (key: string) => (key === passed.failure ? problem : undefined);
        return { found: { of } as never, pending };
      },
    },
    onResolved: (_, by) => void said.push(by),
    onReturned: ({ summary }) => void told.push(summary),
  });
  const settled = async (ms = 1_000) => {
    clock.advance(ms);
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  const pass = () => {
    came.push(passed);
    news.passed();
  };
  return { news, pass, said, back, told, settled, asked: () => asked };
}

test('is said when what came has settled, asked once for all that came', async () => {
  const { pass, said, settled, asked } = world(() => ({ problem: resolved }));
  for (let n = 0; n < 5; n++) pass();
  expect(asked()).toBe(0);
  await settled();
  expect([asked(), said.length]).toEqual([1, 5]);
});

test('is not said where a failure that came later tells otherwise', async () => {
  const open = { state: 'open' } as Problem;
  const { pass, said, settled } = world(() => ({ problem: open }));
  pass();
  await settled();
  expect(said).toEqual([]);
});

test('what is back is told when all records were looked into', async () => {
  const { pass, back, told, settled } = world((n) => ({ pending: n === 0 ? 3 : 0 }));
  back.push({ summary: run, told: { told: 'no', of: null, insteadOf: [] } });
  pass();
  await settled();
  expect(told).toEqual([]);
  await settled();
  expect(told).toEqual([run]);
});

test('waits until all records were looked into', async () => {
  const { pass, said, settled, asked } = world((n) => ({
    problem: resolved,
    pending: n === 0 ? 3 : 0,
  }));
  pass();
  await settled();
  expect([asked(), said]).toEqual([1, []]);
  await settled();
  expect([asked(), said]).toEqual([2, [run]]);
});

test('is none of another source', async () => {
  const { news, pass, said, settled } = world(() => ({ problem: resolved }));
  pass();
  news.clear();
  await settled();
  expect(said).toEqual([]);
});

test('is asked again with the next pass where the past can’t be read', async () => {
  const { pass, said, settled } = world((n) => (n === 0 ? null : { problem: resolved }));
  pass();
  await settled();
  expect(said).toEqual([]);
  pass();
  await settled();
  expect(said).toEqual([run, run]);
});

test('is asked again for what came while it was asked', async () => {
  const parts = world((n) => {
    if (n === 0) parts.pass();
    return { problem: resolved };
  });
  parts.pass();
  await parts.settled();
  expect(parts.said).toEqual([run]);
  await parts.settled();
  expect(parts.said).toEqual([run, run]);
});

test('of another source it is asked anew, whatever the one before waits for or took', async () => {
  const first = Promise.withResolvers<Seen>();
  const { news, pass, said, settled, asked } = world((n) =>
    n === 0 ? first.promise : { problem: resolved },
  );
  pass();
  await settled();
  news.clear();
  pass();
  await settled();
  expect([asked(), said]).toEqual([2, [run]]);
  first.resolve({ problem: resolved });
  await settled();
  expect([asked(), said]).toEqual([2, [run]]);
});

/** The list waited a minute for something. */
async function afterLongWait() {
  const first = Promise.withResolvers<Seen>();
  const parts = world((n) => (n === 0 ? first.promise : { problem: resolved }));
  parts.pass();
  await parts.settled();
  await parts.settled(60_000);
  first.resolve({ problem: resolved });
  await parts.settled(0);
  expect(parts.said).toEqual([run]);
  return parts;
}

test('a rest is no longer than anybody waits for news, whatever the list waited for', async () => {
  const { pass, said, settled } = await afterLongWait();
  pass();
  await settled();
  expect(said).toEqual([run]);
  await settled(9_000);
  expect(said).toEqual([run, run]);
});

test('a rest after one source is none of the next', async () => {
  const { news, pass, said, settled } = await afterLongWait();
  news.clear();
  pass();
  await settled();
  expect(said).toEqual([run, run]);
});
