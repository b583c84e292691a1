/** The table of tasks behind the npm scripts; toolchain.mjs calls it under Node 24. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { repositoryRoot } from './paths.ts';
import type { TaskResult } from './taskResult.ts';
import { runNode, runVitest } from './vitestRun.ts';

/** A task gives an exit code or its counted results; a thrown error is printed and fails it. */
type TaskOutcome = number | readonly TaskResult[];
type Task = (args: readonly string[]) => Promise<TaskOutcome>;

// Each task loads its own code only, so that one broken part doesn't take the others along.
const tasks: Readonly<Record<string, Task>> = {
  start: async (args) => (await import('./start.ts')).start(args),
  test: async (args) => (await import('./testAll.ts')).testAll(args),
  'test:unit': (args) => runVitest('unit', args),
  'test:engine': (args) => runVitest('engine', args),
  'test:webview': (args) => runVitest('webview', args),
  'test:vscode': (args) => runVitest('vscode', args),
  'test:package': async (args) => (await import('./packageTask.ts')).testPackage(args),
  bench: runBenchmarks,
  fuzz: (args) => {
    process.env['FUZZ_MUTANTS'] ??= '100000';
    return runVitest('unit', ['test/unit/decode/fuzz.test.ts', ...args]);
  },
  check: async (args) => (await import('./checkTask.ts')).check(args),
  build: async (args) => (await import('./buildTask.ts')).build(args),
  watch: async (args) => (await import('./buildTask.ts')).watch(args),
  package: async (args) => (await import('./packageTask.ts')).packageExtension(args),
  'package:telemetry': async (args) =>
    (await import('./telemetryPackage.ts')).packageTelemetry(args),
  fmt: async (args) => (await import('./checkTask.ts')).fmt(args),
  pictures: async () => (await import('./pictures.ts')).takePictures(),
  tree: (args) => runNode(['test/support/treeCommand.ts', ...args]),
};

/** Runs the task named first in `args` and sets the exit code of this process. */
export async function runTaskFromCommandLine(args: readonly string[]): Promise<void> {
  // The parent (toolchain.mjs under an older Node) may be killed; then nobody waits for this process.
  process.once('disconnect', () => process.exit(1));
  process.channel?.unref();
  if (process.env['npm_lifecycle_event'] !== undefined) endWithParent();
  const [name = '', ...rest] = args;
  const task = tasks[name];
  if (task === undefined) {
    process.stderr.write(`rpa-trace: the tasks are ${Object.keys(tasks).join(', ')}\n`);
    process.exitCode = 2;
    return;
  }
  try {
    process.exitCode = exitCode(await task(rest));
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`rpa-trace: ${name} failed: ${text}\n`);
    process.exitCode = 1;
  }
}

/** npm, when it is ended, does not tell its script; an orphan must not keep servers running. */
function endWithParent(): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  timer.unref();
}

async function runBenchmarks(args: readonly string[]): Promise<number> {
  const folder = join(repositoryRoot, 'test', 'bench');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.bench.ts')).sort();
  let worst = 0;
  for (const name of names) {
    if (args.length > 0 && !args.some((arg) => name.includes(arg))) continue;
    worst = Math.max(worst, await runNode([`test/bench/${name}`]));
  }
  return worst;
}

function exitCode(outcome: TaskOutcome): number {
  if (typeof outcome === 'number') return outcome;
  return outcome.every(({ ok, skipped }) => ok || skipped !== undefined) ? 0 : 1;
}
