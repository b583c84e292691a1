import type { DifferenceGroup, GroupItem, GroupKind } from './groups.ts';
import { hasOtherData, type ComparedRow } from './rowDifferences.ts';

/**
 * Whether the row failed with nothing before it but the like of what good runs had. Of what no good run had, or nobody can
 * tell, that can't be said: neither of a step that was tried again, took longer, came in another order or is called
 * otherwise, nor of another version of the flow.
 */
export function isWithoutCause(
  place: number,
  rows: readonly ComparedRow[],
  groups: readonly DifferenceGroup[],
): boolean {
  const above = new Set<number>();
  for (let at = rows[place]?.parent ?? -1; at !== -1; at = rows[at]?.parent ?? -1) above.add(at);
  // What ran there before instead came after the last step of both, as the row did itself.
  const lastOfBoth = rows.findLastIndex((row, at) => at <= place && row.differences !== null);
  const isBefore = (kind: GroupKind, { row: at, aspect }: GroupItem) => {
    if (aspect === 'order') return true;
    if (at === -1) return kind === 'flow' || kind === 'inputs';
    if (aspect === 'missing' && at > lastOfBoth) return false;
    if (kind === 'tokens') return false;
    if (at !== place && !above.has(at)) return at < place;
    // What it gave and said, or what it is in did, came of the failure.
    return aspect === 'ran' || ofTheStep.has(kind);
  };
  // Those that aren't kept may be any.
  if (groups.some(({ items, total }) => items.length < total)) return false;
  const before = groups.flatMap(({ kind, items }) => items.filter((item) => isBefore(kind, item)));
  const differs = hasOtherData(rows[place]?.differences?.input) || before.length > 0;
  return differs && before.every(({ aspect, having }) => aspect === 'ownData' || (having ?? 0) > 0);
}

/** What differs of a step before it does anything. */
const ofTheStep: ReadonlySet<GroupKind> = new Set(['flow', 'inputs', 'configuration']);
