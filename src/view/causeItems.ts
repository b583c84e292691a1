import type { GroupItem, GroupKind } from '../compare/groups.ts';
import type { CompareWindow } from '../protocol/compare.ts';

/** What a cause may be of; times and the way taken follow from it. */
const causes: ReadonlySet<GroupKind> = new Set(['flow', 'inputs', 'configuration', 'outputs']);

/**
 * Whether something that differs may be why an execution failed, and not what came of it: what the failing node and those
 * behind it gave, and what the execution gave with them, differs because it failed.
 */
export function isCause(
  { row }: Pick<GroupItem, 'row'>,
  kind: GroupKind,
  { told, first }: Pick<CompareWindow, 'told' | 'first'>,
): boolean {
  if (!causes.has(kind)) return false;
  if (kind !== 'outputs' && kind !== 'inputs') return true;
  if (row === -1) return kind === 'inputs';
  const failed = failedAt({ told, first });
  if (failed === null) return true;
  return kind === 'outputs' ? row < failed : row <= failed;
}

/** The place of the row where it failed; null where that is not told. */
function failedAt({ told, first }: Pick<CompareWindow, 'told' | 'first'>): number | null {
  if (first?.effect?.kind === 'failed') return first.effect.row;
  const failed = told.filter(([, { status }]) => status?.after === 'failed');
  return failed.length === 0 ? null : Math.min(...failed.map(([place]) => place));
}
