import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Tests that look at the built page in a real Chromium. */
export default defineConfig({
  root,
  cacheDir: `${root}/node_modules/.vite/webview`,
  test: {
    include: ['test/webview/**/*.test.{ts,tsx}'],
    environment: 'node',
    // A machine that does something else too is slower than the second that vitest gives.
    expect: { poll: { timeout: 10_000 } },
    globalSetup: 'scripts/buildBeforeTests.ts',
    maxWorkers: 2,
    // Files share what they import, and a browser: each for itself takes a tenth of the whole.
    isolate: false,
    // No test takes more than some seconds; this is for machines that do something else too.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
