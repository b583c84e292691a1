import { expect, test } from 'vitest';

import type { FirstDifference } from '../../../src/compare/firstDifference.ts';
import type { CompareWindow } from '../../../src/protocol/compare.ts';
import { differencePlace } from '../../../src/view/differencePlace.ts';

type Group = CompareWindow['groups'][number];

const group = (
  kind: Group['kind'],
  ...found: readonly (readonly [row: number, name: string])[]
): Group => ({
  ...{ kind, total: found.length },
  items: found.map(([row, name]) => ({
    ...{ aspect: 'value', row, path: [name, 'a'], change: 'changed', having: null },
    ...{ before: 1, after: 2 },
  })),
});

const first = (
  what: FirstDifference['what'],
  row: number,
  ...path: readonly string[]
): FirstDifference => ({
  ...{ what, row, more: 0, ran: -1, insteadOf: -1, runs: null, effect: null },
  value: path.length === 0 ? null : { path, change: 'changed', before: 1, after: 2 },
});

test.each<[string, readonly Group[], FirstDifference | null, unknown]>([
  [
    'its program',
    [group('inputs', [1, 'text']), group('configuration', [1, 'other'], [1, 'code'])],
    first('input', 1, 'text', 'a'),
    { part: 'code' },
  ],
  [
    'the input that is told of',
    [group('inputs', [0, 'no'], [1, 'no'], [1, 'text']), group('configuration', [1, 'prompt'])],
    first('input', 1, 'text', 'a'),
    { part: 'input', input: 'text' },
  ],
  [
    'the step that failed with other data',
    [group('inputs', [1, 'text'])],
    first('status', 1),
    undefined,
  ],
  [
    'a step that is not the one that is told of',
    [group('inputs', [0, 'no'], [1, 'text'])],
    first('input', 0, 'no'),
    undefined,
  ],
  ['a step where nothing is told of', [group('inputs', [1, 'text'])], null, undefined],
  [
    'nothing but the step',
    [group('inputs', [0, 'text']), group('outputs', [1, 'code'])],
    first('output', 1, 'code'),
    undefined,
  ],
])('leads to %s', (_, groups, told, place) => {
  expect(differencePlace({ groups, first: told }, 1)).toEqual(place);
});
