import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Tests that need nothing but Node: the pure parts of `src` and the structure of the project. */
export default defineConfig({
  root,
  // The cache lies beside the packages, so that a run leaves nothing in the tree.
  cacheDir: `${root}/node_modules/.vite/unit`,
  test: {
    include: ['test/unit/**/*.test.{ts,tsx}', 'test/structure/**/*.test.ts'],
    exclude: ['**/fixtures/**'],
    environment: 'node',
    // Pure code shares nothing between files, so they can share a thread: half the time goes into starting them.
    pool: 'threads',
    isolate: false,
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // No test takes long; these are for machines that do something else too, and end what goes wild.
    testTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    restoreMocks: true,
    unstubEnvs: true,
    coverage: {
      provider: 'v8',
      reportsDirectory: `${root}/test-results/coverage`,
      reporter: ['text', 'html'],
      include: ['src/{decode,trace,store,diagnosis,view,protocol,base}/**/*.ts'],
      thresholds: { branches: 95 },
    },
  },
});
