import { build as buildBundles, printReport, watch as watchBundles } from '../esbuild.mjs';
import { resultOf } from './taskResult.ts';
import type { TaskResult } from './taskResult.ts';
import { runAsProgram } from './program.ts';

/**
 * Builds what is shipped into `dist/`, with budgets checked; `--dev` builds it readable, with source maps, and
 * `--watch` does so again after each change.
 */
export async function build(args: readonly string[]): Promise<TaskResult[]> {
  const report = await buildBundles({ dev: args.includes('--dev') });
  printReport(report);
  return [resultOf('build within the budgets', report.errors)];
}

/** Builds for development after each change, until the process is interrupted. */
async function watch(): Promise<TaskResult[]> {
  await watchBundles();
  return new Promise(() => {
    // Never settles: esbuild's watchers keep the process alive.
  });
}

runAsProgram(import.meta.url, (args) => (args.includes('--watch') ? watch() : build(args)));
