import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Tests that look at the built page in a real Chromium. */
export default defineConfig({
  root,
  cacheDir: `${root}/node_modules/.vite`,
  test: {
    include: ['test/webview/**/*.test.{ts,tsx}'],
    environment: 'node',
    // A machine that does something else too is slower than the second that vitest gives.
    expect: { poll: { timeout: 10_000 } },
    globalSetup: 'scripts/buildBeforeTests.ts',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
