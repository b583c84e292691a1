import type { Steps } from '../base/steps.ts';
import { workOfRow } from './pace.ts';
import type { Row } from './row.ts';
import { matchSequences } from './sequence.ts';

/** What a row was given, and all of it: as text, times and IDs aside. */
export interface ContentKeys {
  readonly input: (row: Row) => string;
  readonly whole: (row: Row) => string;
}

/**
 * The rows of one node below one row, before and after: those of items by what the items hold, others by what they were
 * given and gave; what has no equal one after the other, between those that have.
 */
export function* alignRepeated(
  before: readonly Row[],
  after: readonly Row[],
  contents: { readonly before: ContentKeys; readonly after: ContentKeys },
): Steps<readonly (readonly [Row, Row])[]> {
  const [old, now] = [before[0], after[0]];
  if (before.length === 1 && after.length === 1 && old !== undefined && now !== undefined) {
    return [[old, now]];
  }
  const rounds = roundItems(before, after, contents);
  const itemPass = {
    before: (index: number) => rounds?.before(index) ?? null,
    after: (index: number) => rounds?.after(index) ?? null,
    work: workOfRow,
  };
  const contentPass = (keyOf: (keys: ContentKeys) => (row: Row) => string) => ({
    before: (index: number) => textOf(before[index], keyOf(contents.before)),
    after: (index: number) => textOf(after[index], keyOf(contents.after)),
    work: workOfRow,
  });
  const { partners } = yield* matchSequences(
    { before: before.length, after: after.length },
    rounds === null
      ? [contentPass(({ whole }) => whole), contentPass(({ input }) => input)]
      : [itemPass],
    () => true,
  );
  return partners.flatMap((from, to) => {
    const [one, other] = [before[from], after[to]];
    return one === undefined || other === undefined ? [] : [[one, other] as const];
  });
}

function textOf(row: Row | undefined, keyOf: (row: Row) => string): string | null {
  return row === undefined ? null : keyOf(row);
}

/**
 * Rows of rounds: each by its item, which is what the first row of its round was given. Null where the record names no
 * rounds.
 */
function roundItems(
  before: readonly Row[],
  after: readonly Row[],
  contents: { readonly before: ContentKeys; readonly after: ContentKeys },
): { before: (index: number) => string | null; after: (index: number) => string | null } | null {
  const hasRound = ({ node }: Row) => node.run?.iterationIndex != null;
  if (!before.every(hasRound) || !after.every(hasRound)) return null;
  const key = (rows: readonly Row[], { input }: ContentKeys) => {
    return (index: number) => {
      const row = rows[index];
      const first = row === undefined ? undefined : firstOfRound(row);
      return first === undefined ? null : input(first);
    };
  };
  return { before: key(before, contents.before), after: key(after, contents.after) };
}

const firstRows = new WeakMap<readonly Row[], ReadonlyMap<number, Row>>();

/** The row with which the round of a row begins. */
function firstOfRound(row: Row): Row | undefined {
  const { siblings } = row;
  let known = firstRows.get(siblings);
  if (known === undefined) {
    const found = new Map<number, Row>();
    for (const sibling of siblings) {
      const round = sibling.node.run?.iterationIndex ?? null;
      if (round === null) continue;
      const isStart = sibling.node.type.endsWith('-node-start');
      if (isStart || !found.has(round)) found.set(round, sibling);
    }
    known = found;
    firstRows.set(siblings, known);
  }
  return known.get(row.node.run?.iterationIndex ?? -1);
}
