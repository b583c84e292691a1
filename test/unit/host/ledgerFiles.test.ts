import { syncBuiltinESMExports } from 'node:module';
import disk, { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LedgerFiles } from '../../../src/host/ledgerFiles.ts';
import type { LedgerData } from '../../../src/metrics/ledgerData.ts';

let folder: string;
let lines: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rpa-trace-ledger-'));
  lines = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const window = (at = folder) => new LedgerFiles(at, (_, message) => lines.push(message));

const counted = (topic: string, offsets: Readonly<Record<string, number>>): LedgerData => ({
  [topic]: {
    anew: 0,
    seenMs: 0,
    next: Object.fromEntries(Object.entries(offsets).map(([key, value]) => [key, String(value)])),
  },
});

async function keep(files: LedgerFiles, data: LedgerData): Promise<void> {
  files.keep(data);
  await files.settled();
}

test('what was kept is there after a restart', async () => {
  expect(await window(join(folder, 'not', 'there')).read()).toEqual({});
  const first = window();
  await keep(first, counted('c/t', { 0: 5 }));
  expect(await window().read()).toEqual(counted('c/t', { 0: 5 }));
  expect(lines).toEqual([]);
});

describe('two windows', () => {
  test('merge by the maximum, and see each other while both are open', async () => {
    const [a, b] = [window(), window()];
    await a.read();
    await b.read();
    await keep(a, counted('c/t', { 0: 5, 1: 9 }));
    await keep(b, counted('c/t', { 0: 7, 1: 2 }));
    await keep(a, counted('c/u', { 0: 1 }));
    const both = { ...counted('c/t', { 0: 7, 1: 9 }), ...counted('c/u', { 0: 1 }) };
    expect(await a.read()).toEqual(both);
    expect(await b.read()).toEqual(both);
    expect(await window().read()).toEqual(both);
  });

  test('do not set each other back: who is behind keeps what the other counted', async () => {
    const [a, b] = [window(), window()];
    await keep(a, counted('c/t', { 0: 50 }));
    await keep(b, counted('c/t', { 0: 10 }));
    await keep(b, counted('c/t', { 0: 11 }));
    expect(await window().read()).toEqual(counted('c/t', { 0: 50 }));
  });
});

test('windows that open, count and are killed in any order lose nothing', async () => {
  const most: Record<string, number> = {};
  const life = async (name: number) => {
    const files = window();
    const seen = await files.read();
    for (let step = 1; step <= 20; step++) {
      const partition = String((name + step) % 5);
      const offset = name * 7 + step * 3;
      most[partition] = Math.max(most[partition] ?? 0, offset);
      files.keep(counted('c/t', { [partition]: offset }));
      if (step % 6 === 0) await files.settled();
      if (step % 7 === 0) await files.read();
    }
    await files.settled();
    return seen;
  };
  // Eight at once, then more, each of which takes over what is there.
  await Promise.all(Array.from({ length: 8 }, (_, name) => life(name)));
  await Promise.all(Array.from({ length: 4 }, (_, name) => life(name + 8)));
  expect(await window().read()).toEqual(counted('c/t', most));
  expect(lines).toEqual([]);
});

test('the next window leaves one file of many, and no old draft', async () => {
  for (let n = 0; n < 5; n++) await keep(window(), counted('c/t', { [n]: n + 1 }));
  await writeFile(join(folder, 'killed-0.draft'), '{');
  await writeFile(join(folder, 'busy-0.draft'), '{');
  const longAgo = new Date(Date.now() - 2 * 86_400_000);
  await utimes(join(folder, 'killed-0.draft'), longAgo, longAgo);
  await window().read();
  const names = await readdir(folder);
  expect(names.filter((name) => name.endsWith('.draft'))).toEqual(['busy-0.draft']);
  expect(names.filter((name) => name.endsWith('.json'))).toHaveLength(1);
  expect(await window().read()).toEqual(counted('c/t', { 0: 1, 1: 2, 2: 3, 3: 4, 4: 5 }));
});

test('a window whose file was taken over writes a new one', async () => {
  const a = window();
  await keep(a, counted('c/t', { 0: 1 }));
  await window().read();
  await keep(a, counted('c/t', { 0: 2 }));
  expect(await window().read()).toEqual(counted('c/t', { 0: 2 }));
});

test('a broken file holds nothing, beside good ones', async () => {
  await keep(window(), counted('c/t', { 0: 1 }));
  await writeFile(join(folder, 'broken.json'), '{"c/t": {"an');
  expect(await window().read()).toEqual(counted('c/t', { 0: 1 }));
});

describe('a virus scanner that holds', () => {
  /** Refuses a call of the disk for what it is told, as Windows does for a file that another program has open. */
  function refuse(method: 'rename' | 'rm' | 'readFile', isHeld: (path: string) => boolean) {
    const real = disk[method] as (...args: unknown[]) => Promise<unknown>;
    const refusing = (...args: unknown[]) =>
      isHeld(String(args[0]))
        ? Promise.reject(Object.assign(new Error('EPERM: held'), { code: 'EPERM' }))
        : real(...args);
    Object.assign(disk, { [method]: refusing });
    syncBuiltinESMExports();
    return () => {
      Object.assign(disk, { [method]: real });
      syncBuiltinESMExports();
    };
  }

  test.each(['rename', 'rm', 'readFile'] as const)(
    'a file against %s: the others are read at once, and all later',
    async (method) => {
      await keep(window(), counted('c/t', { 0: 5 }));
      await keep(window(), counted('c/u', { 0: 7 }));
      let held: string | undefined;
      const release = refuse(method, (path) => path.endsWith('.json') && path === (held ??= path));
      const files = window();
      const both = { ...counted('c/t', { 0: 5 }), ...counted('c/u', { 0: 7 }) };
      let early: LedgerData;
      try {
        early = await files.read();
      } finally {
        release();
      }
      if (method === 'readFile') expect(Object.keys(early)).toHaveLength(1);
      else expect(early).toEqual(both);
      expect(await files.read()).toEqual(both);
      await keep(files, counted('c/t', { 1: 1 }));
      expect(await window().read()).toEqual({ ...both, ...counted('c/t', { 0: 5, 1: 1 }) });
    },
  );

  test('the folder: it is read once it can be', async () => {
    await keep(window(), counted('c/t', { 0: 5 }));
    const files = window();
    const real = disk.readdir;
    Object.assign(disk, { readdir: () => Promise.reject(new Error('EPERM: held')) });
    syncBuiltinESMExports();
    try {
      expect(await files.read()).toEqual({});
    } finally {
      Object.assign(disk, { readdir: real });
      syncBuiltinESMExports();
    }
    expect(await files.read()).toEqual(counted('c/t', { 0: 5 }));
  });
});

test('a folder that is none is told, and what was counted stays in memory', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  const files = window(join(file, 'below'));
  await keep(files, counted('c/t', { 0: 1 }));
  expect(await files.read()).toEqual(counted('c/t', { 0: 1 }));
  expect(lines).toHaveLength(2);
});

test('many changes in a row are few writes, and the last one is kept', async () => {
  await mkdir(folder, { recursive: true });
  const files = window();
  for (let offset = 1; offset <= 1_000; offset++) files.keep(counted('c/t', { 0: offset }));
  await files.settled();
  const names = await readdir(folder);
  expect(names).toHaveLength(1);
  const text = await readFile(join(folder, names[0] ?? ''), 'utf8');
  expect(JSON.parse(text)).toEqual(counted('c/t', { 0: 1_000 }));
});
