import { expect, test } from 'vitest';
import { parseQuery } from '../../../src/query/parseQuery.ts';
import { toldFaults } from '../../../src/view/toldFaults.ts';

/** `|` is the cursor: what is told while it is there, and behind a pause. */
test.each<[marked: string, writing: string[], paused: string[]]>([
  ...['status:|', '状态：|', '状态：失|', 'status:fa|', 'kind:t|', 'text:"a b|'].map(
    (half): [string, string[], string[]] => [half, [], []],
  ),
  ...['duration:5|', 'duration:>|', 'duration:1m..|', 'duration:1m..5|', 'code:>|'].map(
    (half): [string, string[], string[]] => [half, [], []],
  ),
  ...['code:20..3|', 'time:>1|', 'time:2026-05|', 'time:12:|', '"a|'].map(
    (half): [string, string[], string[]] => [half, [], []],
  ),
  ['status:nonsense|', [], ['unknownStatus']],
  ['状态：蓝色|', [], ['unknownStatus']],
  ['statsu:failed|', [], ['unknownField']],
  ['stat|su:failed', [], ['unknownField']],
  ['duration:>abc|', [], ['badDuration']],
  ['time:25:00|', [], ['badTime']],
  ['code:abc|', [], ['badCode']],
  ['duration:5s..1s|', [], ['emptyRange']],
  // What was left is told at once.
  ['status: |', ['noValue'], ['noValue']],
  ['状态： |x', ['noValue'], ['noValue']],
  ['status:fa |click', ['unknownStatus'], ['unknownStatus']],
  ['status: status:|', ['noValue'], ['noValue']],
])('%s', (marked, writing, paused) => {
  const at = marked.indexOf('|');
  const filter = marked.replace('|', '');
  const { faults } = parseQuery(filter, 0);
  const told = (hasPaused: boolean) =>
    toldFaults(filter, faults, { at, hasPaused }).map(({ reason }) => reason);
  expect(told(false)).toEqual(writing);
  expect(told(true)).toEqual(paused);
  expect(toldFaults(filter, faults, null)).toEqual(faults);
});
