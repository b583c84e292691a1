import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The engine against a real Apache Kafka and other real services. Files that end no broker share one. Each waits most of
 * the time, for a broker to come back or a client to give up, so that two of them fit a small machine.
 */
export default defineConfig({
  root,
  cacheDir: `${root}/node_modules/.vite/engine`,
  test: {
    include: ['test/engine/**/*.test.ts'],
    environment: 'node',
    // kafkajs, which the tests write with, sets timers of less than nothing, and Node warns of each.
    execArgv: ['--disable-warning=TimeoutNegativeWarning'],
    // A machine that does something else too is slower than the second that vitest gives.
    expect: { poll: { timeout: 10_000 } },
    globalSetup: ['scripts/buildBeforeTests.ts', 'test/engine/sharedBroker.ts'],
    restoreMocks: true,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
