/** Robots that end before their execution does: real processes, as a signal is nothing that could be played. */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TracedRecord } from './tracedWorld.ts';

const robot = fileURLToPath(new URL('endingRobot.ts', import.meta.url));
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rpa-trace-end-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly said: string;
  readonly record: TracedRecord;
}

/** Runs the robot until it ends; a signal is sent when it is ready. */
async function ended(how: string, signal?: NodeJS.Signals): Promise<Ended> {
  const unsent = join(folder, how);
  const env = { ...process.env, RPA_TRACE_UNSENT: unsent };
  const child = spawn(process.execPath, [robot, how], { env });
  let said = '';
  const hear = (chunk: Buffer) => {
    said += String(chunk);
    if (signal !== undefined && String(chunk).includes('ready')) child.kill(signal);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const [code, by] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.on('close', (code, signal) => {
      resolve([code, signal]);
    });
  });
  const [file = ''] = await readdir(unsent);
  const lines = (await readFile(join(unsent, file), 'utf8')).trim().split('\n');
  return { code, signal: by, said, record: JSON.parse(lines.at(-1) ?? '') as TracedRecord };
}

describe.concurrent('the end of an execution is written', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('when %s ends the robot', async (signal) => {
    const { code, signal: by, said, record } = await ended(signal, signal);
    expect([code, by]).toEqual([null, signal]);
    expect(record.status.message).toBe(`the process was ended by ${signal}`);
    expect(record.srv['error_category']).toBe('cancelled');
    expect(record.trace.map(({ node_id, end_time }) => [node_id, end_time])).toEqual([['work', 0]]);
    expect(said).toMatch(/\d trace records? could not be sent\. Open .*unsent-.*\.jsonl/);
  });

  test('when it exits', async () => {
    const { code, record } = await ended('exit');
    expect(code).toBe(4);
    expect(record.status.message).toBe('the process exited with code 4 before it was over');
  });

  test.each(['throw', 'reject'])('when nobody catches an error: %s', async (how) => {
    const { code, said, record } = await ended(how);
    expect(code).toBe(1);
    expect(said).toContain('Error: nobody caught it\n    at ');
    expect(record.status.message).toBe('nobody caught it');
  });

  test('when the robot listens itself and ends then', async () => {
    const { code, said, record } = await ended('ownListener', 'SIGTERM');
    expect(code).toBe(3);
    expect(said).toContain('the robot heard it');
    expect(record.status.message).toBe('the process exited with code 3 before it was over');
  });
});
