import { expect, test } from 'vitest';

import type { PastExecution } from '../../../src/analysis/pastExecution.ts';
import { markToday, withWords } from '../../../src/problems/markWords.ts';
import { readFailures } from '../../../src/answers/readFailures.ts';
import { ProblemIndex } from '../../../src/problems/problemIndex.ts';
import type { ReaderMark, ReaderSays } from '../../../src/problems/problemMark.ts';
import type { Problem } from '../../../src/problems/problems.ts';
import type { Reading } from '../../../src/problems/signature.ts';
import { aPast } from '../../support/pastBuilders.ts';

const texts = ['order 1 is gone', 'order 2 is gone', 'disk full', 'no “金额”', 'order 3 is gone'];
const runs = texts.map((text, n): PastExecution => {
  const failure = { nodeId: 'n', name: 'Save', cause: null, category: 'robotTask', text } as const;
  const key = `k${String(n)}`;
  return aPast({ key, sid: key, beginMs: n, outcome: 'failed', code: 21_300, failure });
});

/** What a release makes of the runs, which reads texts in its own way. */
function release(reading: Reading, marks: readonly ReaderMark[]) {
  const index = new ProblemIndex(reading);
  const kept = marks.map((mark) => markToday(mark, { reading, masked: (text) => text }));
  for (const _ of index.take(runs, { nowMs: 10, marks: kept })) continue;
  return index;
}
const today = readFailures();
const earlier: Reading = {
  normal: (text) => today.normal(text).toUpperCase(),
  causeOf: () => null,
};
const told = ({ problems }: ProblemIndex) =>
  problems.map(({ text, count, state, mark, parts }) => ({
    ...{ text, count, state, mark },
    parts: parts.map((part) => [part.text, part.isMoved]),
  }));

const rows: readonly (readonly [
  string,
  (of: (text: string) => Problem, partOf: (text: string) => string) => readonly ReaderSays[],
])[] = [
  ['ignored', (of) => [{ kind: 'ignored', flow: 'f', weekly: 9, signature: of('disk').signature }]],
  ['fixed', (of) => [{ kind: 'fixed', flow: 'f', weekly: 9, signature: of('order').signature }]],
  [
    'merged, and the whole ignored',
    (of) => [
      {
        ...{ kind: 'moved', flow: 'f' },
        ...{ signature: of('disk').signature, into: of('order').signature },
      },
      { kind: 'ignored', flow: 'f', weekly: 9, signature: of('order').signature },
    ],
  ],
  [
    'split off, and the part ignored',
    (_, partOf) => [
      {
        ...{ kind: 'moved', flow: 'f' },
        ...{ signature: partOf('order 2 is gone'), into: partOf('order 2 is gone') },
      },
      { kind: 'ignored', flow: 'f', weekly: 9, signature: partOf('order 2 is gone') },
    ],
  ],
];

test.each(rows)('what was %s stays so when texts are read otherwise', (_, say) => {
  const before = release(earlier, []);
  const of = (text: string) => before.problems.find((one) => one.text.startsWith(text))!;
  const partOf = (text: string) =>
    before.problems.flatMap(({ parts }) => parts).find((part) => part.text === text)!.signature;
  const marks = say(of, partOf).map((says, n) =>
    withWords(says, 20 + n, (signature) => before.wordsOf(signature)),
  );
  const [then, now] = [release(earlier, marks), release(today, marks)];
  expect(told(now)).toEqual(told(then));
  expect(told(now)).not.toEqual(told(before));
  expect(now.problems[0]?.signature).not.toBe(then.problems[0]?.signature);
});
