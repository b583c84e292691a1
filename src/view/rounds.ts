import type { InspectorContent } from '../protocol/inspector.ts';
import type { TreeRow } from '../protocol/tree.ts';
import { failedItemsSentences } from '../texts/failedItemTexts.ts';
import { roundCount, type InspectorSection } from './inspectorSections.ts';
import { msg, type Translate } from '../texts/translate.ts';
import { mixedRounds } from '../texts/treeRowTexts.ts';

/** The rounds of an iteration that a reader can choose among; of a step that was tried again in them, its entries. */
export interface Rounds {
  readonly count: number;
  /** Which one is shown at first, from 0: one that failed, else the last. */
  readonly initial: number;
  /** Those that failed, from 0. */
  readonly failed: readonly number[];
}

/** The rounds that the values tell of, and those that failed among them; null where they tell of none. */
export function roundsToChoose(
  content: InspectorContent,
  sections: readonly InspectorSection[],
): Rounds | null {
  const kept = roundCount(sections);
  if (kept === 0) return null;
  const tried = content.kind === 'node' ? content.row.tried : undefined;
  if (tried !== undefined) {
    const { failed } = tried;
    const count = Math.max(kept, ...failed.map((entry) => entry + 1));
    return { count, initial: failed[0] ?? count - 1, failed };
  }
  const failure = content.kind === 'node' ? content.row.failedItems : undefined;
  const failed = failure?.items ?? [];
  // Of a run that ended with an item, later ones never began.
  const hasEnded = content.kind === 'node' && content.row.status === 'failed';
  const total = failed.length === 0 || hasEnded ? 0 : (failure?.total ?? 0);
  const count = Math.max(kept, total, ...failed.map((item) => item + 1));
  return { count, initial: failed[0] ?? count - 1, failed };
}

/** Which of them to show of an item that failed, from 0. */
export function roundOfItem(
  row: Pick<TreeRow, 'tried' | 'failedItems'> | undefined,
  item: number,
): number {
  const place = row?.failedItems?.items?.indexOf(item) ?? -1;
  return row?.tried?.failed[place] ?? item;
}

/** Said of values whose items the record doesn't tell. */
const unplaced = msg(
  'The record keeps the values of only some items, in order, and doesn’t say which ones: “round 2” is the second that it keeps.',
);

/** What must be known of a node's rounds before its values are read, in sentences. */
export function roundNotes(content: InspectorContent, t: Translate): string[] {
  if (content.kind !== 'node') return [];
  const { failedItems, isUnplaced, mixesRounds, status, type, round } = content.row;
  const notes: string[] = [];
  if (failedItems !== undefined && round !== null) {
    const { total } = failedItems;
    notes.push(
      total === null
        ? t('Item {0} failed here.', round + 1)
        : t('Item {0} of {1} failed here.', round + 1, total),
    );
  } else if (failedItems !== undefined) {
    notes.push(failedItemsSentences(failedItems, t));
    if (status === 'recovered' && type !== 'iteration') notes.push(t(keptOfFailed));
  }
  if (mixesRounds === true) notes.push(t(mixedRounds));
  if (isUnplaced === true) notes.push(t(unplaced));
  return notes;
}

const keptOfFailed = msg(
  'For a failed item, the record keeps neither values nor an error; the times are those of one round.',
);
