import { say } from '../test/support/say.ts';

/** For vitest's `globalSetup`: builds what the tests load, unless `npm test` has just done so. */
export async function setup(): Promise<void> {
  if (process.env['RPA_TRACE_BUILT'] === '1') return;
  const { build } = await import('./build.ts');
  const results = await build([]);
  const failed = results.filter(({ ok }) => !ok);
  for (const { name, detail } of failed) say(`${name}: ${detail ?? 'failed'}`);
  if (failed.length > 0) throw new Error('The build failed, so there is nothing to test.');
}
