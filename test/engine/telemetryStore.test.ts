/** Large texts of records in a real S3-compatible store. */
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { S3LargeFieldStore } from '../../src/telemetry/s3LargeFieldStore.ts';
import type { S3LargeFieldStoreOptions } from '../../src/telemetry/s3LargeFieldStore.ts';
import { traced } from '../../src/telemetry/traced.ts';
import { createTracer } from '../../src/telemetry/tracer.ts';
import { required } from '../support/required.ts';
import { startS3Server } from '../support/s3Server.ts';

const server = required(
  () => startS3Server(),
  (it) => it.stop(),
);

function newStore(options: S3LargeFieldStoreOptions = {}): S3LargeFieldStore {
  const { endpoint, accessKeyId, secretAccessKey } = server();
  return new S3LargeFieldStore({ endpoint, accessKeyId, secretAccessKey, ...options });
}

const long = '合肥启明办公用品有限公司 '.repeat(500);

test('a bucket is made, and holds the text', async () => {
  const store = newStore({ bucket: 'workflow' });
  const address = await store.upload('0123.txt', new TextEncoder().encode(long));
  expect(address).toBe(`${server().endpoint}/workflow/0123.txt`);
  const stored = await readFile(join(server().folder, 'workflow', '0123.txt'), 'utf8');
  expect(stored).toBe(long);
  await store.close();
});

test('a bucket that somebody else makes meanwhile is no error', async () => {
  const asked: string[] = [];
  const fault = (code: string) => `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`;
  const late = createServer((request, response) => {
    const what = request.url?.includes('.txt') === true ? 'object' : 'bucket';
    asked.push(what);
    request.resume().on('end', () => {
      const isFirst = asked.length === 1;
      if (what === 'bucket') response.writeHead(409).end(fault('BucketAlreadyExists'));
      else if (isFirst) response.writeHead(404).end(fault('NoSuchBucket'));
      else response.end();
    });
  });
  await once(late.listen(0, '127.0.0.1'), 'listening');
  const endpoint = `http://127.0.0.1:${String((late.address() as AddressInfo).port)}`;
  const store = new S3LargeFieldStore({
    endpoint,
    bucket: 'b',
    accessKeyId: 'x',
    secretAccessKey: 'x',
  });
  expect(await store.upload('1.txt', new Uint8Array([1]))).toBe(`${endpoint}/b/1.txt`);
  expect(asked).toEqual(['object', 'bucket', 'object']);
  await store.close();
  late.close();
});

test('an execution has the address that readers know, and no snapshot stores it again', async () => {
  const records: string[] = [];
  const store = newStore({ bucket: 'traces', downloadHost: 'https://files.example' });
  const tracer = createTracer({
    flowId: 'f',
    largeFieldStore: store,
    snapshotMs: 100,
    producer: {
      send(_topic, value) {
        records.push(value);
        return true;
      },
    },
  });
  const hasSnapshot = () => records.some((value) => value.includes('"execution_state"'));
  await tracer.run({ question: long }, () =>
    traced('spark-llm::1', {}, async (node) => {
      node.llmOutput(long);
      while (!hasSnapshot()) await new Promise(setImmediate);
    }),
  );
  await tracer.close();
  await store.close();
  const last = JSON.parse(records.at(-1) ?? '') as {
    question: string;
    srv: Record<string, string>;
    trace: { llm_output: string }[];
  };
  expect(last.srv).not.toHaveProperty('execution_state');
  expect(last.question).toMatch(/^https:\/\/files\.example\/traces\/[0-9a-f]{32}\.txt$/);
  expect(last.trace[0]?.llm_output).toBe(last.question);
  expect(await readdir(join(server().folder, 'traces'))).toEqual([last.question.slice(-36)]);
});

test('a wrong key is an error, and the text stays in the record', async () => {
  const store = newStore({ secretAccessKey: 'wrong' });
  await expect(store.upload('a.txt', new Uint8Array(1))).rejects.toThrow(/./);
  const lines: string[] = [];
  const records: string[] = [];
  const tracer = createTracer({
    flowId: 'f',
    largeFieldStore: store,
    log: (level, message) => lines.push(`${level} ${message}`),
    producer: {
      send(_topic, value) {
        records.push(value);
        return true;
      },
    },
  });
  tracer.run({ question: long }, () => 1);
  await tracer.close();
  expect(records[0]).toContain(long);
  expect(lines).toEqual([expect.stringContaining('could not be stored')]);
  await store.close();
});
