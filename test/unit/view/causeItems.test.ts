import { expect, test } from 'vitest';

import type { Json } from '../../../src/base/json.ts';
import type { CompareWindow } from '../../../src/protocol/compare.ts';
import { causeItems, isCause, isOfEachRun } from '../../../src/view/causeItems.ts';

const none = { status: null, error: null, count: null, time: null } as const;
const row = {
  ...{ name: 'A', nodeId: 'a', type: 'a', nameBefore: 'A', hasEntry: true },
  ...{ isGotOver: false, isSetUpTheSame: true, ...none },
} as const;
const failed = { ...row, status: { before: 'succeeded', after: 'failed' } } as const;
const first = {
  ...{ what: 'output' as const, row: 1, value: null, more: 0, ran: -1, insteadOf: -1, runs: null },
  effect: { kind: 'failed', row: 3 },
} as const;
const told = [
  [1, row],
  [3, failed],
] as const;
const of = (parts: Partial<CompareWindow> = {}) => ({ told, first, ...parts }) as CompareWindow;

test.each([
  ['outputs', 1, of(), true],
  // What the failing node gave is nothing because it failed.
  ['outputs', 3, of(), false],
  ['outputs', 4, of(), false],
  ['outputs', -1, of(), false],
  // A container gave nothing because a step in it failed.
  ['outputs', 2, of({ told: [...told, [2, failed]] }), false],
  ['inputs', 3, of({ told: [...told, [2, failed]] }), true],
  ['outputs', 3, of({ first: { ...first, effect: null } }), false],
  ['outputs', 4, of({ first: null, told: [] }), true],
  ['inputs', 3, of(), true],
  ['inputs', 4, of(), false],
  ['inputs', -1, of(), true],
  ['configuration', 9, of(), true],
  ['flow', -1, of(), true],
  ['times', 1, of(), false],
  ['way', 1, of(), false],
] as const)('of %s at row %i: %s', (kind, place, answer, expected) => {
  expect(isCause({ row: place }, kind, answer)).toBe(expected);
});

test('values that stand anywhere are handed on under their name only, and settings never', () => {
  const item = (place: number, path: string, before: Json, after: Json) => ({
    ...({ aspect: 'value', change: 'changed', having: 0 } as const),
    ...{ row: place, path: [path], before, after },
  });
  const inputs = [
    item(1, 'dryRun', true, false),
    item(2, 'dryRun', true, false),
    item(2, 'isUrgent', true, false),
    item(2, 'retries', 3, 1),
    item(2, 'rounds', 3, 1),
    item(2, 'order', 'SO-7', 'SO-8'),
    item(3, 'text', 'SO-7', 'SO-8'),
  ];
  const configuration = [item(2, 'verifySsl', true, false), item(3, 'table', 'SO-7', 'SO-8')];
  const groups = [
    { kind: 'inputs', total: inputs.length, items: inputs },
    { kind: 'configuration', total: configuration.length, items: configuration },
  ] as const;
  const namesFor = (what: 'input' | 'config', value: (typeof inputs)[number] | undefined) =>
    causeItems(
      of({ groups, first: { ...first, what, row: value?.row ?? -1, value } as never }),
    ).map((one) => one.item.path.join('.'));
  expect(namesFor('input', inputs[0])).toEqual([
    ...['isUrgent', 'retries', 'rounds', 'order', 'verifySsl', 'table'],
  ]);
  expect(namesFor('config', configuration[0])).not.toContain('verifySsl');
  expect(namesFor('config', configuration[0])).toContain('isUrgent');
});

test('a value that is handed on is told where it comes from, what no good run had first, and the first difference elsewhere', () => {
  const item = (row: number, after: string, having: number | null) => ({
    ...({
      aspect: 'value',
      row,
      path: ['x'],
      change: 'changed',
      before: 'a',
      after,
      having,
    } as const),
  });
  const groups = [
    { kind: 'inputs', total: 3, items: [item(2, 'first', 0), item(3, 'b', 1), item(3, 'c', 0)] },
    { kind: 'outputs', total: 2, items: [item(1, 'b', 1), item(4, 'd', 0)] },
  ] as const;
  const value = { path: ['x'], change: 'changed', before: 'a', after: 'first' } as const;
  const items = causeItems(of({ groups, first: { ...first, value } }));
  expect(items.map(({ kind, item: { row, after } }) => [kind, row, after])).toEqual([
    ['inputs', 3, 'c'],
    ['outputs', 1, 'b'],
  ]);
});

test.each([
  ['inputs', { aspect: 'value', isVaried: true }, true],
  ['outputs', { aspect: 'value', isVaried: true }, true],
  ['inputs', { aspect: 'ownData' }, true],
  ['inputs', { aspect: 'value', having: 0 }, false],
  // It was changed in the flow file.
  ['configuration', { aspect: 'value', isVaried: true }, false],
  ['flow', { aspect: 'name' }, false],
] as const)('what differs in each run tells less: %s %j', (kind, parts, expected) => {
  const item = { row: 1, path: ['x'], change: 'changed', having: null, ...parts } as const;
  expect(isOfEachRun({ kind, item: { before: 'a', after: 'b', ...item } })).toBe(expected);
});
