import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { runVitest } from '../../scripts/vitestRun.ts';
import { resultsFolder } from '../support/paths.ts';
import { Count, type Trial } from './trial.ts';

/** The mutants of the recorded traces, by the test that `npm run fuzz` runs as well. */
export const mutants: Trial = {
  name: 'mutants',
  async run({ scale, seed }) {
    const count = new Count(`mutants of records, seed ${String(seed)}: decoded or refused, masked`);
    const file = join(resultsFolder, 'endure-mutants.json');
    process.env['FUZZ_MUTANTS'] = String(scale.mutants);
    process.env['FUZZ_SEED'] = String(seed);
    const options = ['--reporter=json', `--outputFile.json=${file}`];
    const exitCode = await runVitest('unit', ['test/unit/decode/fuzz.test.ts', ...options]);
    // The test damages the bytes of a fifth as many too, and ends at the first that does not survive.
    count.try(scale.mutants + Math.floor(scale.mutants / 5));
    const words = exitCode === 0 ? [] : await failures(file);
    for (const word of words) count.lose(word);
    if (exitCode !== 0 && words.length === 0) count.lose(`exit code ${String(exitCode)}`);
    return [count.tally];
  },
};

async function failures(file: string): Promise<string[]> {
  const report = JSON.parse(await readFile(file, 'utf8')) as {
    readonly testResults: readonly {
      readonly assertionResults: readonly { readonly failureMessages?: readonly string[] }[];
    }[];
  };
  return report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .flatMap(({ failureMessages = [] }) => failureMessages);
}
