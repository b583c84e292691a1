/** What SQLite takes and gives. */
export type SqliteValue = null | number | bigint | string | Uint8Array;
/** A row by the names of its columns. */
export type SqliteRow = Readonly<Record<string, SqliteValue>>;

/** The bytes of a column. */
export function bytesOf(row: SqliteRow, column = 'body'): Uint8Array {
  const bytes = row[column];
  if (!(bytes instanceof Uint8Array)) throw new RangeError('There are no bytes');
  return bytes;
}

/** A statement that was compiled. */
export interface SqliteStatement {
  run(...values: SqliteValue[]): { readonly changes: number | bigint };
  get(...values: SqliteValue[]): SqliteRow | undefined;
  all(...values: SqliteValue[]): SqliteRow[];
  iterate(...values: SqliteValue[]): Iterable<SqliteRow>;
}

/** An open database. */
export interface SqliteDatabase {
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
  close(): void;
}

/** SQLite as the editor's Node has it. */
export interface Sqlite {
  /** Such as `3.51.3`. */
  readonly version: string;
  open(file: string, options?: { readonly readOnly?: boolean }): SqliteDatabase;
}

interface SqliteModule {
  readonly DatabaseSync: new (
    file: string,
    options?: { readonly readOnly?: boolean },
  ) => SqliteDatabase;
}

/**
 * SQLite out of Node; null where there is none: in VS Code before 1.101, and in builds that left it out. Asked for
 * and not looked up by version, for such a build says a version that should have it. The one place that knows the
 * module, which has no types for the oldest Node that is supported.
 */
export function loadSqlite(): Sqlite | null {
  try {
    const found = process.getBuiltinModule('node:sqlite') as SqliteModule | undefined;
    if (found === undefined) return null;
    const { DatabaseSync } = found;
    const probe = new DatabaseSync(':memory:');
    const version = String(probe.prepare('SELECT sqlite_version() AS version').get()?.['version']);
    probe.close();
    return { version, open: (file, options = {}) => new DatabaseSync(file, options) };
  } catch {
    return null;
  }
}

/** Why SQLite refused. */
export type SqliteFault = 'locked' | 'readOnly' | 'full' | 'damaged' | 'cannotOpen' | 'other';

const faults: Readonly<Record<number, SqliteFault>> = {
  ...{ 5: 'locked', 6: 'locked', 8: 'readOnly', 11: 'damaged', 13: 'full', 14: 'cannotOpen' },
  ...{ 26: 'damaged', 23: 'readOnly' },
};

/** What an error of SQLite means; `other` as well for one that is none of SQLite's. */
export function faultOf(error: unknown): SqliteFault {
  if (error instanceof RangeError) return 'damaged';
  const isOfSqlite = typeof error === 'object' && error !== null && 'errcode' in error;
  // The low byte is the kind, what stands above it details it.
  return isOfSqlite ? (faults[Number(error.errcode) & 0xff] ?? 'other') : 'other';
}

/**
 * Whether two connections may use a write-ahead log: before 3.51.3, and but for two corrections of older lines, they
 * could damage the file when one began the log anew.
 */
export function hasSafeWal(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (major !== 3) return major > 3;
  if (minor === 44) return patch >= 6;
  if (minor === 50) return patch >= 7;
  return minor > 51 || (minor === 51 && patch >= 3);
}
