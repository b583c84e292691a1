import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * How many of a folder's branches the unit tests go through, in percent: a little below what is reached. What real
 * services and a real VS Code test is no part of it. A folder of its own, so that none hides behind another. Where
 * places in arrays are reckoned with, TypeScript wants a value for each that can't be missing, and no test reaches it.
 */
const floors = {
  ...{
    base: 96,
    trace: 93,
    record: 100,
    query: 94,
    masking: 94,
    decode: 95,
    'decode/shapes': 94,
    'decode/bytes': 86,
    flow: 91,
    'flow/layout': 82,
    diagnosis: 95,
    analysis: 84,
    problems: 85,
    compare: 83,
    history: 80,
  },
  ...{ store: 95, intake: 85, metrics: 79, sources: 68, answers: 88, engine: 68 },
  ...{ protocol: 95, texts: 93, view: 91, host: 85 },
} as const;

const folders = Object.keys(floors);

/** All that is in it, but for what has a floor of its own. */
function filesOf(folder: string): string {
  const isParted = folders.some((other) => other.startsWith(`${folder}/`));
  return `src/${folder}/${isParted ? '*.ts' : '**'}`;
}

/** Tests that need nothing but Node: the pure parts of `src` and the structure of the project. */
export default defineConfig({
  root,
  // The cache lies beside the packages, so that a run leaves nothing in the tree.
  cacheDir: `${root}/node_modules/.vite/unit`,
  test: {
    include: ['test/unit/**/*.test.{ts,tsx}', 'test/structure/**/*.test.ts'],
    exclude: ['**/fixtures/**'],
    environment: 'node',
    // Pure code shares nothing between files, so they can share a process: half the time goes into starting them. Not a
    // thread: V8 ends a process whose threads compile beside each other, once in some runs under load ("jit_page.has_value()").
    pool: 'forks',
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
      include: folders.map((folder) => `src/${folder}/**/*.ts`),
      thresholds: Object.fromEntries(
        Object.entries(floors).map(([folder, branches]) => [filesOf(folder), { branches }]),
      ),
    },
  },
});
