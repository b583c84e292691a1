import type { GroupItem, GroupKind } from '../compare/groups.ts';
import type { ValueDifference } from '../compare/valueDifferences.ts';
import type { CompareWindow } from '../protocol/compare.ts';

/** What a cause may be of; times and the way taken follow from it. */
const causes: ReadonlySet<GroupKind> = new Set(['flow', 'inputs', 'configuration', 'outputs']);

/** Something that differs, and what it is about. */
export interface CauseItem {
  readonly kind: GroupKind;
  readonly item: GroupItem;
}

/**
 * What may be why an execution failed, beside the first difference, which is told in a sentence: what no good run had
 * first. A value that steps hand on is told where it comes from.
 */
export function causeItems(
  answer: Pick<CompareWindow, 'groups' | 'told' | 'first'>,
): readonly CauseItem[] {
  const { groups, first } = answer;
  const told = new Set(first?.value == null ? [] : [changeOf(first.value)]);
  const all = groups.flatMap(({ kind, items }) => items.map((item) => ({ kind, item })));
  const found: CauseItem[] = [];
  for (const one of all.toSorted((a, b) => a.item.row - b.item.row)) {
    if (!isCause(one.item, one.kind, answer) || isFirstSetting(one, first)) continue;
    if (one.item.aspect === 'value') {
      const change = changeOf(one.item);
      // A setting comes from the flow file, and from no step.
      if (told.has(change) && one.kind !== 'configuration') continue;
      told.add(change);
    }
    found.push(one);
  }
  return found.sort((a, b) => Number(b.item.having === 0) - Number(a.item.having === 0));
}

/** What good runs differ in as well: which invoice it was, when it ran. It tells less than what stands out. */
const perRun: ReadonlySet<GroupKind> = new Set(['inputs', 'outputs']);

/** Whether good runs differ there from each other, too; a setting is changed in the flow file, whatever they had. */
export function isOfEachRun({ kind, item }: CauseItem): boolean {
  return perRun.has(kind) && (item.aspect === 'ownData' || item.isVaried === true);
}

/** Whether it is the setting that is told as the first difference. */
function isFirstSetting({ kind, item }: CauseItem, first: CompareWindow['first']): boolean {
  if (kind !== 'configuration' || first?.what !== 'config' || item.row !== first.row) return false;
  return JSON.stringify(item.path) === JSON.stringify(first.value?.path);
}

/** Two values that stand anywhere: empty ones, yes and no, small numbers. */
const common = /^\[(?:"?(?:true|false|none|null|-?\d{1,3}|)"?[,\]]){2}$/i;

/** The same for a value and where it is handed on; values that stand anywhere are so only under the same name. */
function changeOf({ path, change, before, after }: Omit<ValueDifference, 'having'>): string {
  const two = JSON.stringify([before ?? null, after ?? null]);
  const name = common.test(two) ? path.findLast((step) => typeof step === 'string') : '';
  return JSON.stringify([change, two, name]);
}

/**
 * Whether something that differs may be why an execution failed, and not what came of it: what the failing node and those
 * behind it gave, and what the execution gave with them, differs because it failed.
 */
export function isCause(
  { row }: Pick<GroupItem, 'row'>,
  kind: GroupKind,
  answer: Pick<CompareWindow, 'told' | 'first'>,
): boolean {
  if (!causes.has(kind)) return false;
  if (kind !== 'outputs' && kind !== 'inputs') return true;
  if (row === -1) return kind === 'inputs';
  const failed = failedAt(answer);
  if (failed === null) return true;
  return kind === 'outputs' ? row < failed.first : row <= failed.at;
}

/** The place of the row where it failed, and of the first one that failed with it, which holds it; null where none is told. */
function failedAt({ told, first }: Pick<CompareWindow, 'told' | 'first'>) {
  const failed = told.flatMap(([place, { status }]) => (status?.after === 'failed' ? place : []));
  const effect = first?.effect?.kind === 'failed' ? first.effect.row : null;
  if (effect === null && failed.length === 0) return null;
  const least = Math.min(...failed, effect ?? Infinity);
  return { at: effect ?? least, first: least };
}
