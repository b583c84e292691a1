import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { FolderLargeFieldStore } from '../../../src/telemetry/folderLargeFieldStore.ts';
import type { LargeFieldStore } from '../../../src/telemetry/largeFieldStore.ts';
import { isLargeField } from '../../../src/telemetry/largeFieldStore.ts';
import { NodeLog } from '../../../src/telemetry/nodeLog.ts';
import { S3LargeFieldStore } from '../../../src/telemetry/s3LargeFieldStore.ts';
import { aRecord } from '../../support/builders.ts';
import { decodeNodeData } from '../../support/decoded.ts';
import { WorkflowLog } from '../../../src/telemetry/workflowLog.ts';

/** The limit of upstream, in bytes of UTF-8. */
test.each([
  ['5,087 letters', 'a'.repeat(5_087), false],
  ['5,088 letters', 'a'.repeat(5_088), true],
  ['1,695 signs of three bytes', '合'.repeat(1_695), false],
  ['1,696 signs of three bytes', '合'.repeat(1_696), true],
  ['letters and signs, 5,087 bytes', `${'合'.repeat(1_695)}aa`, false],
  ['letters and signs, 5,088 bytes', `${'合'.repeat(1_695)}aaa`, true],
])('%s go to a store: %s', (_name, text, large) => {
  expect(isLargeField(text)).toBe(large);
});

/** Remembers what it got. */
class FakeStore implements LargeFieldStore {
  readonly texts = new Map<string, string>();
  fails = false;

  upload(name: string, bytes: Uint8Array): Promise<string> {
    if (this.fails) return Promise.reject(new Error('down'));
    this.texts.set(name, new TextDecoder().decode(bytes));
    return Promise.resolve(`https://store/${name}`);
  }
}

describe('a record with a store', () => {
  const long = '合'.repeat(2_000);
  const workflow = (onStoreError?: (error: unknown) => void) => {
    const log = new WorkflowLog({
      sid: 's',
      flowId: 'f',
      form: 'g1',
      ...(onStoreError && { onStoreError }),
    });
    const node = new NodeLog({ sid: 's', form: 'g1' });
    log.addQ(long);
    log.addA('short');
    node.appendInputData('page', long);
    node.appendConfigData({ code: { text: `${long}.` } });
    node.addInfoLog(long);
    log.addNodeLog([node]);
    return log;
  };

  it('has addresses in place of large texts, equal ones stored once', async () => {
    const store = new FakeStore();
    const root = JSON.parse(await workflow().toJson(store)) as {
      question: string;
      answer: string;
      trace: {
        data: { input: { page: string }; config: { code: { text: string } } };
        logs: string[];
      }[];
    };
    const [entry] = root.trace;
    expect(root.question).toMatch(/^https:\/\/store\/[0-9a-f]{32}\.txt$/);
    expect(root.answer).toBe('short');
    expect(entry?.data.input.page).toBe(root.question);
    expect(entry?.data.config.code.text).not.toBe(root.question);
    expect(entry?.logs[0]).toMatch(/^https:/);
    expect(store.texts.size).toBe(3);
    expect(store.texts.get(root.question.slice(14))).toBe(long);
  });

  it('has them in the lists of today too, where the panel finds them', async () => {
    const store = new FakeStore();
    const log = new WorkflowLog({ sid: 's', flowId: 'f' });
    const node = new NodeLog({ sid: 's', nodeId: 'rpa::1' });
    node.appendInputData('page', long);
    node.appendInputData('rows', [long]);
    node.appendInputData('no', 1);
    node.appendOutputData('page', long);
    node.setLlmOutput(long);
    log.addNodeLog([node]);
    log.setEnd();
    const json = await log.toJson(store);
    expect(json).not.toContain(long);
    const [page, rows] = [...store.texts].map(([name]) => `https://store/${name}`);
    expect([...store.texts.values()]).toEqual([long, `['${long}']`]);
    const value = new TextEncoder().encode(json);
    const data = decodeNodeData(aRecord({ value }), node.id)!;
    const values = [...data.input, ...data.output].map(({ name, value, form }) => [
      name,
      value,
      form,
    ]);
    expect(values).toEqual([
      ['page', page, 'link'],
      ['rows', rows, 'link'],
      ['no', '1', 'text'],
      ['page', page, 'link'],
    ]);
  });

  it('without large texts is the same as without a store', async () => {
    const log = new WorkflowLog({ sid: 's', flowId: 'f' });
    log.addQ('合肥');
    expect(await log.toJson(new FakeStore())).toBe(log.toJson());
  });

  it('keeps the text where it could not be stored, and says so', async () => {
    const store = new FakeStore();
    store.fails = true;
    const errors: unknown[] = [];
    const log = workflow((error) => errors.push(error));
    expect(await log.toJson(store)).toBe(log.toJson());
    expect(errors).toHaveLength(3);
  });

  it('stores nothing twice when it is written again', async () => {
    const store = new FakeStore();
    const log = workflow();
    const first = await log.toJson(store);
    expect(await log.toJson(store)).toBe(first);
    expect(store.texts.size).toBe(3);
  });
});

describe('a folder', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rpa-trace-store-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('holds the text under its name, and nothing else', async () => {
    const store = new FolderLargeFieldStore({ folder: join(folder, 'new one') });
    const address = await store.upload('a.txt', new TextEncoder().encode('合肥'));
    expect(await readFile(fileURLToPath(address), 'utf8')).toBe('合肥');
    expect(await readdir(join(folder, 'new one'))).toEqual(['a.txt']);
  });

  it('is shown by a server under its address', async () => {
    const store = new FolderLargeFieldStore({ folder, baseUrl: 'https://files.example/t/' });
    expect(await store.upload('a.txt', new Uint8Array(1))).toBe('https://files.example/t/a.txt');
  });
});

test('a store without an address is refused when it is made', () => {
  expect(() => new S3LargeFieldStore({ endpoint: '' })).toThrow('OSS_ENDPOINT');
});

test('a robot on the oldest Node hears no warnings of the client’s', async () => {
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const version = Object.getOwnPropertyDescriptor(process, 'version')!;
  Object.defineProperty(process, 'version', { ...version, value: 'v20.12.0' });
  const env = { ...process.env };
  const store = new S3LargeFieldStore({ endpoint: 'http://127.0.0.1:9', timeoutMs: 1 });
  await expect(store.upload('a.txt', new Uint8Array(1))).rejects.toThrow();
  await store.close();
  Object.defineProperty(process, 'version', version);
  expect(warned).not.toHaveBeenCalled();
  expect(process.env).toEqual(env);
});
