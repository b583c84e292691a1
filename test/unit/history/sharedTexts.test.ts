import { describe, expect, test } from 'vitest';

import type { PastFailure } from '../../../src/analysis/pastExecution.ts';
import type { Sqlite, SqliteRow } from '../../../src/history/sqlite.ts';
import { aPastNode } from '../../support/pastBuilders.ts';
import { aFolder, aKept, openWindow, sqlite } from './world.ts';

/** What Node 22 gives of a text: as much as stands before its first NUL. */
function cut(row: SqliteRow): SqliteRow {
  const entries = Object.entries(row).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.split('\0')[0] : value,
  ]);
  return Object.fromEntries(entries) as SqliteRow;
}

function ofNode22(): Sqlite {
  if (sqlite === null) throw new Error('This Node has no SQLite');
  const { open, version } = sqlite;
  return {
    version,
    open: (file, options) => {
      const db = open(file, options);
      return {
        exec: (text) => {
          db.exec(text);
        },
        close: () => {
          db.close();
        },
        prepare: (text) => {
          const statement = db.prepare(text);
          return {
            run: (...values) => statement.run(...values),
            get: (...values) => {
              const row = statement.get(...values);
              return row && cut(row);
            },
            all: (...values) => statement.all(...values).map(cut),
            *iterate(...values) {
              for (const row of statement.iterate(...values)) yield cut(row);
            },
          };
        },
      };
    },
  };
}

describe.skipIf(sqlite === null)('texts that executions share', () => {
  const node = aPastNode({ nodeId: 'rpa::save', name: '保存', type: 'rpa', beginMs: 5 });
  const failure: PastFailure = {
    ...{ nodeId: 'rpa::save', name: '保存', cause: null, category: 'node' },
    text: 'Not found',
  };
  const kept = (sid: string, offset: number) =>
    aKept(
      { ...{ sid, key: `workflow/${sid}`, outcome: 'failed', failure }, nodes: [node] },
      offset,
    );

  test.each([
    ['of the newest Node', sqlite],
    ['of Node 22, which cuts texts at a NUL', ofNode22()],
  ])('come back whole after a restart, and none is taken for another: SQLite %s', (_, by) => {
    const path = `${aFolder()}/a.db`;
    const first = openWindow(path, { sqlite: by ?? ofNode22() });
    first.store.put([kept('a', 1)]);
    first.file.close();
    const second = openWindow(path, { sqlite: by ?? ofNode22() });
    // Reads the texts before it writes with them.
    second.store.between(-Infinity, Infinity, 9);
    second.store.put([kept('b', 2)]);
    second.store.maintain();
    second.file.close();
    const { store } = openWindow(path);
    const all = store.between(-Infinity, Infinity, 9).map(({ execution }) => execution);
    expect(all).toEqual(['a', 'b'].map((sid, at) => kept(sid, at + 1).execution));
    const names = store.rolledUp.names().get('f')?.nodes;
    expect(names?.get('rpa::save')).toEqual({ name: '保存', type: 'rpa' });
  });
});
