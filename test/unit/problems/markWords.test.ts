import { expect, test } from 'vitest';

import type { PastExecution, PastFailure } from '../../../src/analysis/pastExecution.ts';
import { markToday, withWords } from '../../../src/problems/markWords.ts';
import { readFailures } from '../../../src/answers/readFailures.ts';
import { ProblemIndex } from '../../../src/problems/problemIndex.ts';
import {
  isReaderMark,
  type ReaderMark,
  type ReaderSays,
} from '../../../src/problems/problemMark.ts';
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

test('what was said of failures before what else they said was kept holds for these and for new ones', () => {
  const silent = 'Plugin node execution failed';
  const failed = (n: number, told: Pick<PastFailure, 'cause' | 'category' | 'also'>) => {
    const failure = { nodeId: 'n', name: 'Save', text: silent, ...told };
    const key = `k${String(n)}`;
    return aPast({ key, sid: key, beginMs: n, outcome: 'failed', code: 1, failure });
  };
  const notFound = { cause: 'elementNotFound', category: 'robotTask' } as const;
  const forbidden = { cause: 'forbidden', category: 'permission' } as const;
  const kept: unknown = {
    ...{ kind: 'ignored', flow: 'f', weekly: 9, atMs: 20, signature: '2-of another release' },
    of: { nodeId: 'n', ...notFound, code: 1, text: silent },
  };
  const marks = [kept].filter(isReaderMark);
  const index = new ProblemIndex(today);
  const all = [
    ...[failed(1, notFound), failed(2, forbidden)],
    failed(3, { ...notFound, also: ['Element not found: #btnSave after 30000 ms'] }),
  ];
  const masked = (text: string) => text;
  const ofToday = marks.map((mark) => markToday(mark, { reading: today, masked }));
  for (const _ of index.take(all, { nowMs: 30, marks: ofToday })) continue;
  expect(index.problems.map(({ cause, count, state }) => [cause, count, state])).toEqual([
    ['elementNotFound', 2, 'ignored'],
    ['forbidden', 1, 'new'],
  ]);
  const { signature } = index.problems[0]!;
  const said = withWords({ kind: 'fixed', flow: 'f', weekly: 1, signature }, 30, (of) =>
    index.wordsOf(of),
  );
  expect(markToday(said, { reading: today, masked })).toMatchObject({ signature });
});

test.each([
  [{}, true],
  [{ cause: null }, true],
  [{ cause: 'forbidden' }, true],
  [{ cause: 1 }, false],
])('what was kept of words is looked at: %j', (cause, isOne) => {
  const of = { nodeId: 'n', code: 1, text: 'no', ...cause };
  const mark = { kind: 'seen', flow: 'f', weekly: 1, atMs: 1, signature: 's', of };
  expect(isReaderMark(mark)).toBe(isOne);
});
