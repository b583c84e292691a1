import { expect, test } from 'vitest';

import type { TreeRow } from '../../../src/protocol/tree.ts';
import { nearestToGone } from '../../../src/view/goneRow.ts';

/** Rows in words: each space before a name is a level. */
function rowsOf(text: string, { start = 0, more = 0 } = {}) {
  const rows = text.split('|').map((line) => {
    const key = line.trimStart();
    return { key, level: line.length - key.length + 1 } as TreeRow;
  });
  return { rows, start, totalRows: start + rows.length + more };
}

const before = rowsOf('begin|loop| read| choose|  click|  type| save|end');

test.each<[string, string, ReturnType<typeof rowsOf>, string | null | undefined]>([
  ['the one above it', 'click', rowsOf('begin|loop| read| choose|  type| save|end'), 'choose'],
  ['the next above that is there', 'click', rowsOf('begin|loop| read| save|end'), 'loop'],
  ['the execution', 'click', rowsOf('begin|end'), null],
  ['the execution for one of the first level', 'end', rowsOf('begin|loop| read'), null],
  ['none where it is there', 'type', rowsOf('begin|loop| choose|  type'), undefined],
  ['none where it was not seen before', 'wait', rowsOf('begin|loop'), undefined],
  [
    'none where the rest of its round was not sent',
    'save',
    rowsOf('loop| read', { more: 9 }),
    undefined,
  ],
  ['the one above it, with more behind', 'save', rowsOf('loop| read|end', { more: 9 }), 'loop'],
  [
    'none where the rows before were not sent',
    'begin',
    rowsOf(' save|end', { start: 7 }),
    undefined,
  ],
])('a row that is gone leads to %s', (_, row, after, nearest) => {
  expect(nearestToGone(row, before, after)).toBe(nearest);
});
