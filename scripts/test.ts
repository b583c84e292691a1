/**
 * `npm test`: everything, one step after the other, on with the next when one fails. The last line
 * says `N passed, N failed`, with `, N skipped` where a machine could not have a part; above it
 * stands what was skipped and why.
 */
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { oneAtATime } from '../test/support/cacheFolder.ts';
import { repositoryRoot, resultsFolder } from '../test/support/paths.ts';
import { skippedFile } from '../test/support/required.ts';
import type { TaskResult } from './taskResult.ts';
import { runVitest } from './vitestRun.ts';
import { runAsProgram } from './program.ts';

/** What a step counted. */
export interface StepCount {
  readonly passed: number;
  readonly failed: number;
  /** One line each. */
  readonly skipped: readonly string[];
}

interface Step {
  readonly name: string;
  readonly run: () => Promise<StepCount>;
}

const steps: readonly Step[] = [
  { name: 'check', run: async () => counted(await (await import('./check.ts')).check([])) },
  { name: 'unit', run: runUnit },
  { name: 'build', run: buildOnce },
  { name: 'engine', run: () => countedVitest('engine') },
  { name: 'endure', run: endureShortly },
  { name: 'webview', run: () => countedVitest('webview') },
  { name: 'vscode', run: () => countedVitest('vscode') },
  { name: 'package', run: testPackage },
];

/**
 * Runs all steps, or those named in `args`; resolves to the exit code. In one folder one after the other: they build
 * and leave their results there.
 */
export async function testAll(args: readonly string[]): Promise<number> {
  const folder = createHash('sha256').update(repositoryRoot).digest('hex').slice(0, 12);
  const onWait = () => {
    print('Another run is under way in this folder: waiting for its end.');
  };
  return oneAtATime(`test-${folder}`, () => runSteps(args), onWait);
}

async function runSteps(args: readonly string[]): Promise<number> {
  const chosen = steps.filter(({ name }) => args.length === 0 || args.includes(name));
  await rm(resultsFolder, { recursive: true, force: true, maxRetries: 3 });
  const summary: string[] = [];
  const counts: StepCount[] = [];
  for (const { name, run } of chosen) {
    print(`\n━━ ${name}`);
    const begin = performance.now();
    const count = await run().catch(failure);
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    counts.push(count);
    summary.push(`${name.padEnd(10)}${seconds.padStart(7)} s   ${sentence(count)}`);
    print(`━━ ${summary.at(-1) ?? ''}`);
  }
  const all = total(counts);
  print(`\n${summary.join('\n')}\n`);
  for (const line of [...(await skippedParts()), ...all.skipped]) print(`SKIPPED ${line}`);
  print(sentence(all));
  return all.failed === 0 && all.passed > 0 ? 0 : 1;
}

/** Adds up what steps counted. */
function total(counts: readonly StepCount[]): StepCount {
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
    skipped: counts.flatMap(({ skipped }) => skipped),
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
  };
}

/** The part of vitest's JSON report that is read. */
export interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
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
  ).length;
  const explained = failedTests + brokenFiles;
  return {
    passed,
    failed: explained === 0 && exitCode !== 0 ? 1 : explained,
    skipped: tests
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName }) => fullName),
  };
}

async function countedVitest(
  folder: string,
  args: readonly string[] = [],
  { reportName = folder, env = {} }: { reportName?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<StepCount> {
  const file = join(resultsFolder, `vitest-${reportName}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const exitCode = await runVitest(folder, [...reporters, ...args], env);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return countedReport(
    text === undefined ? undefined : (JSON.parse(text) as VitestReport),
    exitCode,
  );
}

/**
 * Half the time of the unit tests, and hardly anything of what is covered: they go the same ways thousands of
 * times, which takes twice as long while it is measured.
 */
export const unmeasured: readonly string[] = [
  'test/unit/masking/work.test.ts',
  'test/unit/answers/flowReader.test.ts',
  'test/unit/flow/oddTexts.test.ts',
  'test/unit/sources/kafka/codecs.test.ts',
];
const fuzz = 'test/unit/decode/fuzz.test.ts';
/** Fewer mutants while it is measured, and the same ones each time: what they cover may not change from run to run. */
const measuredMutants = { FUZZ_MUTANTS: '1000', FUZZ_SEED: '1' };

/** Two runs: what is left out of one by its name is asked for in the other by the same name. */
async function runUnit(): Promise<StepCount> {
  const mutants = { FUZZ_MUTANTS: process.env['FUZZ_MUTANTS'] ?? '5000' };
  const others = unmeasured.map((file) => `--exclude=${file}`);
  const coverage = ['--coverage.enabled', '--coverage.reporter=text'];
  return total([
    await countedVitest('unit', [...unmeasured, fuzz], {
      ...{ reportName: 'unit-unmeasured', env: mutants },
    }),
    await countedVitest('unit', [...coverage, ...others], { env: measuredMutants }),
  ]);
}

async function buildOnce(): Promise<StepCount> {
  const { build } = await import('./build.ts');
  const { printResults } = await import('./taskResult.ts');
  const results = await build([]);
  printResults(results);
  // The steps that follow need not build again; after a failure they try, and say why they can't.
  if (results.every(({ ok }) => ok)) process.env['RPA_TRACE_BUILT'] = '1';
  return counted(results);
}

async function endureShortly(): Promise<StepCount> {
  const { endure } = await import('./endure.ts');
  const { printResults } = await import('./taskResult.ts');
  const results = await endure(['--short']);
  printResults(results);
  return counted(results);
}

async function testPackage(): Promise<StepCount> {
  const isBuilt = process.env['RPA_TRACE_BUILT'] === '1';
  const { testPackage: run } = await import('./package.ts');
  return counted(await run(isBuilt ? ['--no-build'] : []));
}

/** Parts that a machine could not have, with the reason; their tests are counted in the reports. */
async function skippedParts(): Promise<readonly string[]> {
  const text = await readFile(skippedFile, 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}

function failure(error: unknown): StepCount {
  print(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return { passed: 0, failed: 1, skipped: [] };
}

function sentence({ passed, failed, skipped }: StepCount): string {
  const start = `${String(passed)} passed, ${String(failed)} failed`;
  return skipped.length === 0 ? start : `${start}, ${String(skipped.length)} skipped`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

runAsProgram(import.meta.url, testAll);
