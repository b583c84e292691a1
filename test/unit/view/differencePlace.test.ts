import { expect, test } from 'vitest';

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

test.each<[string, readonly Group[], unknown]>([
  [
    'its program',
    [group('inputs', [1, 'text']), group('configuration', [1, 'other'], [1, 'code'])],
    { part: 'code' },
  ],
  [
    'an input',
    [group('inputs', [0, 'no'], [1, 'text']), group('configuration', [1, 'prompt'])],
    { part: 'input', input: 'text' },
  ],
  [
    'nothing but the step',
    [group('inputs', [0, 'text']), group('outputs', [1, 'code'])],
    undefined,
  ],
])('leads to %s', (_, groups, place) => {
  expect(differencePlace(groups, 1)).toEqual(place);
});
