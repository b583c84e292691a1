/**
 * `npm test`: everything, two steps beside each other, on with the next when one fails. What a step says is printed
 * when it ends. The last line says `N passed, N failed`, with `, N skipped` where a machine could not have a part;
 * above it stands what was skipped and why, what failed by its name, and what passed only by itself.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { oneAtATime } from '../test/support/cacheFolder.ts';
import { repositoryRoot, resultsFolder } from '../test/support/paths.ts';
import { skippedFile } from '../test/support/required.ts';
import { tryAgain } from './secondTry.ts';
import {
  counted,
  countedReport,
  failedLine,
  failedTestsOf,
  sentence,
  total,
  type StepCount,
} from './stepCount.ts';
import { reportedVitest, runNode } from './vitestRun.ts';
import { runAsProgram } from './program.ts';

interface Step {
  readonly name: string;
  readonly run: () => Promise<StepCount>;
}

/** In the order of the closing lines. */
export const steps: readonly Step[] = [
  { name: 'check', run: async () => counted(await (await import('./check.ts')).check([])) },
  { name: 'unit', run: runUnit },
  { name: 'build', run: buildOnce },
  { name: 'engine', run: () => countedVitest('engine') },
  { name: 'endure', run: endureShortly },
  { name: 'webview', run: () => countedVitest('webview') },
  { name: 'vscode', run: () => countedVitest('vscode') },
  { name: 'package', run: testPackage },
];

/** Groups run one after the other: what is built is needed by the next. */
export const groups: readonly (readonly string[])[] = [
  ['build'],
  // In turn one that mostly waits and one that computes; what is left over at the end should be short.
  ['engine', 'unit', 'vscode', 'webview', 'check', 'endure', 'package'],
];
/** More would keep each other from the processor in the middle of what they watch: the usual machine has two cores. Three took as long. */
const atOnce = 2;

/** Where a step that was started by another process of this program leaves what it counted. */
const countsFile = process.env['RPA_TRACE_STEP_COUNTS'];

interface Outcome {
  readonly name: string;
  readonly count: StepCount;
  /** How long it took. */
  readonly line: string;
}

/**
 * Runs all steps, or those named in `args`; resolves to the exit code. In one folder one after the other: they build
 * and leave their results there.
 */
export async function testAll(args: readonly string[]): Promise<number> {
  // A step that such a run has started itself.
  if (countsFile !== undefined) return runSteps(args);
  const folder = createHash('sha256').update(repositoryRoot).digest('hex').slice(0, 12);
  const onWait = () => {
    print('Another run is under way in this folder: waiting for its end.');
  };
  return oneAtATime(`test-${folder}`, () => runSteps(args), onWait);
}

async function runSteps(args: readonly string[]): Promise<number> {
  const chosen = steps.filter(({ name }) => args.length === 0 || args.includes(name));
  if (countsFile !== undefined) return leaveCounts(chosen, countsFile);
  // A Ctrl-C is for everything, also for the steps that are still to come.
  process.once('SIGINT', () => process.exit(1));
  await rm(resultsFolder, { recursive: true, force: true, maxRetries: 3 });
  await mkdir(resultsFolder, { recursive: true });
  const outcomes: Outcome[] = [];
  for (const group of groups) {
    const waiting = group.flatMap((name) => chosen.filter((step) => step.name === name));
    outcomes.push(...(await runBeside(waiting, chosen.length === 1 ? runHere : runApart)));
  }
  const inOrder = chosen.flatMap(({ name }) => outcomes.filter((outcome) => outcome.name === name));
  const all = await tryAgain(total(inOrder.map(({ count }) => count)), print);
  print(`\n${inOrder.map(({ line }) => line).join('\n')}\n`);
  for (const line of [...(await skippedParts()), ...all.skipped]) print(`SKIPPED ${line}`);
  for (const line of all.told) print(line);
  print(sentence(all));
  return all.failed === 0 && all.passed > 0 ? 0 : 1;
}

/** Takes the next step whenever one of those at work is done. */
async function runBeside(
  waiting: Step[],
  run: (step: Step, place: number) => Promise<StepCount>,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const runInTurn = async (place: number) => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const begin = performance.now();
      const count = await run(step, place).catch(failure);
      const seconds = ((performance.now() - begin) / 1000).toFixed(1);
      const line = `${step.name.padEnd(10)}${seconds.padStart(7)} s   ${sentence(count)}`;
      print(`━━ ${line}`);
      outcomes.push({ name: step.name, count, line });
    }
  };
  // Steps that have to build first would do so into the same folder.
  const places = process.env['RPA_TRACE_BUILT'] === '1' ? atOnce : 1;
  await Promise.all(Array.from({ length: places }, (_, place) => runInTurn(place)));
  return outcomes;
}

/** With the streams of this process: it is the only one. */
function runHere({ name, run }: Step): Promise<StepCount> {
  print(`\n━━ ${name}`);
  return run();
}

/** In a process of its own, so that its output stands together and its end ends no other. */
async function runApart({ name, run }: Step, place: number): Promise<StepCount> {
  // What it sets in the environment is for those that follow.
  if (name === 'build') return runHere({ name, run });
  print(`━━ ${name} begins`);
  const counts = join(resultsFolder, `counts-${name}.json`);
  const output = join(resultsFolder, `${name}.log`);
  const program = ['scripts/run.mjs', fileURLToPath(import.meta.url), name];
  const env = { RPA_TRACE_STEP_COUNTS: counts, RPA_TRACE_STEP_PLACE: String(place) };
  const exitCode = await runNode(program, env, output);
  print(`\n━━ ${name}\n${(await readFile(output, 'utf8')).trimEnd()}`);
  const text = await readFile(counts, 'utf8').catch(() => undefined);
  if (text !== undefined) return JSON.parse(text) as StepCount;
  throw new Error(`${name} ended with code ${String(exitCode)} before it had counted anything`);
}

async function leaveCounts(chosen: readonly Step[], file: string): Promise<number> {
  const counts: StepCount[] = [];
  for (const { run } of chosen) counts.push(await run().catch(failure));
  await writeFile(file, JSON.stringify(total(counts)));
  return 0;
}

async function countedVitest(
  folder: string,
  args: readonly string[] = [],
  { reportName = folder, env = {} }: { reportName?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<StepCount> {
  const { report, exitCode } = await reportedVitest(folder, args, { name: reportName, env });
  return { ...countedReport(report, exitCode), failedTests: failedTestsOf(report, folder, env) };
}

/**
 * More than half the time of the unit tests, and hardly anything of what is covered: they go the same ways thousands
 * of times, which takes twice as long while it is measured, or read the sources and not run them; telemetry has no floor.
 */
export const unmeasured: readonly string[] = [
  'test/structure/words.test.ts',
  'test/structure/sourceKinds.test.ts',
  'test/structure/texts.test.ts',
  'test/unit/masking/work.test.ts',
  'test/unit/telemetry',
  'test/unit/masking/hostileRuns.test.ts',
  'test/unit/masking/memory.test.ts',
  'test/unit/masking/hugeTexts.test.ts',
  'test/unit/masking/longTexts.test.ts',
  'test/unit/masking/notChecked.test.ts',
  'test/unit/decode/deepValues.test.ts',
  'test/unit/decode/hostile.test.ts',
  'test/unit/decode/largePieces.test.ts',
  'test/unit/problems/corpus.test.ts',
  'test/unit/answers/failureStories.test.ts',
  'test/unit/answers/flowReader.test.ts',
  'test/unit/answers/longSearch.test.ts',
  'test/unit/engine/goBack.test.ts',
  'test/unit/engine/historyTruth.test.ts',
  'test/unit/engine/noSecrets.test.ts',
  'test/unit/flow/oddTexts.test.ts',
  'test/unit/sources/files/exports.test.ts',
  'test/unit/sources/files/fileCursor.test.ts',
  'test/unit/sources/files/looseFiles.test.ts',
  'test/unit/sources/kafka/codecs.test.ts',
];
const both = ['test/unit/decode/fuzz.test.ts', 'test/unit/masking/fresh.test.ts'];
/** Fewer mutants and places while it is measured, and the same ones each time: what they cover may not change from run to run. */
const measured = { FUZZ_MUTANTS: '1000', FUZZ_SEED: '1', SECRET_PLACES: '2' };

/** Two runs: what is left out of one by its name is asked for in the other by the same name. */
async function runUnit(): Promise<StepCount> {
  const mutants = { FUZZ_MUTANTS: process.env['FUZZ_MUTANTS'] ?? '3000' };
  const others = unmeasured.map((path) => `--exclude=${path}${path.endsWith('.ts') ? '' : '/**'}`);
  const coverage = ['--coverage.enabled', '--coverage.reporter=text'];
  return total([
    await countedVitest('unit', [...unmeasured, ...both], {
      ...{ reportName: 'unit-unmeasured', env: mutants },
    }),
    // Tried again it would not be measured: after a failure vitest says nothing of what is covered.
    {
      ...(await countedVitest('unit', [...coverage, ...others], { env: measured })),
      failedTests: [],
    },
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
  const why = error instanceof Error ? error.message : String(error);
  return { passed: 0, failed: 1, skipped: [], told: [failedLine('a step', why)] };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

runAsProgram(import.meta.url, testAll);
