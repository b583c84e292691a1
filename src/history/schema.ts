import type { SqliteDatabase } from './sqlite.ts';

/**
 * Each step leads from the version of its place to the next. A step that was shipped is never changed: files that
 * went through it would differ from those that did not.
 */
const steps: readonly string[] = [
  `CREATE TABLE state (
     id INTEGER PRIMARY KEY CHECK (id = 1),
     source TEXT NOT NULL,
     writer TEXT,              -- whose turn it is to write
     beat INTEGER NOT NULL,    -- when that one was heard of last
     epoch INTEGER NOT NULL,   -- grows when everything was deleted: what was remembered of the file is void
     floor INTEGER NOT NULL,   -- what began before is let go of, but for what was rolled up
     zone TEXT NOT NULL        -- whose days the days are
   );
   CREATE TABLE dim (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
   CREATE TABLE execution (
     id INTEGER PRIMARY KEY,
     hash INTEGER NOT NULL UNIQUE,
     begin INTEGER NOT NULL,
     body BLOB NOT NULL
   );
   CREATE INDEX execution_begin ON execution (begin);
   CREATE TABLE dirty (hour INTEGER PRIMARY KEY);
   CREATE TABLE rollup_h (
     at INTEGER, flow INTEGER, node INTEGER, body BLOB NOT NULL, PRIMARY KEY (at, flow, node)
   ) WITHOUT ROWID;
   CREATE TABLE rollup_d (
     at INTEGER, flow INTEGER, node INTEGER, body BLOB NOT NULL, PRIMARY KEY (at, flow, node)
   ) WITHOUT ROWID;`,
  // What is rolled up has another form: it is made anew of what is still there.
  `DROP TABLE rollup_h;
   DROP TABLE rollup_d;
   CREATE TABLE rollup_h (
     at INTEGER, flow INTEGER, own BLOB NOT NULL, nodes BLOB NOT NULL, PRIMARY KEY (at, flow)
   ) WITHOUT ROWID;
   CREATE TABLE rollup_d (
     at INTEGER, flow INTEGER, own BLOB NOT NULL, nodes BLOB NOT NULL, PRIMARY KEY (at, flow)
   ) WITHOUT ROWID;
   INSERT OR IGNORE INTO dirty SELECT DISTINCT begin - begin % 3600000 FROM execution;
   CREATE TABLE named (
     flow INTEGER, node INTEGER, name INTEGER NOT NULL, type INTEGER NOT NULL, at INTEGER NOT NULL,
     PRIMARY KEY (flow, node)
   ) WITHOUT ROWID;
   CREATE TABLE flight (at INTEGER PRIMARY KEY, body BLOB NOT NULL);`,
  // What else a failure said stands in its row, of which the code of before can't read the kind: it is to leave the file alone.
  `-- Nothing is stored otherwise.`,
];

/** The version that this code reads and writes. */
export const schemaVersion = steps.length;

/** The version of a file; 0 for a new one. */
export function versionOf(db: SqliteDatabase): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

/** Brings a file up to this version, in one transaction: a window that opens it at the same time waits or has done it. */
export function migrate(db: SqliteDatabase, source: string): void {
  if (versionOf(db) >= schemaVersion) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    for (let at = versionOf(db); at < schemaVersion; at++) {
      db.exec(steps[at] ?? '');
      if (at > 0) continue;
      db.prepare(`INSERT INTO state VALUES (1, ?, NULL, 0, 0, 0, '')`).run(source);
    }
    db.exec(`PRAGMA user_version = ${String(schemaVersion)}`);
    db.exec('COMMIT');
  } catch (error) {
    rollBack(db);
    throw error;
  }
}

/** Where the disk was full, SQLite has rolled back by itself, and a second time throws. */
export function rollBack(db: SqliteDatabase): void {
  try {
    db.exec('ROLLBACK');
  } catch {
    // Nothing is open any more, which is what was wanted.
  }
}
