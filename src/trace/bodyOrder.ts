import type { NodeRun } from './execution.ts';

interface Row {
  readonly key: string;
  readonly run: NodeRun | null;
}

/**
 * Orders what ran in the rounds of an iteration by its links. Each entry keeps the times of the last round that came
 * to it, so that by begin a node which later rounds left out would stand before those that lead to it:
 *
 *     round 1   start ─ fill ─ end
 *     round 2   start ─ fill ✗            by begin: end, start, fill
 */
export function inBodyOrder<R extends Row>(rows: readonly R[]): readonly R[] {
  const isRepeated = rows.some(({ run }) => (run?.count ?? 0) > 1);
  // Rounds beside each other have entries of their own.
  if (!isRepeated || rows.some(({ run }) => run?.iterationIndex != null)) return rows;
  const before = predecessors(rows);
  const ordered: R[] = [];
  const seen = new Set<R>();
  for (const first of rows) {
    // A list of what is open instead of recursion: a body may be long. Links in circles end at what was seen.
    const open: { row: R; waits: R[] }[] = [];
    const enter = (row: R) => {
      if (seen.has(row)) return;
      seen.add(row);
      open.push({ row, waits: [...(before.get(row.key) ?? [])].reverse() });
    };
    enter(first);
    for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
      const next = last.waits.pop();
      if (next !== undefined) enter(next);
      else {
        open.pop();
        ordered.push(last.row);
      }
    }
  }
  return ordered;
}

function predecessors<R extends Row>(rows: readonly R[]): ReadonlyMap<string, readonly R[]> {
  const before = new Map<string, R[]>(rows.map(({ key }) => [key, []]));
  for (const row of rows) {
    for (const key of row.run?.next ?? []) {
      if (key !== row.key) before.get(key)?.push(row);
    }
  }
  return before;
}
