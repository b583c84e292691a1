import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { repositoryRoot, resultsFolder } from '../test/support/paths.ts';
import type { VitestReport } from './stepCount.ts';

/** Runs the vitest configuration of one folder under test/ and gives its exit code; `env` is added to the environment. */
export function runVitest(
  folder: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<number> {
  const config = `test/${folder}/vitest.config.ts`;
  return runNode(['node_modules/vitest/vitest.mjs', 'run', '--config', config, ...args], env);
}

/** The same with its report, of which a file of that name is left; undefined where it came to none. */
export async function reportedVitest(
  folder: string,
  args: readonly string[],
  { name, env = {} }: { readonly name: string; readonly env?: NodeJS.ProcessEnv },
): Promise<{ readonly report: VitestReport | undefined; readonly exitCode: number }> {
  const file = join(resultsFolder, `vitest-${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const exitCode = await runVitest(folder, [...reporters, ...args], env);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return { report: text === undefined ? undefined : (JSON.parse(text) as VitestReport), exitCode };
}

/**
 * Runs this very Node and gives the exit code; both end together. It has the streams of this process, or writes into
 * `outputFile`.
 */
export function runNode(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  outputFile?: string,
): Promise<number> {
  const file = outputFile === undefined ? undefined : openSync(outputFile, 'w');
  const child = spawn(process.execPath, args, {
    ...{ cwd: repositoryRoot, env: { ...process.env, ...env } },
    stdio: file === undefined ? 'inherit' : ['ignore', file, file],
  });
  if (file !== undefined) closeSync(file);
  const end = () => {
    child.kill('SIGTERM');
  };
  const endAll = () => {
    end();
    process.exit(1);
  };
  process.on('SIGTERM', endAll);
  process.on('SIGINT', ignore);
  process.on('exit', end);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('SIGTERM', endAll);
      process.off('SIGINT', ignore);
      process.off('exit', end);
      // A Ctrl-C is for everything that runs, not for this step alone.
      if (signal === 'SIGINT') process.exit(1);
      resolve(code ?? 1);
    });
  });
}

/** A Ctrl-C in the terminal reaches the child itself, which then ends in its own time. */
function ignore(): void {
  // Nothing to do: see above.
}
