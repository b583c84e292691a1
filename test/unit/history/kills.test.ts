import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';

import { faultOf } from '../../../src/history/sqlite.ts';
import { aFolder, openWindow, sqlite } from './world.ts';
import { storedRollups } from '../../support/storedRollups.ts';

const writer = join(import.meta.dirname, 'writer.ts');
const kills = 20;

/** A window in a process of its own; `until` ends it as a crash would, once it has said so much. */
async function run(
  args: readonly string[],
  until: (said: readonly string[]) => boolean = () => false,
): Promise<readonly string[]> {
  const child = spawn(process.execPath, ['--no-warnings', writer, ...args], { stdio: 'pipe' });
  const said: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(line);
    if (until(said)) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return said;
}

const doneOf = (said: readonly string[]) =>
  said.flatMap((line) => (line.startsWith('done ') ? [Number(line.slice(5))] : []));

/** Which executions are in a file, what was rolled up of them, and what SQLite says of it. */
function whatIsIn(path: string) {
  const { file, store, time } = openWindow(path, {
    limits: { days: 36_500, megabytes: 200 },
    token: 'reader',
  });
  time.nowMs = Date.now() + 60_000;
  const sids = store
    .between(-Infinity, Infinity, Infinity)
    .map(({ execution }) => Number(execution.sid.slice(1)));
  const countedBy = (level: 'hour' | 'day') =>
    storedRollups(store, level).reduce(
      (sum, { rollup }) => sum + (rollup.outcomes.get('succeeded') ?? 0),
      0,
    );
  expect(store.maintain()).toBe('done');
  const check = file.db.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
  return { sids, rolledUp: [countedBy('hour'), countedBy('day')], check };
}

describe.skipIf(sqlite === null).each(['3.49.1', '3.53.4'])(
  'with the journal of SQLite %s',
  (version) => {
    test(`killed ${String(kills)} times while it writes, nothing is missing, nothing double, and the file whole`, async () => {
      const path = `${aFolder()}/a.db`;
      const written = new Set<number>();
      let at = 0;
      for (let round = 0; round < kills; round++) {
        const said = await run(
          [path, String(at), '100000', version],
          // A few transactions each, so that it is hit in the midst of the next.
          (lines) => lines.length > 1 + (round % 7),
        );
        expect(said.filter((line) => /^(lost|news)/.test(line))).toEqual([]);
        for (const first of doneOf(said)) written.add(first);
        at = Math.max(0, ...written);
      }
      const { sids, rolledUp, check } = whatIsIn(path);
      expect(check).toBe('ok');
      expect(new Set(sids).size).toBe(sids.length);
      const there = new Set(sids);
      const missing = [...written].filter((first) => !there.has(first) || !there.has(first + 19));
      expect(missing).toEqual([]);
      expect(rolledUp).toEqual([sids.length, sids.length]);
    }, 120_000);

    test('two windows that write in turn write all, each once', async () => {
      const path = `${aFolder()}/a.db`;
      const each = 1_000;
      const saids = await Promise.all(
        ['0', '500'].map((from) => run([path, from, String(each), version])),
      );
      for (const said of saids) {
        expect(said.at(-1)).toBe('end');
        expect(said.filter((line) => /^(lost|news)/.test(line))).toEqual([]);
      }
      const { sids, rolledUp, check } = whatIsIn(path);
      expect([sids.length, new Set(sids).size, check]).toEqual([1_500, 1_500, 'ok']);
      expect(rolledUp).toEqual([1_500, 1_500]);
    }, 120_000);
  },
);

test('what is no error of SQLite is none of its faults', () => {
  expect(faultOf(new Error('x'))).toBe('other');
  expect(faultOf(null)).toBe('other');
  expect(faultOf({ errcode: 1 })).toBe('other');
});
