/** Robots that end before their execution does: real processes, as a signal is nothing that could be played. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
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

/** Runs the robot until it ends; a signal is sent when it is ready, to a slow one again when it is ending. */
async function ended(how: string, signal?: NodeJS.Signals, more: object = {}): Promise<Ended> {
  const unsent = join(folder, how);
  const env = { ...process.env, RPA_TRACE_UNSENT: unsent, ...more };
  const child = spawn(process.execPath, [robot, how], { env });
  let said = '';
  const hear = (chunk: Buffer) => {
    said += String(chunk);
    const asks = how === 'slow' ? /ready|ending/ : /ready/;
    if (signal !== undefined && asks.test(String(chunk))) child.kill(signal);
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
    // As if the library had thrown it.
    expect(said).not.toMatch(/processEnd\.ts|\^/);
    expect(record.status.message).toBe('nobody caught it');
  });

  test('when a second signal does not wait for what is sent', async () => {
    const { code, signal, said, record } = await ended('slow', 'SIGINT');
    expect([code, signal]).toEqual([null, 'SIGINT']);
    expect(record.status.message).toBe('the process was ended by SIGINT');
    expect(said).toMatch(/could not be sent\. Open /);
  });

  test('when a signal ends the robot, and an error that follows is told', async () => {
    const { signal, said, record } = await ended('slowSignalThenThrow', 'SIGTERM');
    expect(signal).toBe('SIGTERM');
    expect(record.status.message).toBe('the process was ended by SIGTERM');
    expect(said).toContain('Error: the next one\n    at ');
    expect(said).toMatch(/could not be sent\. Open /);
  });

  test.each([
    ['slowExit', 3],
    ['slowThrow', 1],
  ])('when the robot does not wait for what is sent: %s', async (how, code) => {
    const { code: by, said, record } = await ended(how);
    expect(by).toBe(code);
    expect(record.status.message).toBe('nobody caught it');
    expect(said).toMatch(/could not be sent\. Open /);
    // What came first is what ended it, and is told however it ends then.
    expect(said.split('Error: nobody caught it\n    at ')).toHaveLength(2);
  });

  test('when the robot listens itself and ends then', async () => {
    const { code, said, record } = await ended('ownListener', 'SIGTERM');
    expect(code).toBe(3);
    expect(said).toContain('the robot heard it');
    expect(record.status.message).toBe('the process exited with code 3 before it was over');
  });
});

test.each(['kafkaClosed', 'kafkaLeft'])(
  'a port that takes connections and says nothing keeps no robot: %s',
  async (how) => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const kafka = { KAFKA_ENABLE: '1', KAFKA_TIMEOUT: '2', KAFKA_SERVERS: address };
    const beganMs = performance.now();
    const { code, said, record } = await ended(how, undefined, kafka);
    for (const socket of sockets) socket.destroy();
    server.close();
    // It took 24 s and more.
    expect(performance.now() - beganMs).toBeLessThan(15_000);
    expect([code, record.status.code]).toEqual([0, 0]);
    const warnings = said.split('\n').filter((line) => line.startsWith('rpa-trace-telemetry'));
    expect(warnings).toEqual([
      expect.stringContaining(`${address} takes connections and does not answer`),
      expect.stringMatching(/warn: 1 trace record could not be sent\. Open .*\.jsonl in the/),
    ]);
    if (how !== 'kafkaClosed') return;
    // Twice its two seconds, and one more, before.
    expect(Number(/closed after (\d+) ms/.exec(said)?.[1])).toBeLessThan(4_000);
  },
);
