import { describe, expect, test } from 'vitest';

import type { PastExecution } from '../../../src/analysis/pastExecution.ts';
import { byHand } from '../../../src/problems/byHand.ts';
import {
  isReaderMark,
  mostReaderMarks,
  newestMarks,
  type ReaderMark,
} from '../../../src/problems/problemMark.ts';
import type { Problem } from '../../../src/problems/problems.ts';
import { problemsOf } from '../../../src/answers/problemsOf.ts';
import { aPast, aPastNode } from '../../support/pastBuilders.ts';

const node = 'rpa::3f9d2b1a-6c41-4c0e';

/** Runs that fail at one node, each with a text; an empty one passes. */
const failing = (texts: readonly string[], flow = 'f'): readonly PastExecution[] =>
  texts.map((text, index) =>
    aPast({
      ...{ sid: `${flow}${String(index)}`, key: `${flow}${String(index)}`, beginMs: index, flow },
      ...(text === ''
        ? { nodes: [aPastNode({ nodeId: node })] }
        : {
            ...{ outcome: 'failed', code: 21300 },
            failure: { nodeId: node, name: 'Save', cause: null, category: 'robotTask', text },
          }),
    }),
  );

/** Two texts of one problem, and another problem. */
const runs = failing(['order 1 is gone', 'order 2 is gone', 'disk full', 'order 1 is gone', '']);
const found = (marks: readonly ReaderMark[] = [], all = runs) => problemsOf(all, 0, marks);
const signatureOf = (text: string) =>
  found().find((problem) => problem.text.startsWith(text))?.signature ?? '';
const [gone, full] = [signatureOf('order'), signatureOf('disk')];
const partOf = (text: string) =>
  found().flatMap(({ parts }) => parts.find((part) => part.text === text)?.signature ?? [])[0] ??
  '';

let time = 0;
const moved = (signature: string, into: string | null): ReaderMark => ({
  ...{ kind: 'moved', flow: 'f', signature, into, atMs: ++time },
});
const told = (problems: readonly Problem[]) =>
  problems.map(({ count, parts }) => [
    count,
    parts.map(
      ({ text, count: of, isMoved }) => `${String(of)} ${text}${isMoved ? ' (moved)' : ''}`,
    ),
  ]);

test('what was put together names all that it is, and what is of one kind names nothing more', () => {
  const joined = (all: readonly Problem[]) => all.map(({ joins }) => joins?.length);
  expect([joined(found()), joined(found([moved(full, gone)]))]).toEqual([
    [undefined, undefined],
    [2],
  ]);
});

test('what was moved in two flows of one lineage leads to an end, and never round', () => {
  const of = (flow: string, signature: string, into: string): ReaderMark => ({
    ...{ kind: 'moved', flow, signature, into, atMs: ++time },
  });
  const letters = ['a', 'b', 'c'];
  const pairs = letters.flatMap((from) => letters.map((to) => [from, to] as const));
  for (const first of pairs) {
    for (const second of pairs) {
      for (const third of pairs) {
        const marks = [of('f', ...first), of('f', ...second), of('g', ...third)];
        const moves = byHand(marks, () => 'lineage').movesOf('lineage');
        const ends = letters.map((letter) => moves?.problemOf(letter) ?? letter);
        expect(ends.map((end) => moves?.problemOf(end) ?? end)).toEqual(ends);
      }
    }
  }
});

describe('problems of different steps', () => {
  const at = (n: number, nodeId: string, text: string): PastExecution =>
    aPast({
      ...{ sid: String(n), key: `k${String(n)}`, beginMs: n, outcome: 'failed', code: 21_300 },
      failure: { nodeId, name: nodeId, cause: null, category: 'robotTask', text },
      nodes: nodeId === 'rpa::open' ? [] : [aPastNode({ nodeId: 'rpa::open' })],
    });
  const passes = (n: number) =>
    aPast({
      ...{ sid: String(n), key: `k${String(n)}`, beginMs: n },
      nodes: ['rpa::open', 'rpa::save'].map((nodeId) => aPastNode({ nodeId })),
    });
  const steps = [
    ...[at(0, 'rpa::open', 'Window is gone'), at(1, 'rpa::save', 'Button is gone')],
    ...[at(2, 'rpa::save', 'Disk full'), at(3, 'rpa::open', 'Window is gone')],
  ];
  const own = problemsOf(steps, 0, []);
  const nameOf = (text: string) => own.find((one) => one.text === text)?.signature ?? '';
  const [open, save] = [nameOf('Window is gone'), nameOf('Button is gone')];
  const merged = (runs: readonly PastExecution[], ...marks: readonly ReaderMark[]) =>
    problemsOf(runs, 0, marks).map(({ text, count, nodeId, state, passes: clean }) => {
      return [text, count, nodeId, state, clean];
    });

  test('are one when they are put together, and two again when that is taken back', () => {
    expect(merged(steps, moved(save, open))).toEqual([
      ['Window is gone', 3, 'rpa::open', 'new', 0],
      ['Disk full', 1, 'rpa::save', 'new', 0],
    ]);
    expect(merged(steps, moved(save, open), moved(save, null))).toEqual(merged(steps));
    expect(merged(steps)).toHaveLength(3);
  });

  test('a run passes what passes each of their steps', () => {
    // At its own step `open` it was passed; at `save` it failed of the same problem.
    const both = [...steps, passes(4)];
    expect(merged(both, moved(save, open))).toEqual([
      ['Window is gone', 3, 'rpa::open', 'resolved', 1],
      ['Disk full', 1, 'rpa::save', 'resolved', 1],
    ]);
    const half = [...steps, at(4, 'rpa::save', 'Button is gone')];
    expect(merged(half, moved(save, open))[0]).toEqual([
      ...['Button is gone', 4, 'rpa::save', 'new', 0],
    ]);
  });

  test('each tells those of other steps, which it may be one with', () => {
    const elsewhere = own.map(({ text, elsewhere: others }) => [
      text,
      others.map((name) => own.find(({ fingerprint }) => fingerprint === name)?.text),
    ]);
    expect(Object.fromEntries(elsewhere)).toEqual({
      'Window is gone': ['Disk full', 'Button is gone'],
      'Disk full': ['Window is gone'],
      'Button is gone': ['Window is gone'],
    });
  });
});

describe('failures that the reader moves', () => {
  const [one, two] = [partOf('order 1 is gone'), partOf('order 2 is gone')];
  const whole = [3, ['2 order 1 is gone', '1 order 2 is gone']];

  test.each<[string, readonly ReaderMark[], readonly unknown[]]>([
    ['none', [], [whole, [1, ['1 disk full']]]],
    [
      'one problem into another',
      [moved(full, gone)],
      [[4, ['2 order 1 is gone', '1 disk full (moved)', '1 order 2 is gone']]],
    ],
    ['and back', [moved(full, gone), moved(full, null)], [whole, [1, ['1 disk full']]]],
    [
      'a text to a problem of its own',
      [moved(one, one)],
      [
        [2, ['2 order 1 is gone (moved)']],
        [1, ['1 disk full']],
        [1, ['1 order 2 is gone']],
      ],
    ],
    ['and back', [moved(one, one), moved(one, null)], [whole, [1, ['1 disk full']]]],
    [
      'a text into another problem',
      [moved(two, full)],
      [
        [2, ['2 order 1 is gone']],
        [2, ['1 disk full', '1 order 2 is gone (moved)']],
      ],
    ],
    [
      'into one that was put into it: the later word holds',
      [moved(full, gone), moved(gone, full)],
      [[4, ['3 order 1 is gone (moved)', '1 disk full']]],
    ],
  ])('%s', (_, marks, expected) => {
    expect(told(found(marks))).toEqual(expected);
  });

  test('are one problem in how it stands and in what is said of it', () => {
    const [both] = found([
      moved(full, gone),
      { kind: 'fixed', signature: gone, flow: 'f', weekly: 1, atMs: 3.5 },
    ]);
    expect(both).toMatchObject({ signature: gone, state: 'resolved', mark: 'fixed', runsSince: 5 });
    expect(both?.failures.map(({ sid }) => sid)).toEqual(['f0', 'f1', 'f2', 'f3']);
  });

  test('of another flow stay where they are', () => {
    expect(found([moved(full, gone)], failing(['disk full', 'order 1 is gone'], 'g'))).toHaveLength(
      2,
    );
  });

  test('are as many as one looks at', () => {
    const many = failing(Array.from({ length: 40 }, (_, n) => `order ${String(n)} is gone`));
    expect(found([], many).map(({ parts }) => parts.length)).toEqual([10]);
  });
});

describe('flows that are held for one', () => {
  const nodes = ['a', 'b', 'c'].map((name) => aPastNode({ nodeId: `code::${name.repeat(8)}` }));
  const imported = ['old', 'new'].flatMap((flow, index) =>
    failing(['disk full'], flow).map((run) => ({
      ...run,
      ...{ nodes, beginMs: index, name: `Flow ${flow}` },
    })),
  );
  const mark = (kind: 'apart' | 'together', atMs: number): ReaderMark => ({
    ...{ kind, flow: 'new', atMs },
  });

  test('are told with their problem', () => {
    expect(found([], imported)).toMatchObject([
      { count: 2, isApart: false, lineage: [{ name: 'Flow old' }, { name: 'Flow new' }] },
    ]);
  });

  test('are two where the reader says so, until he takes it back', () => {
    expect(found([mark('apart', 1)], imported)).toMatchObject([
      { count: 1, isApart: true, lineage: [{ flow: 'new' }] },
      { count: 1, isApart: false, lineage: [{ flow: 'old' }] },
    ]);
    expect(found([mark('apart', 1), mark('together', 2)], imported)).toHaveLength(1);
  });
});

describe('what was said', () => {
  const said = (signature: string, atMs: number, parts: object = {}): ReaderMark => ({
    ...{ kind: 'ignored', flow: 'f', weekly: 2, signature, atMs },
    ...parts,
  });

  test('leaves, where there is too much of it, only after what was merely looked at', () => {
    const merge = moved('s', 't');
    const seen = (n: number): ReaderMark => ({
      ...{ kind: 'seen', flow: 'f', signature: String(n), weekly: 0, atMs: ++time },
    });
    const kept = newestMarks([
      merge,
      ...Array.from({ length: mostReaderMarks }, (_, n) => seen(n)),
    ]);
    expect(kept).toHaveLength(mostReaderMarks);
    expect([kept[0], kept[1]]).toMatchObject([merge, { signature: '1' }]);
    const moves = Array.from({ length: mostReaderMarks }, (_, n) => moved(String(n), 't'));
    expect(newestMarks([merge, seen(0), ...moves])).toEqual(moves);
  });

  test('last of a thing holds, whatever order it is read in, and so much is kept', () => {
    const [a, b, later] = [said('a', 1), said('b', 2), said('a', 3, { kind: 'fixed' })];
    expect(newestMarks([later, a, b])).toEqual([b, later]);
    expect(newestMarks([a, { ...a, flow: 'g' }, moved('a', null)])).toHaveLength(3);
    const many = Array.from({ length: mostReaderMarks + 1 }, (_, n) => said(String(n), n));
    expect(newestMarks(many)).toEqual(many.slice(1));
  });

  test.each<[unknown, boolean]>([
    [said('a', 1), true],
    [moved('a', null), true],
    [moved('a', 'b'), true],
    [{ kind: 'apart', flow: 'f', atMs: 1 }, true],
    [null, false],
    ['x', false],
    [said('a', 1, { kind: 'snoozed' }), false],
    [said('a', 1, { atMs: 'then' }), false],
    [said('a', 1, { weekly: undefined }), false],
    [{ kind: 'moved', flow: 'f', atMs: 1, signature: 'a' }, false],
    [{ kind: 'apart', atMs: 1 }, false],
  ])('%o is one: %s', (mark, is) => {
    expect(isReaderMark(mark)).toBe(is);
  });
});
