/** What the programs of this folder share: each can be run by itself, and some are called by others. */
import { fileURLToPath } from 'node:url';

import type { TaskResult } from './taskResult.ts';

/** Gives an exit code, or counted results of which each must be well. */
type Program = (args: readonly string[]) => Promise<number | readonly TaskResult[]>;

/**
 * Runs `program` with the arguments of the command line and sets the exit code, if the file at `url` is what was
 * started; where it was only imported, nothing happens.
 */
export function runAsProgram(url: string, program: Program): void {
  if (process.argv[1] !== fileURLToPath(url)) return;
  program(process.argv.slice(2)).then(
    (outcome) => {
      process.exitCode = typeof outcome === 'number' ? outcome : exitCode(outcome);
    },
    (error: unknown) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.stderr.write(`rpa-trace: ${text}\n`);
      process.exitCode = 1;
    },
  );
}

function exitCode(results: readonly TaskResult[]): number {
  return results.every(({ ok, skipped }) => ok || skipped !== undefined) ? 0 : 1;
}
