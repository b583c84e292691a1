import { expect, test } from 'vitest';

import { AttemptsIn, type Tried } from '../../../src/compare/attempts.ts';

// A node in the body of an iteration: what the start of each round was given, and what each entry of the node was given.

type Given = readonly string[];

const rows: readonly (readonly [string, Given, Given, Tried | null])[] = [
  ['each entry is a round', ['A', 'B', 'C'], ['A', 'B', 'C'], null],
  [
    'one item was tried twice',
    ['A', 'B', 'C'],
    ['A', 'B', 'B', 'C'],
    { rounds: 3, attempts: 4, last: [0, 2, 3] },
  ],
  [
    'the node ran in some of the rounds alone',
    ['A', 'B', 'C', 'D'],
    ['A', 'A', 'A', 'C', 'C'],
    { rounds: 2, attempts: 5, last: [2, 4] },
  ],
  [
    'two rounds were given the same, and one of them tried twice',
    ['A', 'A', 'B'],
    ['A', 'A', 'A', 'B'],
    { rounds: 3, attempts: 4, last: [1, 2, 3] },
  ],
  [
    'two rounds were given the same, another one tried twice',
    ['A', 'A', 'B'],
    ['A', 'A', 'B', 'B'],
    { rounds: 3, attempts: 4, last: [0, 1, 3] },
  ],
  [
    'all rounds were given the same',
    ['A', 'A', 'A'],
    ['A', 'A', 'A', 'A', 'A'],
    { rounds: 3, attempts: 5, last: [2, 3, 4] },
  ],
  // Of the four of A, two or three may have been rounds.
  [
    'rounds were given the same, and nobody knows which ran',
    ['A', 'A', 'A', 'B', 'C'],
    ['A', 'A', 'A', 'A', 'C', 'C'],
    null,
  ],
  ['it came to fewer than were given the same', ['A', 'A', 'B'], ['A', 'B', 'B', 'B'], null],
];

test.each(rows)('%s', (_, items, given, tried) => {
  const values = new Map([
    ['start', items],
    ['node', given],
  ]);
  const row = (key: string, type: string, count: number) => ({
    ...{ key, type, count, status: 'succeeded', children: [] },
    run: { key, iterationIndex: null },
  });
  const node = row('node', 'rpa', given.length);
  const tree = [row('start', 'iteration-node-start', items.length), node];
  const dataOf = (key: string) => ({
    input: (values.get(key) ?? []).map((value, round) => ({ name: 'input', value, round })),
  });
  const attempts = new AttemptsIn({ tree, retried: new Map(), dataOf } as never);
  expect(attempts.of(node as never)).toEqual(tried);
});
