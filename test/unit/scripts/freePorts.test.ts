import { expect, test } from 'vitest';
import { freePorts, run } from '../../support/childProcess.ts';
import { repositoryRoot } from '../../support/paths.ts';

test('what one process was given and has not opened yet, no other gets', async () => {
  // So many of 12,000 that two who don't know of each other would meet by chance.
  const count = 300;
  const source = `
    const { freePorts } = await import('./test/support/childProcess.ts');
    console.log(JSON.stringify(await freePorts(${String(count)})));
  `;
  const mine = await freePorts(count);
  const { stdout } = await run(
    process.execPath,
    ['--experimental-strip-types', '--no-warnings', '--input-type=module', '-e', source],
    { cwd: repositoryRoot },
  );
  const others = JSON.parse(stdout) as number[];
  expect(new Set([...mine, ...others]).size).toBe(2 * count);
});
