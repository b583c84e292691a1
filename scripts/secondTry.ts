import { anyOf } from '../src/masking/anyOf.ts';
import { countedReport, type FailedTest, type StepCount } from './stepCount.ts';
import { reportedVitest } from './vitestRun.ts';

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
  const pattern = `--testNamePattern=^${anyOf([fullName])}$`;
  const name = `again-${String(index)}`;
  const { report, exitCode } = await reportedVitest(folder, [file, pattern], { name, env });
  const { passed, failed } = countedReport(report, exitCode);
  // A name that finds no test proves nothing.
  return passed > 0 && failed === 0;
}
