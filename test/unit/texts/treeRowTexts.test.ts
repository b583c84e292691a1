import { describe, expect, test } from 'vitest';
import { notCheckedMark } from '../../../src/trace/notChecked.ts';
import type { TreeRow } from '../../../src/protocol/tree.ts';
import { nodeTypePresentation } from '../../../src/texts/nodeTypes.ts';
import {
  nodeStatusPresentation,
  outcomePresentation,
} from '../../../src/texts/statusPresentation.ts';
import {
  errorCode,
  errorLine,
  rowBadges,
  rowDuration,
  rowHint,
  rowLabel,
  rowPresentation,
  rowStatusText,
  runningFor,
} from '../../../src/texts/treeRowTexts.ts';
import { createTranslate } from '../../../webview/l10n.ts';
import { row } from '../../webview/treeRows.ts';

const t = createTranslate(null);

describe('how long what runs has done so', () => {
  const of = { beginMs: 1_000, durationMs: null, isRunning: true };
  test.each<[string, Parameters<typeof runningFor>, string | null]>([
    ['in whole seconds, none less than a step of it', [of, 1_368], '1 s'],
    ['the clock of its robot is ahead', [{ ...of, reachedMs: 5_200 }, 700], '≥ 5 s'],
    ['ours is a tick late', [{ ...of, reachedMs: 5_200 }, 4_200], '5 s'],
    ['its steps ended before', [{ ...of, reachedMs: 1_200 }, 9_000], '8 s'],
    ['it began just now', [of, 700], '0 s'],
    ['the clock of its robot is ahead, and no step tells more', [of, -70_000], '–'],
    ['nor does the first step', [{ ...of, reachedMs: 1_000 }, -70_000], '–'],
    ['it is over', [{ ...of, isRunning: false }, 9_000], null],
    ['nobody knows since when', [{ ...of, beginMs: null }, 9_000], null],
    ['it is of a file', [of, null], null],
  ])('%s', (_, parameters, text) => {
    expect(runningFor(...parameters)).toBe(text);
  });
});

const twoOfFive = { total: 5, failed: 2, items: [1, 3] };
const theSecond = { total: null, failed: 1, items: [1] };

test.each<[string, Partial<TreeRow>, string]>([
  ['nothing', {}, ''],
  ['rounds', { count: 3 }, '×3'],
  ['attempts', { count: 3, attempts: true, status: 'recovered' }, '×3'],
  ['attempts given up', { count: 4, attempts: true, status: 'failed' }, '×3'],
  ['one attempt given up', { count: 2, attempts: true, status: 'failed' }, ''],
  ['the round of a parallel iteration', { round: 1 }, 'round 2'],
  ['an entry of mixed rounds', { mixesRounds: true }, 'mixed rounds'],
  ['items that failed', { failedItems: twoOfFive, count: 5 }, '2 of 5 items failed|×5'],
  ['the item of a round', { failedItems: twoOfFive, round: 1 }, 'this item failed|round 2'],
  ['where it ended', { failedItems: theSecond, status: 'failed' }, 'at item 2'],
  ['of so many', { failedItems: { ...theSecond, total: 3 }, status: 'failed' }, 'at item 2 of 3'],
  ['inferred', { inferred: true }, 'inferred'],
  ['failing without an entry', { failing: true, inferred: true }, 'most likely here|inferred'],
  ['another service', { execution: 'rpa-server s', type: 'rpa-server' }, 'rpa-server'],
  ['a workflow it called', { execution: 'w', confidence: 'certain' }, 'sub-workflow'],
  ['most likely', { execution: 'w', confidence: 'likely' }, 'sub-workflow|likely'],
  ['tokens', { tokens: 12_530 }, '13k tokens'],
  ['failing', { failing: true, error: '21300 not found', count: 2 }, 'failed here|21300|×2'],
])('badges: %s', (_name, parts, badges) => {
  expect(
    rowBadges(row('a', parts), t)
      .map(({ text }) => text)
      .join('|'),
  ).toBe(badges);
});

test.each([
  [null, null],
  ['', null],
  ['55003 task timed out', '55003'],
  ['RPA node request failed, code 21300', '21300'],
  ['failed(21300)', '21300'],
  ['no code here', null],
  ['port 127.0.0.1:29092', null],
  ['amount 12345.50', null],
  ['order 1234567', null],
])('the code in %j is %s', (error, code) => {
  expect(errorCode(error)).toBe(code);
});

test('a row is read aloud with all that is drawn', () => {
  const spoken = row('Click save', { status: 'failed', failing: true, count: 2, durationMs: 3600 });
  expect(rowLabel(spoken, t)).toBe(
    'Click save, RPA robot, Failed, 3.60 s, failed here, Logged 2 times: once for each round of an iteration, or once for each attempt and once for giving up',
  );
});

test.each([
  ['what it took', { durationMs: 3_600 }, '3.60 s', /, 3\.60 s/],
  ['with all attempts', { durationMs: 0, lostMs: 3_200 }, '≤ 3.20 s', /, at most 3\.20 s/],
  ['unknown', { durationMs: null, lostMs: 3_200 }, '–', /^x, RPA robot, Succeeded$/],
])('the duration of a step: %s', (_, parts, shown, spoken) => {
  expect(rowDuration(row('x', parts))).toBe(shown);
  expect(rowLabel(row('x', parts), t)).toMatch(spoken);
});

test('attempts and the giving up are told apart', () => {
  const given = row('a', { count: 4, attempts: true, status: 'failed' });
  expect(rowBadges(given, t)[0]?.hint).toBe(
    'Tried 3 times, then gave up: the last of the 4 entries records this',
  );
  expect(rowHint({ ...given, lostMs: 3_200, durationMs: 0 }, t)).toContain(
    'Duration of the last attempt: 0 ms',
  );
});

test('an unknown type is shown as it is', () => {
  expect(nodeTypePresentation('teleport').text).toBe('');
  expect(rowLabel(row('x', { type: 'teleport', durationMs: null }), t)).toBe(
    'x, teleport, Succeeded',
  );
});

test('the tooltip tells error and id', () => {
  expect(rowHint(row('x', { error: 'bad', nodeId: 'rpa::1' }), t).split('\n')).toEqual([
    'x',
    'RPA robot · Succeeded',
    'Duration: 100 ms',
    'bad',
    'rpa::1',
  ]);
});

test('of an error the first line is shown', () => {
  expect(errorLine(row('x', { error: '\n  first\nsecond' }), t)).toBe('first');
  expect(errorLine(row('x', { error: 'x'.repeat(999) }), t).length).toBe(201);
  expect(errorLine(row('x'), t)).toBe('');
});

test('of a text that was hidden whole it is said why', () => {
  const why = 'Not shown: looking for secrets in it would take too long';
  expect(errorLine(row('x', { error: notCheckedMark }), t)).toBe(why);
  expect(rowHint(row('x', { error: notCheckedMark }), t)).toContain(why);
  expect(rowLabel(row(notCheckedMark), t)).toContain(why);
});

describe('states', () => {
  const statuses = [
    'succeeded',
    'failed',
    'recovered',
    'running',
    'stalled',
    'cancelled',
    'notRun',
  ] as const;
  const outcomes = [
    ...(['succeeded', 'failed', 'cancelled', 'running', 'stalled', 'unreported'] as const),
  ];

  test('differ by more than their colour', () => {
    const icons = (all: { icon: string }[]) => new Set(all.map(({ icon }) => icon)).size;
    expect(icons(statuses.map(nodeStatusPresentation))).toBe(statuses.length);
    expect(icons(outcomes.map(outcomePresentation))).toBe(outcomes.length);
  });
});

test.each([
  ['certain', 'The workflow that this node called: flow, parameters and time agree'],
  ['likely', 'Likely the workflow that this node called'],
  [null, 'A record of another service'],
] as const)('how sure it is that a node called a workflow: %s', (confidence, words) => {
  const called = row('a', { execution: 'w', confidence });
  const hint = rowBadges(called, t).find(({ kind }) => kind === 'service')?.hint;
  expect(hint).toContain(words);
  expect(rowHint(called, t).includes(words)).toBe(confidence !== null);
});

test.each<[string, Partial<TreeRow>, string, string]>([
  ['a success', {}, 'Succeeded', 'pass'],
  ['items that failed', { failedItems: twoOfFive }, '2 of 5 items failed', 'warning'],
  ['a round', { failedItems: theSecond, round: 1 }, 'This item failed', 'warning'],
  ['a failure at an item', { failedItems: theSecond, status: 'failed' }, 'Failed', 'error'],
  [
    'made good',
    { status: 'recovered', isMadeGood: true },
    ...(['Failed first, then succeeded', 'debug-rerun'] as const),
  ],
  ['got over', { status: 'recovered' }, 'Failed, and the flow went on', 'debug-rerun'],
  ['inferred', { inferred: true, status: 'failed' }, 'Most likely failed, no entry', 'error'],
  [
    'inferred to be cut off',
    { inferred: true, status: 'cancelled' },
    ...(['Most likely cut off, no entry', 'circle-slash'] as const),
  ],
])('the state of %s', (_name, parts, text, icon) => {
  expect(rowStatusText(row('a', parts), t)).toBe(text);
  expect(rowPresentation(row('a', parts)).icon).toBe(icon);
});

test('the pointer tells which items failed, and what attempts cost', () => {
  const hint = (parts: Partial<TreeRow>) => rowHint(row('a', parts), t);
  expect(hint({ failedItems: twoOfFive })).toContain('2 of 5 items failed\nDuration');
  expect(hint({ failedItems: twoOfFive })).toContain('Items 2, 4.');
  expect(hint({ failedItems: { ...twoOfFive, items: null } })).toContain('doesn’t say which');
  const many = { total: 99, failed: 20, items: Array.from({ length: 20 }, (_, item) => item) };
  expect(hint({ failedItems: many })).toContain('11, 12, ….');
  expect(hint({ lostMs: 3_200 })).toContain('At most 3.20 s lost to earlier attempts');
});
