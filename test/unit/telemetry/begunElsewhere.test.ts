/** Threads and processes that a robot begins: what they trace stands below the node that began them. */
import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { carriedEnv } from '../../../src/telemetry/carriedContext.ts';
import { traced } from '../../../src/telemetry/traced.ts';
import { recordWith } from '../../support/fixtures.ts';
import { engineParts, treeQuery } from '../engine/world.ts';
import { tracedWorld } from './tracedWorld.ts';

const robot = fileURLToPath(new URL('begunRobot.ts', import.meta.url));

/** What it writes to its output. */
function begin(how: 'thread' | 'process'): Promise<string> {
  const env = carriedEnv();
  const output: Readable =
    how === 'thread'
      ? new Worker(robot, { env, stdout: true }).stdout
      : spawn(process.execPath, [robot], { env, stdio: ['ignore', 'pipe', 'inherit'] }).stdout;
  return text(output);
}

test('a thread and a process stand below the nodes that began them', async () => {
  const { tracer, sent } = tracedWorld();
  const written: string[] = [];
  await tracer.run({ sid: 's1' }, async () => {
    await traced('first', {}, async () => void written.push(await begin('thread')));
    await traced('second', {}, () =>
      traced('within', {}, async () => void written.push(await begin('process'))),
    );
  });
  const parts = engineParts();
  const lines = [...written.flatMap((all) => all.trim().split('\n')), sent.at(-1)?.json ?? ''];
  parts.take(lines.map((line) => recordWith(line)));
  const { rows } = await parts.tree.window(treeQuery('workflow/s1'));
  const shown = rows.map(
    (row) => `${'  '.repeat(row.level - 1)}${row.name} ${row.confidence ?? ''}`,
  );
  expect(shown).toEqual(['first ', '  part told', 'second ', '  within ', '    part told']);
  // Each can be opened by itself as well.
  const begun = rows.flatMap(({ execution }) => execution ?? []);
  for (const key of begun) {
    const { rows: own } = await parts.tree.window(treeQuery(key));
    expect(own.map(({ name }) => name)).toEqual(['read']);
  }
  expect(begun).toHaveLength(2);
});
