/** `npm run fuzz`: as many mutants of the recorded traces as a night has time for; see the test for its variables. */
import { runAsProgram } from './program.ts';
import { runVitest } from './vitestRun.ts';

const tests = [
  ...['test/unit/decode/fuzz.test.ts', 'test/unit/decode/indexRecord.test.ts'],
  'test/unit/masking/work.test.ts',
];

function fuzz(args: readonly string[]): Promise<number> {
  process.env['FUZZ_MUTANTS'] ??= '100000';
  return runVitest('unit', [...tests, ...args]);
}

runAsProgram(import.meta.url, fuzz);
