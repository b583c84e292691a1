import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach } from 'vitest';

import { resultsFolder } from './paths.ts';
import { say } from './say.ts';
import { Unavailable } from './unavailable.ts';

/** One line for each part that was skipped and why; `npm test` reads it. */
export const skippedFile = join(resultsFolder, 'skipped.txt');

/**
 * Something real that all tests of a file share: started before them, stopped after them. Where the
 * machine can't have it, the tests are skipped, with the reason said and counted.
 *
 *     const broker = required(() => startKafkaBroker(), (it) => it.stop());
 *     test('...', () => { broker().brokers });
 */
export function required<Thing>(
  start: () => Promise<Thing>,
  stop: (thing: Thing) => Promise<void>,
): () => Thing {
  let started: { readonly thing: Thing } | Unavailable | undefined;
  beforeAll(async ({}, suite) => {
    try {
      started = { thing: await start() };
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      started = error;
      reportSkipped(`${suite.name}: ${error.message}`);
    }
  }, setUpLimitMs);
  beforeEach((context) => {
    if (started instanceof Unavailable) context.skip(started.message);
  });
  afterAll(async () => {
    if (started !== undefined && !(started instanceof Unavailable)) await stop(started.thing);
  }, 30_000);
  return () => {
    if (started === undefined || started instanceof Unavailable) throw new Error('not started');
    return started.thing;
  };
}

/** The first use on a machine downloads and installs. */
const setUpLimitMs = 15 * 60_000;

/** Says loudly that a part is skipped, and keeps the line for the end of `npm test`. */
export function reportSkipped(line: string): void {
  say(`SKIPPED ${line}`);
  mkdirSync(resultsFolder, { recursive: true });
  appendFileSync(skippedFile, `${line}\n`);
}
