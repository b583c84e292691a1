import { describe, expect, test } from 'vitest';
import { followFocus } from '../../../webview/tree/treeFocus.ts';
import {
  findByName,
  nextFailure,
  rowAbove,
  rowInFlow,
  treeAction,
  type TreePlace,
} from '../../../webview/tree/treeKeys.ts';
import { row, treeWindow } from '../../webview/treeRows.ts';

const rows = [
  row('a', { expanded: true }),
  row('b', { level: 2 }),
  row('c', { level: 2, expanded: false }),
  row('ab', { level: 1 }),
];
const place: TreePlace = { total: 100, start: 10, rows, focus: 11, rowsPerPage: 20 };
const press = (key: string, focus = 11, modifiers = {}) =>
  treeAction(
    { key, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...modifiers },
    { ...place, focus },
  );
const told = (action: ReturnType<typeof treeAction>): string => {
  if (action === null) return 'none';
  if (action.kind === 'move') return `move ${action.row}`;
  if (action.kind === 'parent') return `parent of ${action.below} at ${action.level}`;
  if (action.kind === 'failure') return `failure ${action.by}`;
  return action.kind === 'find' ? `find ${action.letter}` : `${action.kind} ${action.row.key}`;
};

describe('keys', () => {
  test.each([
    ['ArrowDown', 11, {}, 'move 12'],
    ['ArrowUp', 11, {}, 'move 10'],
    ['ArrowUp', 0, {}, 'move 0'],
    ['ArrowDown', 99, {}, 'move 99'],
    ['Home', 11, {}, 'move 0'],
    ['End', 11, {}, 'move 99'],
    ['PageDown', 11, {}, 'move 30'],
    ['PageUp', 11, {}, 'move 0'],
    ['ArrowRight', 12, {}, 'toggle c'],
    ['ArrowRight', 10, {}, 'move 11'],
    ['ArrowRight', 11, {}, 'none'],
    ['ArrowLeft', 10, {}, 'toggle a'],
    ['ArrowLeft', 11, {}, 'parent of 11 at 1'],
    ['ArrowLeft', 13, {}, 'none'],
    ['Enter', 11, {}, 'select b'],
    [' ', 11, {}, 'select b'],
    [' ', 12, {}, 'toggle c'],
    ['Enter', 11, { altKey: true }, 'reveal b'],
    ['Enter', 11, { ctrlKey: true }, 'reveal b'],
    ['F12', 11, {}, 'reveal b'],
    ['F12', 50, {}, 'none'],
    ['x', 11, {}, 'find x'],
    ['x', 11, { ctrlKey: true }, 'none'],
    ['Tab', 11, {}, 'none'],
    ['F8', 11, {}, 'failure 1'],
    ['F8', 11, { shiftKey: true }, 'failure -1'],
  ])('%s at %d with %j: %s', (key, focus, modifiers, action) => {
    expect(told(press(key, focus, modifiers))).toBe(action);
  });
});

test('a parent is sought above, among the rows at hand', () => {
  expect(rowAbove(place, 12, 1)).toBe(10);
  expect(rowAbove(place, 10, 1)).toBeNull();
});

test.each([
  ['the next of that letter', 'a', 10, 13],
  ['going round', 'a', 13, 10],
  ['more letters may mean the same row', 'ab', 13, 13],
  ['none', 'z', 11, null],
])('type to find: %s', (_name, typed, focus, found) => {
  expect(findByName({ ...place, focus }, typed)).toBe(found);
});

describe('the next failure', () => {
  const at = (keys: string, focus: number, parts: Partial<TreePlace> = {}): TreePlace => {
    const ofKeys = keys.split('').map((key) => {
      return row(key, key === 'x' ? { status: 'failed' } : {});
    });
    return { ...place, start: 0, rows: ofKeys, total: ofKeys.length, focus, ...parts };
  };
  test.each([
    ['behind the focus', at('x..x.', 0), 1, { row: 3, isFound: true }],
    ['before it', at('x..x.', 3), -1, { row: 0, isFound: true }],
    ['around the end', at('x..x.', 3), 1, { row: 0, isFound: true }],
    ['around the beginning', at('.x.x.', 1), -1, { row: 3, isFound: true }],
    ['the only one, which has the focus', at('.x.', 1), 1, { row: 1, isFound: true }],
    ['none', at('...', 1), 1, null],
    ['not at hand yet', at('x..', 0, { total: 9 }), 1, { row: 2, isFound: false }],
    [
      'not at hand yet, above',
      at('..x', 7, { start: 5, total: 9 }),
      -1,
      { row: 5, isFound: false },
    ],
    ['none up to the end of a long tree', at('x..', 8, { start: 6, total: 9 }), 1, null],
  ] as const)('%s', (_name, where, by, next) => {
    expect(nextFailure(where, by)).toEqual(next);
  });
});

describe('the focus', () => {
  const window = (keys: string, start = 0, totalRows = 10) =>
    treeWindow(
      keys.split(' ').map((key) => row(key)),
      { start, totalRows },
    );
  test.each([
    ['stays', { index: 1, key: 'b' }, window('a b c'), { index: 1, key: 'b' }],
    ['follows its row', { index: 1, key: 'b' }, window('x a b c'), { index: 2, key: 'b' }],
    [
      'takes the place of a row that left',
      { index: 1, key: 'b' },
      window('a c'),
      { index: 1, key: 'c' },
    ],
    ['waits for its page', { index: 8, key: 'z' }, window('a b c'), { index: 8, key: 'z' }],
    ['is not beyond the end', { index: 8, key: 'z' }, window('a b', 0, 2), { index: 1, key: 'b' }],
    [
      'learns its row when the page comes',
      { index: 5, key: null },
      window('e f', 4),
      { index: 5, key: 'f' },
    ],
  ])('%s', (_name, before, after, focus) => {
    expect(followFocus(before, after)).toEqual(focus);
  });
});

test('what was called stands in no flow file: the node that called it does', () => {
  const called = row('called', { level: 3, nodeId: '', execution: 'rpa/a' });
  const others = [row('node', { level: 2 }), row('first', { level: 3, execution: 'rpa/b' })];
  const shown = { rows: [row('a'), ...others, called, row('b', { level: 1 })] };
  expect(rowInFlow(shown, called)?.key).toBe('node');
  expect(rowInFlow(shown, row('b'))?.key).toBe('b');
  // Its caller is on another page.
  expect(rowInFlow({ rows: [called] }, called)).toBe(null);
});
