import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { resultsFolder } from '../test/support/paths.ts';
import { countedReport, type FailedTest, type StepCount, type VitestReport } from './stepCount.ts';
import { runVitest } from './vitestRun.ts';

/** More than these at once are no chance, and would take long one by one. */
const mostTried = 5;

/** Runs one test by itself; whether it passed. */
export type RunAlone = (test: FailedTest, index: number) => Promise<boolean>;

/**
 * Runs each test that failed once more, with nothing beside it: steps share a machine that has other work too, and
 * what only then runs out of time says little of the product. Such a test counts as passed and is named `UNSTEADY`,
 * so that somebody looks at it. An error beside the tests of a file fails its second run as well.
 */
export async function tryAgain(
  all: StepCount,
  print: (line: string) => void,
  runAlone: RunAlone = runByVitest,
): Promise<StepCount> {
  const { failedTests = [] } = all;
  if (failedTests.length === 0 || failedTests.length > mostTried) return all;
  const told = [...all.told];
  let steadied = 0;
  for (const [index, test] of failedTests.entries()) {
    print(`\n━━ again, by itself: ${test.file} › ${test.fullName}`);
    if (!(await runAlone(test, index))) continue;
    steadied++;
    // Two may have the same line: one is told as unsteady for each.
    told[told.indexOf(test.line)] = test.line.replace(/^FAILED/, 'UNSTEADY');
  }
  return { ...all, passed: all.passed + steadied, failed: all.failed - steadied, told };
}

async function runByVitest({ folder, file, fullName, env }: FailedTest, index: number) {
  const output = join(resultsFolder, `vitest-again-${String(index)}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${output}`];
  const name = `--testNamePattern=^${escaped(fullName)}$`;
  const exitCode = await runVitest(folder, [file, name, ...reporters], env);
  const text = await readFile(output, 'utf8').catch(() => undefined);
  const report = text === undefined ? undefined : (JSON.parse(text) as VitestReport);
  const { passed, failed } = countedReport(report, exitCode);
  // A name that finds no test proves nothing.
  return passed > 0 && failed === 0;
}

/** The text as an expression that finds just it. */
const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
