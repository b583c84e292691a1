/** `npm run bench`: the benchmarks of test/bench one after the other; `-- flow causes` runs those so named. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { repositoryRoot } from '../test/support/paths.ts';
import { runAsProgram } from './program.ts';
import { runNode } from './vitestRun.ts';

async function bench(args: readonly string[]): Promise<number> {
  const folder = join(repositoryRoot, 'test', 'bench');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.bench.ts')).sort();
  const unknown = args.filter((arg) => !names.some((name) => name.includes(arg)));
  if (unknown.length > 0) {
    process.stderr.write(`bench: no such benchmark: ${unknown.join(', ')}\n`);
    return 1;
  }
  let worst = 0;
  for (const name of names) {
    if (args.length > 0 && !args.some((arg) => name.includes(arg))) continue;
    worst = Math.max(worst, await runNode([`test/bench/${name}`]));
  }
  return worst;
}

runAsProgram(import.meta.url, bench);
