import { describe, expect, test } from 'vitest';

import type { ProblemKind } from '../../../src/problems/problemParts.ts';
import { problemGroup } from '../../../src/protocol/problems.ts';
import {
  nextText,
  payloadText,
  joinedTexts,
  problemInBrief,
  reliabilityText,
  slowText,
  usualFact,
  usualText,
} from '../../../src/texts/problemTexts.ts';
import {
  inHeldOrder,
  problemAsText,
  problemFilter,
  problemIcons,
  problemRowTexts,
  tellingTitles,
} from '../../../src/view/problemRows.ts';
import { plainEnglish as t } from '../../support/plainEnglish.ts';
import { allProblems, aProblem } from '../../webview/problemsData.ts';

const texts = { t, language: 'en-GB', nowMs: new Date(2026, 10, 23, 12).getTime() };
const kind = (parts: Partial<ProblemKind> = {}): ProblemKind => {
  const { cause, category, code, nodeId, nodeName } = aProblem();
  return { cause, category, code, nodeId, nodeName, ...parts };
};
const moment = (atMs: number) => new Date(atMs).toTimeString().slice(0, 5);

describe('the texts of a problem', () => {
  test('of several causes, steps and codes, where the reader joined them', () => {
    const other = kind({ nodeId: 'b', nodeName: 'Log in', cause: 'forbidden', code: 21_300 });
    const row = aProblem({ joins: [kind(), other, kind({ code: 1 })] });
    expect(problemAsText(row, texts).split('\n').slice(1, 4)).toEqual([
      'Ongoing, failed 6 of the 9 runs since 06:05:00 that reached one of its steps, last 08:27:00, merged manually, with several causes',
      'Click save, Log in, invoice-entry',
      'The robot didn’t find an element, The account lacks a permission (code 55003, 21300, 1)',
    ]);
    expect(joinedTexts(aProblem(), t)).toEqual({
      ...{ causes: ['The robot didn’t find an element'], steps: ['Click save'], codes: ['55003'] },
    });
  });

  test.each(allProblems.map((row) => [row.state, row.id, row] as const))('%s, %s', (_, __, row) => {
    const { title, state, whole, detail } = problemRowTexts(row, texts);
    expect(title).not.toBe('');
    expect(whole.startsWith(state)).toBe(true);
    expect(detail.length).toBeGreaterThan(0);
    expect(problemIcons[row.state]).not.toBe('');
  });

  test('of a file say how it stands in the file', () => {
    const row = aProblem({ state: 'open' });
    const { state, whole } = problemRowTexts(row, { ...texts, isOfFile: true });
    expect(state).toBe('No pass since');
    expect(whole).not.toMatch(/Ongoing/);
    expect(problemAsText(row, { ...texts, isOfFile: true })).toMatch(
      /^.*\nNo pass since, failed 6/,
    );
  });

  test('of which nobody knows how it stands say so, and count nothing', () => {
    const row = aProblem({ state: 'unknown', count: 3, runsSince: 4 });
    const { state, detail } = problemRowTexts(row, texts);
    expect([state, ...detail]).toEqual([
      ...[
        'Unknown',
        'last 08:27:00',
        'whether it has passed since isn’t known: the file contains few runs',
      ],
    ]);
  });

  test('for a ticket: what, how it stands, where, of what, and the whole message', () => {
    const row = aProblem({ text: 'Element not found: #a\n  at line 3', state: 'open' });
    expect(problemAsText(row, texts).split('\n')).toEqual([
      'Element not found: #a',
      'Ongoing, failed 6 of the 9 runs since 06:05:00 that reached this step, last 08:27:00',
      'Click save, invoice-entry',
      'The robot didn’t find an element (code 55003)',
      '',
      'Element not found: #a',
      '  at line 3',
    ]);
    const nameless = aProblem({ text: '', nodeName: '', nodeId: null, flowName: '' });
    expect(problemAsText(nameless, texts)).toContain('\n7379450201923928066\n');
  });

  test.each([
    [
      { count: 1, state: 'open' },
      'The first time in this file. In this file, no run has passed since.',
    ],
    [
      { count: 1, state: 'new' },
      'The first time in this file. In this file, no run has passed since.',
    ],
    [
      { state: 'quiet' },
      'Failed 6 of the 9 runs since 06:05 that reached this step. In this file, no run has passed since.',
    ],
    [
      { state: 'resolved', passes: 3, sinceMs: new Date(2026, 10, 23, 10, 2).getTime() },
      'Resolved: passed 3 times since 10:02, enough to be sure. Failed 6 of the 9 runs since 06:05 that reached this step.',
    ],
  ] as const)('nothing of a file is said to go on: %j', (parts, expected) => {
    const said = problemInBrief(aProblem(parts), { t, moment, isOfFile: true });
    expect(said).toBe(expected);
  });

  test.each([
    [{}, 'Ongoing: failed 6 of the 9 runs since 06:05 that reached this step.'],
    [{ count: 1, state: 'open' }, 'The first time. Ongoing.'],
    [{ count: 1, state: 'new' }, 'The first time.'],
    [
      { state: 'watching', passes: 5, needed: 9, sinceMs: new Date(2026, 10, 23, 10, 2).getTime() },
      'Watching: 5 of 9 needed runs passed since 10:02, 4 more passes to be sure. Failed 6 of the 9 runs since 06:05 that reached this step.',
    ],
    [
      { state: 'resolved', passes: 3, sinceMs: new Date(2026, 10, 23, 10, 2).getTime() },
      'Resolved: passed 3 times since 10:02, enough to be sure. Failed 6 of the 9 runs since 06:05 that reached this step.',
    ],
    [{ nodeId: null }, 'Ongoing: failed 6 of the 9 runs of its flow since 06:05.'],
    [
      { joins: [kind(), kind({ code: 21_300 })] },
      'Ongoing: failed 6 of the 9 runs since 06:05 that reached this step.',
    ],
    [
      { joins: [kind(), kind({ nodeId: 'b', nodeName: 'Log in', cause: 'forbidden' })] },
      'Ongoing: failed 6 of the 9 runs since 06:05 that reached one of its steps. Merged manually, with several causes: The robot didn’t find an element, The account lacks a permission.',
    ],
  ] as const)('in brief: %o', (parts, expected) => {
    expect(problemInBrief(aProblem(parts), { t, moment })).toBe(expected);
  });
});

test('the filter for its runs names it', () => {
  expect(problemFilter(aProblem({ id: '4f3a91c2e5d60718' }))).toBe('problem:4f3a91c2e5d60718');
});

describe('titles that tell problems apart', () => {
  const path = 'Robot could not read the window of the ERP client 12.4: element not found: ';
  const shown = (...texts: readonly string[]) => {
    const rows = texts.map((text, at) => aProblem({ id: String(at), text }));
    const titles = tellingTitles(rows, t);
    return rows.map(({ id }) => titles.get(id));
  };

  test.each<[string, readonly string[], readonly string[]]>([
    ['differ early', ['Disk full', 'Disk slow'], ['Disk full', 'Disk slow']],
    [
      'differ where they are cut: from there',
      [`${path}#btnSave`, 'Disk full', `${path}#btnCancel`],
      ['Robot could not read … #btnSave', 'Disk full', 'Robot could not read … #btnCancel'],
    ],
    ['are the same: nothing tells them apart', [path, path], [path.trim(), path.trim()]],
    [
      'have no blanks',
      [`${'找不到'.repeat(30)}窗口`, `${'找不到'.repeat(30)}元素`],
      [
        `${'找不到'.repeat(8)}… ${'找不到'.repeat(8)}窗口`,
        `${'找不到'.repeat(8)}… ${'找不到'.repeat(8)}元素`,
      ],
    ],
  ])('%s', (_, texts, expected) => {
    expect(shown(...texts)).toEqual(expected);
  });
});

test.each([
  ['watching', /^Then it is resolved automatically/],
  ['resolved', /^$/],
] as const)('what comes of passes: %s', (state, expected) => {
  expect(nextText({ state }, t)).toMatch(expected);
});

test('rows that are held keep their order, new ones follow, gone ones go', () => {
  const rows = ['d', 'c', 'b'].map((id) => ({ id }));
  expect(inHeldOrder(rows, ['a', 'b', 'c']).map(({ id }) => id)).toEqual(['b', 'c', 'd']);
});

test('a group for each state', () => {
  expect(allProblems.map(({ state }) => problemGroup(state))).toEqual([
    ...[
      'unresolved',
      'unresolved',
      'unresolved',
      'unresolved',
      'resolved',
      'unresolved',
      'ignored',
    ],
  ]);
});

test('a slow run in words', () => {
  const usual = {
    runs: 42,
    medianMs: 1_100,
    durationMs: 7_900,
    isSlow: true,
    slower: null,
    payload: null,
  };
  const slower = { nodeId: 'n', name: '', ms: 7_000, usualMs: 0 };
  expect(usualText(usual, t)).toBe('Median of 42 earlier good runs: 1.10 s');
  expect(usualFact(usual, t)).toBe('median of 42 earlier good runs: 1.10 s');
  expect(slowText({ ...usual, isSlow: false }, t)).toBe('');
  expect(slowText(usual, t)).toBe(
    'Slower than usual: 7.90 s instead of 1.10 s, at no single step.',
  );
  expect(slowText({ ...usual, slower }, t)).toBe(
    'Slower than usual: “n”, which rarely runs, took 7.00 s.',
  );
  const payload = (bytes: number) => ({ ...usual, payload: { bytes, medianBytes: 20_480 } });
  expect([usual, payload(92_160), payload(5_120)].map((one) => payloadText(one, t))).toEqual([
    '',
    'More data than usual: inputs and outputs of 90 KB instead of 20 KB.',
    'Less data than usual: inputs and outputs of 5 KB instead of 20 KB.',
  ]);
});

test('how reliable a step is', () => {
  const flaky = 'The step is flaky: it fails and passes on the same revision.';
  const node = { failures: 3, runs: 40, isFlaky: true };
  const behind = (count: number, runsSince: number, parts: Partial<typeof node> = {}) =>
    reliabilityText({ ...node, ...parts }, { count, runsSince }, t);
  expect(reliabilityText({ ...node, isFlaky: false }, null, t)).toBe(
    'Counting every cause, this step failed in 3 of the 40 runs that reached it since it first failed.',
  );
  // Of the same runs as its problem, which says how often that failed.
  expect(behind(3, 40)).toBe(flaky);
  expect(behind(2, 40)).toBe(
    `Counting every cause, the step failed in 3 of the same 40 runs that reached it. ${flaky}`,
  );
  expect(behind(2, 3, { failures: 3, runs: 3 })).toBe(
    `Counting every cause, the step failed in all of the 3 runs that reached it. ${flaky}`,
  );
  // Put together by hand, of several steps.
  expect(behind(2, 50)).toBe(
    `Counting every cause, the step failed in 3 of the 40 runs that reached it since then. ${flaky}`,
  );
});
