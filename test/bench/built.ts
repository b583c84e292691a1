import { build } from '../../scripts/build.ts';

/** Builds what is measured, unless that was just done. */
export async function buildForBench(): Promise<void> {
  if (process.env['RPA_TRACE_BUILT'] === '1') return;
  const results = await build([]);
  if (results.some(({ ok }) => !ok))
    throw new Error('The build failed; there is nothing to measure.');
  // Benchmarks that run in this process's wake need not build again.
  process.env['RPA_TRACE_BUILT'] = '1';
}
