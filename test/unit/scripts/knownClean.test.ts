import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { judgeNew } from '../../../scripts/knownClean.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'rpa-trace-clean-'));
  await write({ 'a.ts': 'a', 'b.ts': 'b', settings: '1' });
});
afterEach(() => rm(root, { recursive: true, force: true, maxRetries: 3 }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, name), text);
}

/** Which files were judged. */
async function judged(complaints = '', files = ['a.ts', 'b.ts']): Promise<readonly string[]> {
  const seen: string[] = [];
  const said = await judgeNew({
    ...{ root, files, settings: ['settings'], store: join(root, 'kept', 'clean') },
    judge: (these) => {
      seen.push(...these);
      return Promise.resolve(complaints);
    },
  });
  expect(said).toBe(seen.length === 0 ? '' : complaints);
  return seen;
}

test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  ['nothing', {}, []],
  ['one file', { 'b.ts': 'c' }, ['b.ts']],
  ['what two files hold', { 'a.ts': 'b', 'b.ts': 'a' }, ['a.ts', 'b.ts']],
  ['a setting', { settings: '2' }, ['a.ts', 'b.ts']],
])('what was clean is judged again where %s changed', async (_, changed, again) => {
  expect(await judged()).toEqual(['a.ts', 'b.ts']);
  await write(changed);
  expect(await judged()).toEqual(again);
  expect(await judged()).toEqual([]);
});

test('what was complained of is judged until it is clean', async () => {
  expect(await judged('b.ts is wrong')).toEqual(['a.ts', 'b.ts']);
  expect(await judged('b.ts is wrong')).toEqual(['a.ts', 'b.ts']);
  expect(await judged()).toEqual(['a.ts', 'b.ts']);
  expect(await judged()).toEqual([]);
});

test('what is clean again as it was before is known, and what is gone is no file', async () => {
  await judged();
  await write({ 'a.ts': 'other' });
  await judged();
  await write({ 'a.ts': 'a' });
  expect(await judged('', ['a.ts', 'b.ts', 'gone.ts'])).toEqual([]);
});
