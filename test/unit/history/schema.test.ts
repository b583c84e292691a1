import { expect, test, describe } from 'vitest';

import type { PastFailure } from '../../../src/analysis/pastExecution.ts';
import { packExecution } from '../../../src/history/packing.ts';
import type { DatedRecord } from '../../../src/history/historyRecord.ts';
import { migrate, schemaVersion, versionOf } from '../../../src/history/schema.ts';
import { SharedTexts } from '../../../src/history/sharedTexts.ts';
import { identityOf } from '../../../src/history/historyRecord.ts';
import { aFolder, aKept, noonMs, openWindow, someKept, sqlite } from './world.ts';
import { storedRollups } from '../../support/storedRollups.ts';

/** As the first version made it, and never to be changed: files of that kind are out there. */
const first = `
  CREATE TABLE state (
    id INTEGER PRIMARY KEY CHECK (id = 1), source TEXT NOT NULL, writer TEXT, beat INTEGER NOT NULL,
    epoch INTEGER NOT NULL, floor INTEGER NOT NULL, zone TEXT NOT NULL
  );
  CREATE TABLE dim (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
  CREATE TABLE execution (
    id INTEGER PRIMARY KEY, hash INTEGER NOT NULL UNIQUE, begin INTEGER NOT NULL, body BLOB NOT NULL
  );
  CREATE INDEX execution_begin ON execution (begin);
  CREATE TABLE dirty (hour INTEGER PRIMARY KEY);
  CREATE TABLE rollup_h (
    at INTEGER, flow INTEGER, node INTEGER, body BLOB NOT NULL, PRIMARY KEY (at, flow, node)
  ) WITHOUT ROWID;
  CREATE TABLE rollup_d (
    at INTEGER, flow INTEGER, node INTEGER, body BLOB NOT NULL, PRIMARY KEY (at, flow, node)
  ) WITHOUT ROWID;
  INSERT INTO state VALUES (1, 'c/topic', NULL, 0, 0, 0, '');
  PRAGMA user_version = 1;`;

/** A file of the first version with these executions in it. */
function ofFirstVersion(path: string, records: readonly DatedRecord[]): void {
  const db = sqlite!.open(path);
  db.exec('PRAGMA auto_vacuum = INCREMENTAL');
  db.exec(first);
  const texts = new SharedTexts(db);
  const insert = db.prepare('INSERT INTO execution (hash, begin, body) VALUES (?, ?, ?)');
  for (const record of records) {
    const { execution } = record;
    insert.run(identityOf(execution), execution.beginMs, packExecution(record, texts));
  }
  // What it had rolled up is made anew.
  db.prepare('INSERT INTO rollup_h VALUES (?, 1, 0, ?)').run(noonMs, new Uint8Array([1]));
  db.close();
}

/** Tables and their columns, as SQLite tells them. */
function shapeOf(path: string): string {
  const db = sqlite!.open(path);
  try {
    const select = `SELECT m.name AS name, group_concat(c.name || ' ' || c.type, ', ') AS columns
      FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' GROUP BY m.name`;
    const tables = db.prepare(select).all();
    return tables.map(({ name, columns }) => `${String(name)}: ${String(columns)}`).join('\n');
  } finally {
    db.close();
  }
}

describe.skipIf(sqlite === null)('a file of the second version', () => {
  const failed = (parts: Partial<PastFailure>, offset: number) =>
    aKept(
      {
        ...{ sid: `f${String(offset)}`, key: `workflow/f${String(offset)}`, outcome: 'failed' },
        failure: {
          ...{ nodeId: 'n', name: 'N', cause: null, category: 'node', text: 'no', ...parts },
        },
      },
      offset,
    ) as DatedRecord;

  test('becomes one that no code of before opens, before it takes a row that such code can’t read', () => {
    const path = `${aFolder()}/a.db`;
    const old = openWindow(path);
    const before = [failed({}, 1), ...(someKept(3, 2) as readonly DatedRecord[])];
    old.store.put(before);
    old.store.maintain();
    const rolledUp = storedRollups(old.store, 'hour');
    old.file.db.exec('PRAGMA user_version = 2');
    old.file.close();
    const { file, store } = openWindow(path);
    expect(versionOf(file.db)).toBeGreaterThan(2);
    expect(store.between(-Infinity, Infinity, Infinity)).toEqual(before);
    expect(storedRollups(store, 'hour')).toEqual(rolledUp);
    store.put([failed({ also: ['Gave up'] }, 9)]);
    expect(store.size).toBe(5);
  });
});

describe.skipIf(sqlite === null)('a file of the first version', () => {
  const records = someKept(150) as readonly DatedRecord[];

  test('becomes one of this version, with all that was in it, rolled up anew', () => {
    const folder = aFolder();
    ofFirstVersion(`${folder}/old.db`, records);
    const { file, store, time } = openWindow(`${folder}/old.db`);
    expect(versionOf(file.db)).toBe(schemaVersion);
    expect(file.opened.setAside).toBeNull();
    expect(store.between(-Infinity, Infinity, Infinity)).toEqual(records);
    time.nowMs += 3_600_000;
    store.maintain();
    for (const level of ['hour', 'day'] as const) {
      const counted = storedRollups(store, level).reduce(
        (sum, { rollup }) => sum + (rollup.outcomes.get('succeeded') ?? 0),
        0,
      );
      expect([level, counted]).toEqual([level, 150]);
    }
    file.close();
    openWindow(`${folder}/new.db`).file.close();
    expect(shapeOf(`${folder}/old.db`)).toBe(shapeOf(`${folder}/new.db`));
  });

  test('stays as it is where it can’t become one, and can be tried again', () => {
    const path = `${aFolder()}/a.db`;
    ofFirstVersion(path, records);
    const db = sqlite!.open(path);
    // In the way of the second step.
    db.exec('CREATE TABLE named (flow INTEGER)');
    expect(() => {
      migrate(db, 'c/topic');
    }).toThrow(/named/);
    expect(versionOf(db)).toBe(1);
    expect(db.prepare('SELECT count(*) AS count FROM rollup_h').get()).toMatchObject({ count: 1 });
    db.exec('DROP TABLE named');
    migrate(db, 'c/topic');
    expect(versionOf(db)).toBe(schemaVersion);
    db.close();
  });
});
