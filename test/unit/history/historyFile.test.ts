import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, test } from 'vitest';

import { NewerFile } from '../../../src/history/historyFile.ts';
import { faultOf, hasSafeWal, type Sqlite } from '../../../src/history/sqlite.ts';
import { aFolder, aKept, noonMs, openWindow, someKept, sqlite } from './world.ts';

test.each([
  ['3.49.1', false],
  ['3.51.2', false],
  ['3.51.3', true],
  ['3.53.4', true],
  ['3.44.5', false],
  ['3.44.6', true],
  ['3.50.7', true],
  ['3.50.6', false],
  ['4.0.0', true],
])('SQLite %s: a write-ahead log is safe: %s', (version, isSafe) => {
  expect(hasSafeWal(version)).toBe(isSafe);
});

/** The same library under the number of another. */
function withVersion(version: string): Sqlite {
  if (sqlite === null) throw new Error('This Node has no SQLite');
  const { open } = sqlite;
  return { version, open: (file, options) => open(file, options) };
}

function names(path: string): readonly string[] {
  return readdirSync(dirname(path)).sort();
}

describe.skipIf(sqlite === null)('a file of the history', () => {
  test('has a log where that is safe, else a journal, and goes from one to the other', () => {
    const path = `${aFolder()}/a.db`;
    for (const [version, usesLog] of [
      ['3.49.1', false],
      ['3.53.4', true],
      ['3.49.1', false],
    ] as const) {
      const { file, store } = openWindow(path, { sqlite: withVersion(version) });
      expect(file.opened).toEqual({ setAside: null, usesLog });
      store.put([aKept()]);
      expect(store.size).toBe(1);
      file.close();
    }
    expect(names(path)).toEqual(['a.db']);
  });

  test('of a later version is left as it is', () => {
    const path = `${aFolder()}/a.db`;
    const { file, store } = openWindow(path);
    store.put([aKept()]);
    file.db.exec('PRAGMA user_version = 99');
    file.close();
    const before = readFileSync(path);
    expect(() => openWindow(path)).toThrow(NewerFile);
    expect(readFileSync(path)).toEqual(before);
    expect(names(path)).toEqual(['a.db']);
  });

  test.each<readonly [string, (path: string) => void, boolean]>([
    [
      'no database',
      (path) => {
        writeFileSync(path, 'not a database, but long enough for a head'.repeat(9));
      },
      false,
    ],
    [
      'half a database',
      (path) => {
        truncateSync(path, 6_000);
      },
      true,
    ],
    [
      'pages overwritten',
      (path) => {
        const bytes = readFileSync(path);
        bytes.fill(0xa5, 8_192, bytes.length);
        writeFileSync(path, bytes);
      },
      true,
    ],
  ])(
    'that is damaged is set aside and kept, and the next one begins: %s',
    (_, damage, isSuspect) => {
      const path = `${aFolder()}/a.db`;
      const { file, store } = openWindow(path);
      store.put(someKept(400));
      file.close();
      damage(path);
      const damaged = readFileSync(path);
      const again = openWindow(path, { isSuspect });
      const aside = again.file.opened.setAside ?? '';
      expect(basename(aside)).toMatch(/^a\.db\.damaged-\d{17}$/);
      expect(readFileSync(aside)).toEqual(damaged);
      expect(again.store.size).toBe(0);
      again.store.put(someKept(400));
      expect(again.store.size).toBe(400);
    },
  );

  test('of those set aside the last three are kept', () => {
    const path = `${aFolder()}/a.db`;
    const time = { nowMs: noonMs };
    for (let round = 0; round < 5; round++) {
      time.nowMs += 1_000;
      writeFileSync(path, `damaged ${String(round)} `.repeat(100));
      openWindow(path, { time }).file.close();
    }
    const aside = names(path).filter((name) => name.includes('damaged'));
    expect(aside).toHaveLength(3);
    expect(readFileSync(`${dirname(path)}/${aside[0] ?? ''}`, 'utf8')).toContain('damaged 2');
  });

  test('whose writer was killed is checked, one that was closed is not', () => {
    const path = `${aFolder()}/a.db`;
    const time = { nowMs: noonMs };
    const killed = openWindow(path, { token: 'killed', time });
    killed.store.put(someKept(400));
    killed.file.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    time.nowMs += 20_000;
    const bytes = readFileSync(path);
    bytes.fill(0xa5, bytes.length - 8_192, bytes.length);
    writeFileSync(path, bytes);
    expect(openWindow(path, { token: 'next', time }).file.opened.setAside).not.toBeNull();
  });

  test('that is full says so, and what was there stays', () => {
    const path = `${aFolder()}/a.db`;
    const { file, store } = openWindow(path);
    store.put(someKept(100));
    // What a full disk does: no page more.
    file.db.exec(`PRAGMA max_page_count = ${String(file.pragma('page_count'))}`);
    let fault: unknown;
    try {
      for (let at = 0; at < 20; at++) store.put(someKept(500, 100 + at * 500));
    } catch (error) {
      fault = error;
    }
    expect(faultOf(fault)).toBe('full');
    expect(store.size % 500).toBe(100);
    file.db.exec('PRAGMA max_page_count = 100000');
    expect(store.put(someKept(10_100)).kind).toBe('done');
    expect(store.size).toBe(10_100);
  });

  test('that is locked by somebody else says so after a tenth of a second', () => {
    const path = `${aFolder()}/a.db`;
    const { store } = openWindow(path);
    const other = sqlite?.open(path);
    other?.exec('BEGIN IMMEDIATE');
    let fault: unknown;
    try {
      store.put([aKept()]);
    } catch (error) {
      fault = error;
    }
    expect(faultOf(fault)).toBe('locked');
    other?.exec('ROLLBACK');
    other?.close();
    expect(store.put([aKept()]).kind).toBe('done');
  });

  test('that can only be read is read', () => {
    const path = `${aFolder()}/a.db`;
    const { file, store } = openWindow(path, { sqlite: withVersion('3.49.1') });
    store.put(someKept(3));
    file.close();
    const readOnly: Sqlite = {
      version: '3.49.1',
      open: (name) => sqlite!.open(name, { readOnly: true }),
    };
    const again = openWindow(path, { sqlite: readOnly });
    expect(again.store.size).toBe(3);
    expect(() => again.store.put([aKept({ sid: 'x', key: 'workflow/x' })])).toThrow(/readonly/);
  });
});
