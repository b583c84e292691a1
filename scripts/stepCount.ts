import type { TaskResult } from './taskResult.ts';

/** What a step counted. */
export interface StepCount {
  readonly passed: number;
  readonly failed: number;
  /** One line each. */
  readonly skipped: readonly string[];
  /** What failed: one line each, with the first line of why. */
  readonly told: readonly string[];
  /** Those of the failed that are tests which can be run by themselves. */
  readonly failedTests?: readonly FailedTest[];
}

/** A test that failed, as vitest finds it again. */
export interface FailedTest {
  /** The folder under `test/` whose configuration it needs. */
  readonly folder: string;
  /** From the root of the repository. */
  readonly file: string;
  readonly fullName: string;
  readonly env: NodeJS.ProcessEnv;
  /** What is told of it. */
  readonly line: string;
}

/** Adds up what steps counted. */
export function total(counts: readonly StepCount[]): StepCount {
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
    skipped: counts.flatMap(({ skipped }) => skipped),
    told: counts.flatMap(({ told }) => told),
    failedTests: counts.flatMap(({ failedTests = [] }) => failedTests),
  };
}

/** Adds up results as tasks give them. */
export function counted(results: readonly TaskResult[]): StepCount {
  return {
    passed: results.filter(({ ok, skipped }) => ok && skipped === undefined).length,
    failed: results.filter(({ ok, skipped }) => !ok && skipped === undefined).length,
    skipped: results.flatMap(({ name, skipped }) =>
      skipped === undefined ? [] : [`${name}: ${skipped}`],
    ),
    told: results.flatMap(({ name, ok, skipped, detail = '' }) =>
      ok || skipped !== undefined ? [] : [failedLine(name, detail)],
    ),
  };
}

/** The part of vitest's JSON report that is read. */
export interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

/**
 * Adds up a report of vitest. A file that could not even be read, and an exit code that no failed
 * test explains (coverage, an error outside of tests, no report), count as one failure each.
 */
export function countedReport(report: VitestReport | undefined, exitCode: number): StepCount {
  const files = report?.testResults ?? [];
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const failedTests = tests.filter(({ status }) => status === 'failed').length;
  const brokenFiles = files.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  const explained = failedTests + brokenFiles.length;
  const isUnexplained = explained === 0 && exitCode !== 0;
  return {
    passed,
    failed: isUnexplained ? 1 : explained,
    skipped: tests
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName }) => fullName),
    told: [
      ...failedTestsOf(report, '', {}).map(({ line }) => line),
      ...brokenFiles.map(({ name, message = '' }) => failedLine(shortName(name), message)),
      ...(isUnexplained
        ? [failedLine('no test', `code ${String(exitCode)}: coverage, or an error beside them`)]
        : []),
    ],
  };
}

const shortName = (file: string) => file.slice(Math.max(0, file.lastIndexOf('/test/') + 1));

/** The tests of a report that failed, for another run of each with `env`. */
export function failedTestsOf(
  report: VitestReport | undefined,
  folder: string,
  env: NodeJS.ProcessEnv,
): readonly FailedTest[] {
  return (report?.testResults ?? []).flatMap(({ name, assertionResults }) =>
    assertionResults.flatMap(({ status, fullName, failureMessages: [why = ''] = [] }) => {
      if (status !== 'failed') return [];
      const file = shortName(name);
      return [{ folder, file, fullName, env, line: failedLine(`${file} › ${fullName}`, why) }];
    }),
  );
}

/** A failure in one line: the whole of it stands in what its step printed. */
export function failedLine(what: string, why: string): string {
  const [first = ''] = why.trim().split('\n');
  return `FAILED ${what}${first === '' ? '' : `: ${first.slice(0, 200)}`}`;
}

/** The closing line. */
export function sentence({ passed, failed, skipped }: StepCount): string {
  const start = `${String(passed)} passed, ${String(failed)} failed`;
  return skipped.length === 0 ? start : `${start}, ${String(skipped.length)} skipped`;
}
