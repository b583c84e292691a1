import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { createFileOnDisk } from '../../../src/host/fileOnDisk.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rpa-trace-saved-'));
  path = join(folder, 'saved.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

test('is there when it is finished, and not before', async () => {
  const file = await createFileOnDisk(path);
  await file.append('{"发票": 1}\n');
  await file.append('{"b": 2}\n');
  expect(await readdir(folder)).not.toContain('saved.jsonl');
  await file.finish();
  expect(await readdir(folder)).toEqual(['saved.jsonl']);
  expect(await readFile(path, 'utf8')).toBe('{"发票": 1}\n{"b": 2}\n');
});

test('takes the place of one that stood there', async () => {
  await writeFile(path, 'old');
  const file = await createFileOnDisk(path);
  await file.append('new');
  expect(await readFile(path, 'utf8')).toBe('old');
  await file.finish();
  expect(await readFile(path, 'utf8')).toBe('new');
});

test('given up, it leaves everything as it was', async () => {
  await writeFile(path, 'old');
  const file = await createFileOnDisk(path);
  await file.append('new');
  await file.discard();
  expect(await readdir(folder)).toEqual(['saved.jsonl']);
  expect(await readFile(path, 'utf8')).toBe('old');
});

test('that can’t be written says so at once', async () => {
  await expect(createFileOnDisk(join(folder, 'none', 'saved.jsonl'))).rejects.toThrow('ENOENT');
});
