import { expect, test } from 'vitest';

import type { OwnPast } from '../../../src/protocol/problems.ts';
import { diagnosisSteps } from '../../../src/view/diagnosisSteps.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';
import { aSlowFailure } from '../../webview/problemsData.ts';
import { engineParts, treeQuery } from '../engine/world.ts';

async function stepsOf(fixture: 'failed' | 'missing', past: (key: string) => OwnPast | null) {
  const { takeFixture, tree } = engineParts();
  const { key } = takeFixture(fixture);
  const window = await tree.window(treeQuery(key));
  const [finding] = window.findings;
  if (finding === undefined) throw new Error('nothing was found');
  const nowMs = Date.UTC(2026, 10, 24);
  const world = { t: plainEnglish, language: 'en', nowMs };
  const named = (parts: Partial<typeof finding> = {}) =>
    Object.fromEntries(
      diagnosisSteps(
        { window, finding: { ...finding, ...parts }, past: past(key), isOfTopic: true },
        world,
      ).map(({ name, ...step }) => [name, step]),
    );
  return { named, names: Object.keys(named()) };
}

test('all steps of the product, each with what was looked at, found and left open', async () => {
  const { named, names } = await stepsOf('failed', aSlowFailure);
  expect(names).toEqual([
    ...['Collect data', 'Status', 'Logs', 'Kind of error', 'Metrics', 'Cause', 'Remedy', 'Fix'],
    'Verify',
  ]);
  expect(named()).toMatchObject({
    'Collect data': {
      looked: expect.stringMatching(/partition \d+, offset \d+$/) as string,
      open: 'No flow file: what should have run isn’t known.',
    },
    Status: { found: expect.stringMatching(/21300 RPA_REQUEST_ERROR/) as string, open: '' },
    'Kind of error': { found: expect.not.stringMatching(/^$/) as string, open: '' },
    Metrics: {
      found: expect.stringContaining(
        'median of 42 earlier good runs: 1.10 s. Slower than usual: “Click save”',
      ) as string,
    },
    // By the line that tells it.
    Cause: {
      found:
        'The robot didn’t find an element. Likely, based on status.message: “element not found: #btnSave”.',
    },
    Fix: { found: '录入ERP', open: 'Its flow file isn’t in the workspace.' },
    Verify: {
      found: expect.stringContaining('5 of 9 needed runs passed since') as string,
      open: 'Clean runs still needed: 4.',
    },
  });
});

test('what is not known is left open, and nothing is found in its place', async () => {
  const { named } = await stepsOf('missing', () => null);
  const steps = named({
    ...{ cause: null, category: 'unknown', code: null, evidence: [], remedies: [] },
  });
  for (const name of ['Logs', 'Kind of error', 'Cause', 'Remedy', 'Verify']) {
    expect(steps[name], name).toMatchObject({
      found: '',
      open: expect.not.stringMatching(/^$/) as string,
    });
  }
  expect(steps['Status']?.open).toBe('The code says only that it failed.');
  expect(steps['Metrics']?.open).toContain('Too few runs');
});

test('what its process used is told beside what is usual, where its robot reports that', async () => {
  const { named } = await stepsOf('failed', (key) => ({
    ...{ ...aSlowFailure(key), usual: null },
    process: {
      ...{ memoryBytes: 1_932_735_283, cpuMs: 61_000 },
      usual: { runs: 42, memoryBytes: 429_916_160, cpuMs: 4_000 },
    },
  }));
  expect(named()['Metrics']?.found).toContain(
    'Memory: 1.8 GB; median of 42 runs: 410 MB. CPU time: 1 min 1 s; median of 42 runs: 4.00 s.',
  );
});

test('a problem that joins several causes is told as that, beside the cause of this run', async () => {
  const { named } = await stepsOf('failed', (key) => {
    const past = aSlowFailure(key);
    if (past.problem === null) return past;
    const { cause, category, code, nodeId, nodeName } = past.problem;
    const own = { cause, category, code, nodeId, nodeName };
    return {
      ...past,
      problem: { ...past.problem, joins: [{ ...own, cause: 'forbidden' }, own] },
    };
  });
  expect(named()['Cause']?.open).toBe(
    'For this run alone: its problem also includes failures with other causes: The account lacks a permission.',
  );
});

test('a resolved one asks for no more runs', async () => {
  const { named } = await stepsOf('failed', (key) => {
    const past = aSlowFailure(key);
    return past.problem === null
      ? past
      : { ...past, problem: { ...past.problem, state: 'resolved', passes: 9 } };
  });
  expect(named()['Verify']?.open).toBe('');
});
