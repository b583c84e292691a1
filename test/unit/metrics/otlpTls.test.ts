import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCertificates } from '../../../src/metrics/otlpTls.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rpa-trace-tls-'));
  for (const name of ['ca', 'cert', 'key']) await writeFile(join(folder, name), name);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const inFolder = (name: string) => (name === '' ? '' : join(folder, name));
const tls = (caFile: string, certFile: string, keyFile: string) => ({
  ...{ caFile: inFolder(caFile), certFile: inFolder(certFile), keyFile: inFolder(keyFile) },
});

test('none where none is named', async () => {
  for (const files of [undefined, tls('', '', '')]) {
    expect(await readCertificates(files)).toEqual({ ok: true, value: {} });
  }
});

test('reads those that are named, and no other', async () => {
  const texts = async (files: ReturnType<typeof tls>) => {
    const read = await readCertificates(files);
    return read.ok && Object.entries(read.value).map(([name, bytes]) => [name, String(bytes)]);
  };
  expect(await texts(tls('ca', '', ''))).toEqual([['ca', 'ca']]);
  expect(await texts(tls('', 'cert', 'key'))).toEqual([
    ['cert', 'cert'],
    ['key', 'key'],
  ]);
});

test.each([
  ['missing', '', ''],
  ['ca', 'cert', 'missing'],
])('names the file that can’t be read: %s, %s, %s', async (...files) => {
  expect(await readCertificates(tls(...files))).toEqual({
    ok: false,
    error: `the file “${join(folder, 'missing')}” can’t be read (ENOENT)`,
  });
});
