import { describe, expect, it } from 'vitest';

import type { Json } from '../../../src/base/json.ts';
import type { FirstDifference } from '../../../src/compare/firstDifference.ts';
import type { DifferenceGroup, GroupItem, GroupKind } from '../../../src/compare/groups.ts';
import type { NotCompared } from '../../../src/compare/notCompared.ts';
import type { ToldRow } from '../../../src/compare/toldRow.ts';
import type { Change } from '../../../src/compare/valueDifferences.ts';
import type { SentComparedRow, SentSide } from '../../../src/protocol/compare.ts';
import { comparedRowLabel, deltaText } from '../../../src/texts/comparedRowTexts.ts';
import { numberDelta, pathText, valueText } from '../../../src/texts/comparedValues.ts';
import { groupText, groupTitle, itemText } from '../../../src/texts/compareGroupTexts.ts';
import { comparisonSentences, sinceText } from '../../../src/texts/compareTexts.ts';
import type { ToldComparison } from '../../../src/texts/toldComparison.ts';
import { notComparedText } from '../../../src/texts/notComparedText.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';

const aRow = (parts: Partial<ToldRow> = {}): ToldRow => ({
  ...{ name: 'A', nodeId: 'a::1', type: 'a', nameBefore: 'Old A', hasEntry: true },
  ...{ isGotOver: false, isSetUpTheSame: true },
  ...{ status: null, error: null, count: null, time: null },
  ...parts,
});

const rows = (first: Partial<ToldRow>) => {
  const all = [aRow(first), aRow({ name: 'B' }), aRow({ name: '', nodeId: '' })];
  return (place: number) => all[place];
};

const aFirst = (parts: Partial<FirstDifference>): FirstDifference => ({
  ...{ what: 'output', row: 0, value: null, more: 0, ran: -1, insteadOf: -1, runs: null },
  effect: null,
  ...parts,
});

function told(parts: Partial<ToldComparison> = {}): ToldComparison {
  const side: ToldComparison['after'] = {
    ...{ beginMs: 0, durationMs: 1_000, code: 0, message: '' },
    outcome: 'succeeded',
  };
  return {
    ...{
      first: null,
      groups: [],
      notCompared: [],
      folded: 0,
      goodRuns: 5,
      isSame: false,
      isOtherFlow: false,
    },
    ...{ rowAt: rows({}), before: side, after: side },
    ...parts,
  };
}

/** Without its end, which is the same everywhere. */
function said(parts: Partial<ToldComparison>): string {
  return comparisonSentences(told(parts), plainEnglish).slice(0, -1).join(' ');
}

describe('the first difference', () => {
  const changes: readonly Change[] = [
    ...(['changed', 'added', 'removed', 'moved', 'retyped', 'secret', 'otherPlace'] as const),
  ];

  it.each(['output', 'input', 'config', 'trigger', 'answer'] as const)('of a value: %s', (what) => {
    const sentences = changes.map((change) => {
      const value = { path: ['list', 2], change, before: 1, after: 'x' } as const;
      return said({ first: aFirst({ what, value }) });
    });
    const emptied = { path: ['list', 2], change: 'removed', before: 1, after: [] } as const;
    sentences.push(said({ first: aFirst({ what, value: emptied }) }));
    expect(sentences.at(-1)).toContain('empty now, [] (before: 1)');
    expect(new Set(sentences).size).toBe(changes.length + 1);
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^First difference: .*\blist\b.*[.;]/);
      expect(sentence.includes('“A”')).toBe(what !== 'trigger' && what !== 'answer');
    }
  });

  const status = (before: string, after: string, isSetUpTheSame = true) =>
    ({ status: { before, after }, isSetUpTheSame }) as Partial<ToldRow>;
  const count = (before: number, after: number) =>
    ({ count: { before, after, isAttempts: true } }) as const;

  it.each<[string, Partial<FirstDifference>, Partial<ToldRow>, RegExp]>([
    [
      'way',
      { what: 'way', ran: 1, insteadOf: 2 },
      {},
      /after “A”, “B” ran instead of “a step that left no entry”/,
    ],
    ['way', { what: 'way', ran: 1 }, {}, /after “A”, “B” ran, which/],
    ['way', { what: 'way', insteadOf: 1 }, {}, /after “A”, “B” didn’t run/],
    [
      'status',
      { what: 'status' },
      status('succeeded', 'failed'),
      /failed, which it didn’t before; its input and configuration are the same\./,
    ],
    [
      'status',
      { what: 'status' },
      status('succeeded', 'failed', false),
      /failed, which it didn’t before; its input is the same\./,
    ],
    [
      'status',
      { what: 'status' },
      status('failed', 'succeeded'),
      /succeeded, though it failed before; its input and configuration/,
    ],
    [
      'status',
      { what: 'status' },
      status('failed', 'succeeded', false),
      /succeeded, though it failed before; its input is the same\./,
    ],
    [
      'status',
      { what: 'status' },
      status('succeeded', 'recovered'),
      /failed first, then succeeded/,
    ],
    [
      'status',
      { what: 'status' },
      status('recovered', 'succeeded'),
      /succeeded at the first attempt/,
    ],
    ['status', { what: 'status' }, status('succeeded', 'cancelled'), /didn’t finish/],
    [
      'status',
      { what: 'status' },
      { hasEntry: false },
      /failed, which it didn’t before; it left no entry\./,
    ],
    ['error', { what: 'error' }, {}, /failed with a different error\./],
    [
      'error',
      { what: 'error' },
      {
        error: {
          before: 'RPA node request failed(no #a)',
          after: 'RPA node request failed(no\n#b)',
        },
      },
      /failed with a different error: “no #b” \(before: “no #a”\)\./,
    ],
    [
      'an error that is new',
      { what: 'error' },
      { error: { before: null, after: 'disk nearly full' } },
      /“A” reported an error: “disk nearly full” \(before: none\)\./,
    ],
    [
      'an error that is gone',
      { what: 'error' },
      { error: { before: 'disk nearly full', after: null } },
      /“A” reported no error \(before: “disk nearly full”\)\./,
    ],
    [
      'attempts',
      { what: 'attempts' },
      { ...count(1, 3), ...status('succeeded', 'recovered') },
      /only after retries \(attempts: 3, before: 1\)/,
    ],
    ['attempts', { what: 'attempts' }, count(2, 3), /retried more often/],
    ['attempts', { what: 'attempts' }, count(3, 2), /retried less often/],
    ['attempts', { what: 'attempts' }, count(3, 1), /wasn’t retried \(attempts: 1, before: 3\)/],
    ['rounds', { what: 'rounds' }, count(3, 2), /number of rounds: 2 \(before: 3\)/],
    ['runs', { what: 'runs', runs: { before: 1, after: 2 } }, {}, /ran more often/],
    ['runs', { what: 'runs', runs: { before: 2, after: 1 } }, {}, /ran less often/],
    ['name', { what: 'name' }, {}, /“A” was called “Old A” before/],
    ['added', { what: 'added' }, {}, /“A” ran, which/],
    ['missing', { what: 'missing' }, {}, /“A” didn’t run/],
    ['order', { what: 'order' }, {}, /in a different order/],
    ['cut off before', { what: 'cutOff' }, {}, /the run before was cut off after “A”/],
    [
      'time',
      { what: 'time' },
      { time: { before: 1_000, after: 9_000 } },
      /^Only the times differ: “A” took 9\.00 s \(before: 1\.00 s\)/,
    ],
    ['time', { what: 'time', row: -1 }, {}, /times differ: it took 1\.00 s/],
  ])('of a row: %s', (_, first, row, sentence) => {
    expect(said({ first: aFirst(first), rowAt: rows(row) })).toMatch(sentence);
  });

  it('of a run that was cut off', () => {
    const side = { beginMs: 1, durationMs: 1, code: 0, message: '' };
    const after = { ...side, outcome: 'cancelled' } as const;
    expect(said({ first: aFirst({ what: 'cutOff' }), after })).toMatch(/it was cut off after “A”/);
  });

  it.each([
    [
      'failed',
      3,
      'succeeded',
      0,
      /it failed with code 3, which it didn’t before; it was started with the same data\./,
    ],
    [
      'succeeded',
      0,
      'failed',
      3,
      /it succeeded, though it failed before with code 3; it was started with the same data/,
    ],
    ['failed', 3, 'failed', 4, /it ended with code 3 \(before: 4\)/],
    ['cancelled', 0, 'succeeded', 0, /it didn’t finish/],
  ] as const)('of executions: %s with %i', (outcome, code, old, oldCode, sentence) => {
    const first = aFirst({ what: 'outcome', row: -1 });
    const [after, before] = [
      { outcome, code, beginMs: 1, durationMs: 1, message: '' },
      { outcome: old, code: oldCode, beginMs: 0, durationMs: 1 },
    ];
    expect(said({ first, after, before })).toMatch(sentence);
  });

  it.each([
    [{ kind: 'failed', row: 1 }, '“B” failed after it.'],
    [{ kind: 'noLongerFailed', row: 1 }, '“B” no longer fails.'],
    [{ kind: 'cutOff', row: 1 }, 'It was cut off after “B”.'],
    [{ kind: 'executionFailed' }, 'It failed with code 0.'],
    [{ kind: 'way', ran: 1, insteadOf: 0 }, 'Then “B” ran instead of “A”.'],
    [{ kind: 'way', ran: 1, insteadOf: -1 }, 'Then “B” ran, which it didn’t before.'],
    [{ kind: 'way', ran: -1, insteadOf: 1 }, 'Then “B” didn’t run, though it did before.'],
  ] as const)('has an effect: %j', (effect, sentence) => {
    expect(said({ first: aFirst({ what: 'error', effect, more: 2 }) })).toBe(
      `First difference: “A” failed with a different error. 2 more values differ there. ${sentence}`,
    );
  });
});

const anItem = (parts: Partial<GroupItem> = {}): GroupItem => ({
  ...{ aspect: 'value', row: 0, path: ['x'], change: 'changed', before: 1, after: 2 },
  having: null,
  ...parts,
});

describe('the flow file', () => {
  const first = aFirst({ what: 'error', more: 1 });
  const config = (...places: readonly number[]): readonly DifferenceGroup[] => [
    { kind: 'configuration', total: places.length, items: places.map((row) => anItem({ row })) },
  ];

  it.each([
    [[0], 'The configuration of “A” differs between the two: x is 2 (before: 1).'],
    [[1], 'The configuration of “B” differs between the two: x is 2 (before: 1).'],
    [[0, 0], 'The configuration of “A” differs between the two.'],
    [
      [0, 1],
      'The configuration of “A” differs between the two: x is 2 (before: 1). That of “B” does too.',
    ],
    [
      [0, 1, 2],
      'The configuration of “A” differs between the two: x is 2 (before: 1). That of “B” does too, and that of other nodes (1).',
    ],
    [[1, 2], 'The configuration of “B” and other nodes (1) differs between the two.'],
  ])('changed at %j', (places, sentence) => {
    expect(said({ first, groups: config(...places) })).toBe(
      `First difference: “A” failed with a different error. 1 more value differs there. ${sentence}`,
    );
  });

  it.each([
    ['long', anItem({ before: 'a', after: 'a prompt '.repeat(9) })],
    ['a secret', anItem({ change: 'secret', before: '••••c3f1', after: '••••c3f1' })],
    ['gone', anItem({ change: 'removed', after: undefined })],
    ['a list', anItem({ before: [1], after: [2] })],
  ])('changed at one setting that is %s: the groups tell', (_, item) => {
    const groups = [{ kind: 'configuration', total: 1, items: [item] } as const];
    expect(said({ first, groups })).toMatch(/The configuration of “A” differs between the two\.$/);
  });

  it('is told once where it is the first difference', () => {
    const value = { path: ['x'], change: 'changed', before: 1, after: 2 } as const;
    const changed = aFirst({ what: 'config', value });
    expect(said({ first: changed, groups: config(0) })).toBe(
      'First difference: “A” is configured differently: x is 2 (before: 1).',
    );
  });

  it('has another version', () => {
    const version = anItem({ aspect: 'version', row: -1, before: 'v1', after: '' });
    const groups = [{ kind: 'flow', total: 1, items: [version] } as const];
    expect(said({ first, groups })).toMatch(/Version of the flow: – \(before: v1\)\.$/);
  });
});

describe('nothing differs', () => {
  const group = (kind: GroupKind) => [{ kind, total: 1, items: [anItem()] }];

  it.each<[Partial<ToldComparison>, string]>([
    [{}, 'No differences.'],
    [{ folded: 1 }, 'No differences. 1 value differs from run to run, such as a time or an ID.'],
    [
      { groups: group('flow') },
      'No differences, except that another copy or version of the flow ran.',
    ],
    [{ groups: group('tokens') }, 'Only the token usage differs.'],
    [{ groups: group('way') }, 'No relevant differences.'],
  ])('%j', (parts, sentence) => {
    expect(said(parts)).toBe(sentence);
  });

  it('where both are one, or of other flows', () => {
    const texts = (parts: Partial<ToldComparison>) =>
      comparisonSentences(told(parts), plainEnglish);
    expect(texts({ isSame: true })).toEqual(['It is the same execution.']);
    expect(texts({ isOtherFlow: true })[0]).toMatch(/different flows/);
  });
});

describe('what was not compared', () => {
  const kinds: readonly NotCompared['kind'][] = [
    ...([
      'stored',
      'masked',
      'hidden',
      'cut',
      'noEntry',
      'rounds',
      'writtenOtherwise',
      'calls',
    ] as const),
  ];

  it.each(kinds)('%s', (kind) => {
    const one = notComparedText([{ kind, count: 1 }], plainEnglish);
    const many = notComparedText([{ kind, count: 3 }], plainEnglish);
    const end = ', and what isn’t recorded, such as the screen and the machine.';
    expect(one.startsWith('Not compared: ') && one.endsWith(end)).toBe(true);
    expect(many === one).toBe(kind === 'rounds' || kind === 'writtenOtherwise');
  });
});

describe('a difference in a line', () => {
  const line = (parts: Partial<GroupItem>, kind: GroupKind = 'outputs') =>
    itemText(anItem(parts), kind, told(), plainEnglish);

  it.each<[Partial<GroupItem>, string]>([
    [{}, 'A: x: 2 (before: 1)'],
    [{ having: 0 }, 'A: x: 2 (before: 1) (in none of 5 good runs)'],
    [{ having: 2 }, 'A: x: 2 (before: 1) (in 2 of 5 good runs)'],
    [{ change: 'moved', path: ['x', 1], before: 4 }, 'A: x[1]: moved (before: x[4])'],
    [
      { path: ['x', 1, 'a'], pathBefore: ['x', 4, 'a'], before: 2, after: 3 },
      'A: x[1].a: 3 (before, at x[4].a: 2)',
    ],
    [{ change: 'secret' }, 'A: x is a different secret'],
    [{ change: 'otherPlace' }, 'A: x is a different ID than in the steps before it'],
    [{ change: 'retyped', after: '1' }, 'A: x has a different type: "1" (before: 1)'],
    [{ aspect: 'ran' }, 'A: ran, which it didn’t before'],
    [{ aspect: 'missing' }, 'A: didn’t run, though it did before'],
    [{ aspect: 'order' }, 'A: ran in a different order'],
    [{ aspect: 'duration' }, 'A: 2 ms (before: 1 ms)'],
    [{ aspect: 'tokens' }, 'A: tokens: 2 (before: 1)'],
    [{ aspect: 'attempts' }, 'A: attempts: 2 (before: 1)'],
    [{ aspect: 'count', before: undefined }, 'A: rounds: 2 (before: 0)'],
    [{ aspect: 'name', before: 'B', after: 'A' }, 'A: Name: “A” (before: “B”)'],
    [{ aspect: 'code', row: -1 }, 'Execution: Code: 2 (before: 1)'],
  ])('%j', (parts, text) => {
    expect(line(parts)).toBe(text);
  });

  it('says once what holds for all of its group', () => {
    const ours = told();
    const group = (...having: number[]) =>
      groupText(
        {
          kind: 'inputs',
          total: having.length,
          items: having.map((one) => anItem({ having: one })),
        },
        String(having.length),
        ours,
        plainEnglish,
      );
    expect(group(0, 0)).toBe('Inputs (2), in none of 5 good runs');
    expect(group(0, 1)).toBe('Inputs (2)');
    expect(group(0)).toBe('Inputs (1)');
    expect(itemText(anItem({ having: 0 }), 'inputs', ours, plainEnglish, true)).toBe(
      'A: x: 2 (before: 1)',
    );
  });

  it('of what started it, under a title', () => {
    expect(line({ row: -1 }, 'inputs')).toBe('Started with: x: 2 (before: 1)');
    expect(groupTitle('way', plainEnglish)).toBe('Path taken');
  });
});

describe('values and ways to them', () => {
  it.each([
    [['question', 'a', 2, 'b'], 'a[2].b'],
    [['question'], 'question'],
    [['x', 0], 'x[0]'],
  ])('%j', (path, text) => {
    expect(pathText(path)).toBe(text);
  });

  const long = 'x'.repeat(100);
  it.each([
    [undefined, 'nothing'],
    ['', 'nothing'],
    [false, 'false'],
    [long, `“${'x'.repeat(79)}…”`],
    [{ a: 1 }, '{"a":1}'],
    [[long], '1 item'],
    [[long, 1], '2 items'],
    [{ a: long }, '1 field'],
    [{ a: long, b: 1 }, '2 fields'],
  ])('%j', (value, text) => {
    expect(valueText(value, plainEnglish)).toBe(text);
  });
});

describe('a row of both', () => {
  const side = { status: 'succeeded', sinceMs: 0, durationMs: 1_000, count: 1 } as const;
  const row: SentComparedRow = {
    ...{ place: 0, level: 1, mark: 'same', moved: false, name: 'A', nodeId: 'a::1', type: 'a' },
    ...{ before: side, after: side, input: 0, output: 0, config: 0 },
  };

  it.each<readonly [SentComparedRow, string]>([
    [row, 'A, The same, Succeeded'],
    [{ ...row, name: '', mark: 'added', before: null }, 'a, Ran only after, Succeeded'],
    [{ ...row, mark: 'missing', after: null }, 'A, Ran only before, Succeeded'],
    [
      {
        ...{ ...row, mark: 'changed', input: 1, output: 2, config: 1, moved: true },
        after: { ...side, status: 'failed', durationMs: 3_000 },
      },
      'A, Differs, Failed (before: Succeeded), input, configuration, output, in a different order, +2.00 s',
    ],
  ])('%#', (one, text) => {
    expect(comparedRowLabel(one, plainEnglish)).toBe(text);
  });

  it('took less', () => {
    expect(deltaText({ before: side, after: { ...side, durationMs: 400 } })).toBe('−600 ms');
  });

  const tried = { ...side, isRetried: true } as const;
  const rounds = { ...side, count: 3 } as const;
  const all = { ...rounds, lostMs: 3_000, isLeast: true } as const;
  const range = 'between −500 ms and +3.00 s';
  const mixed = 'times can’t be compared: one is that of all rounds, the other that of one round';
  const unknown = 'time of earlier attempts unknown';
  it.each<readonly [string, SentSide, SentSide, string, string]>([
    ['more or less', { ...tried, lostMs: 500 }, { ...tried, lostMs: 3_000 }, '–', range],
    ['all rounds and one', rounds, all, '–', mixed],
    ['one round and all', all, rounds, '–', mixed],
    ['all rounds in both', all, all, '–', unknown],
    ['all rounds and the only one', side, all, '≥ +3.00 s', 'at least +3.00 s'],
    ['one round in both', rounds, { ...rounds, durationMs: 3_000 }, '+2.00 s', '+2.00 s'],
  ])('is told of the same alone: %s', (_, before, after, text, spoken) => {
    expect(deltaText({ before, after })).toBe(text);
    const label = comparedRowLabel({ ...row, before, after }, plainEnglish);
    expect(label.slice('A, The same, Succeeded, '.length)).toBe(spoken);
  });

  it.each<readonly [string, SentSide | null, SentSide | null, string]>([
    ['no longer', side, side, ''],
    ['in one alone', null, tried, ''],
    ['nobody knows how long at first', side, tried, '–'],
    ['nobody knows how long before', tried, side, '–'],
    ['longer at last alone', side, { ...tried, durationMs: 3_000 }, '≥ +2.00 s'],
    [
      'much less than at last',
      { ...tried, durationMs: 3_000 },
      { ...side, durationMs: 1 },
      '≤ −3.00 s',
    ],
    ['no longer than its attempts', side, { ...tried, lostMs: 3_000 }, '≤ +3.00 s'],
    ['as long without another one', { ...tried, lostMs: 3_000 }, side, '≥ −3.00 s'],
    ['tried by what it called', side, { ...tried, lostMs: 3_000, isLeast: true }, '≥ +3.00 s'],
    ['a try that took no time', side, { ...tried, lostMs: 0 }, ''],
  ])('was tried again: %s', (_, before, after, text) => {
    expect(deltaText({ before, after })).toBe(text);
    const label = comparedRowLabel({ ...row, before, after }, plainEnglish);
    expect(label).not.toMatch(/[≤≥–]/);
    expect(
      label.endsWith(
        text
          .replace('≤', 'at most')
          .replace('≥', 'at least')
          .replace('–', 'time of earlier attempts unknown'),
      ),
    ).toBe(true);
  });
});

it.each<[Json, Json, string]>([
  [2, 5, '+3'],
  [0.3, 0.1, '−0.2'],
  [1e21, 0, '−1e+21'],
  ['2', 5, ''],
])('from %j to %j a number differs by %j', (before, after, delta) => {
  expect(numberDelta({ change: 'changed', before, after })).toBe(delta);
});

it.each([
  [null, 0, ''],
  [
    { count: 7, of: 9, sinceMs: 0, isFromStart: false },
    0,
    /^The first difference occurs in 7 of 9 runs since 1\/1\/1970.*\.$/,
  ],
  [
    { count: 3, of: 3, sinceMs: 0, isFromStart: true },
    1,
    /^The first difference occurs in 3 of 3 known runs, since .* or earlier\. 1 run could not be checked\.$/,
  ],
  [
    { count: 3, of: 7, otherwise: 2, sinceMs: 0, isFromStart: false },
    0,
    /^The first difference occurs in 3 of 7 runs since .*\. 2 other runs failed there with different errors\.$/,
  ],
  [
    { count: 5, of: 40, sinceMs: 0, isFromStart: false, isOfLast: true } as const,
    0,
    'The first difference occurs in 5 of the last 40 runs.',
  ],
  [
    { count: 1, of: 1, sinceMs: 0, isFromStart: false },
    2,
    'No run before it had the first difference. 2 runs could not be checked.',
  ],
])('tells since when: %j', (since, unread, expected) => {
  const text = sinceText({ since, unread }, 'en', 1e12, plainEnglish);
  if (typeof expected === 'string') expect(text).toBe(expected);
  else expect(text).toMatch(expected);
});

it('of a trace file that doesn’t tell since when, nobody knows', () => {
  const text = sinceText({ since: null, unread: 0, isOfFile: true }, 'en', 1e12, plainEnglish);
  expect(text).toBe(
    'How often the first difference occurs in other runs isn’t known: the file contains few runs.',
  );
});
