import { expect, test } from 'vitest';

import { run } from '../support/childProcess.ts';
import { repositoryRoot } from '../support/paths.ts';

test.each([[[]], [['--kafka']]])('npm start %j serves the workbench', async (more) => {
  const args = ['scripts/run.mjs', 'scripts/start.ts', '--check', ...more];
  const env = { RPA_TRACE_BUILT: '1' };

  const { stdout, stderr } = await run(process.execPath, args, { cwd: repositoryRoot, env });

  expect(stdout).toMatch(/^RPA Trace is at http:\/\/127\.0\.0\.1:\d+\/\?folder=\S+\n$/);
  expect(stderr.includes('the robot publishes')).toBe(more.length > 0);
});
