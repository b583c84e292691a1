import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Tests that drive a real VS Code; one after the other, for each fills a small machine. */
export default defineConfig({
  root,
  cacheDir: `${root}/node_modules/.vite/vscode`,
  test: {
    include: ['test/vscode/**/*.test.ts'],
    environment: 'node',
    // kafkajs, which the tests write with, sets timers of less than nothing, and Node warns of each.
    execArgv: ['--disable-warning=TimeoutNegativeWarning'],
    // As long as Playwright waits: what is asked again and again may have a page to load in between.
    expect: { poll: { timeout: 30_000, interval: 100 } },
    globalSetup: 'scripts/buildBeforeTests.ts',
    fileParallelism: false,
    maxWorkers: 1,
    // Files share what they import, and a browser: see `keptPlaces`.
    isolate: false,
    // It ends what hangs: where two steps share two cores, opening a workbench alone takes some ten seconds.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
