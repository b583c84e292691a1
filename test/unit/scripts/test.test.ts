import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { tryAgain } from '../../../scripts/secondTry.ts';
import {
  counted,
  countedReport,
  failedTestsOf,
  type VitestReport,
} from '../../../scripts/stepCount.ts';
import { groups, steps, unmeasured } from '../../../scripts/test.ts';
import { repositoryRoot } from '../../support/paths.ts';

const report = (...files: readonly (readonly [string, ...string[]])[]): VitestReport => ({
  testResults: files.map(([status, ...statuses], file) => ({
    name: `file ${String(file)}`,
    status,
    assertionResults: statuses.map((status, index) => ({
      status,
      fullName: `test ${String(index)}`,
    })),
  })),
});

test.each([
  ['passed tests', report(['passed', 'passed', 'passed']), 0, '2/0/'],
  ['a failed test', report(['failed', 'passed', 'failed']), 1, '1/1/'],
  [
    'skipped tests by name',
    report(['passed', 'passed', 'skipped', 'todo']),
    0,
    '1/0/test 1,test 2',
  ],
  ['a file that can not be read', report(['failed'], ['passed', 'passed']), 1, '1/1/'],
  ['a file whose set-up failed', report(['failed', 'skipped']), 1, '0/1/test 0'],
  ['an exit code that no test explains', report(['passed', 'passed']), 1, '1/1/'],
  ['a run without a report', undefined, 1, '0/1/'],
] as const)('counts %s', (_name, given, exitCode, wanted) => {
  const { passed, failed, skipped } = countedReport(given, exitCode);
  expect(`${String(passed)}/${String(failed)}/${skipped.join()}`).toBe(wanted);
});

test('a skipped result is neither passed nor failed', () => {
  const results = [
    { name: 'a', ok: true },
    { name: 'b', ok: false },
    { name: 'c', ok: true, skipped: 'no Java' },
  ];
  expect(counted(results)).toEqual({
    ...{ passed: 1, failed: 1, skipped: ['c: no Java'] },
    told: ['FAILED b'],
  });
});

test('what failed is named with its reason', () => {
  const { told, passed, failed } = countedReport(
    {
      testResults: [
        {
          name: '/somewhere/test/unit/a.test.ts',
          status: 'failed',
          assertionResults: [
            { status: 'failed', fullName: 'breaks', failureMessages: ['not 2\n    at a:1', 'x'] },
            { status: 'passed', fullName: 'holds', failureMessages: [] },
          ],
        },
        {
          name: '/somewhere/test/unit/b.test.ts',
          status: 'failed',
          message: 'no such file',
          assertionResults: [],
        },
      ],
    },
    1,
  );
  expect({ told, passed, failed }).toEqual({
    told: [
      'FAILED test/unit/a.test.ts › breaks: not 2',
      'FAILED test/unit/b.test.ts: no such file',
    ],
    ...{ passed: 1, failed: 2 },
  });
});

test('an exit code that no test explains is named', () => {
  const { told } = countedReport(report(['passed', 'passed']), 1);
  expect(told).toEqual(['FAILED no test: code 1: coverage, or an error beside them']);
});

test('what is run without measuring is there', () => {
  expect(unmeasured.filter((file) => !existsSync(join(repositoryRoot, file)))).toEqual([]);
});

test('each step is run once', () => {
  expect(groups.flat().sort()).toEqual(steps.map(({ name }) => name).sort());
});

const failedReport = (...names: readonly string[]): VitestReport => ({
  testResults: [
    {
      ...{ name: '/somewhere/test/engine/a.test.ts', status: 'failed' },
      assertionResults: names.map((fullName) => ({
        ...{ status: 'failed', fullName, failureMessages: ['Timed out'] },
      })),
    },
  ],
});
const countOf = (given: VitestReport) => ({
  ...countedReport(given, 1),
  failedTests: failedTestsOf(given, 'engine', { A: '1' }),
});

test('what failed is run once more by itself, and what passes then is told as unsteady', async () => {
  const printed: string[] = [];
  const tried: unknown[] = [];
  const all = await tryAgain(
    countOf(failedReport('waits', 'breaks')),
    (line) => printed.push(line),
    ({ folder, file, fullName, env }) => {
      tried.push({ folder, file, fullName, env });
      return Promise.resolve(fullName === 'waits');
    },
  );
  const where = { folder: 'engine', file: 'test/engine/a.test.ts', env: { A: '1' } };
  expect(tried).toEqual([
    { ...where, fullName: 'waits' },
    { ...where, fullName: 'breaks' },
  ]);
  expect(printed.join('')).toContain('again, by itself: test/engine/a.test.ts › waits');
  expect(all).toMatchObject({ passed: 1, failed: 1 });
  expect(all.told).toEqual([
    'UNSTEADY test/engine/a.test.ts › waits: Timed out',
    'FAILED test/engine/a.test.ts › breaks: Timed out',
  ]);
});

test('many failures are no chance: none is tried again', async () => {
  const given = countOf(failedReport('1', '2', '3', '4', '5', '6'));
  const runAlone = () => Promise.reject(new Error('it was run'));
  expect(await tryAgain(given, () => undefined, runAlone)).toBe(given);
});
