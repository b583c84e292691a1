import type { TreeRow } from '../protocol/tree.ts';
import type { ItemFailure } from '../trace/iterationItems.ts';
import { sentences } from './sentences.ts';
import type { Translate } from './translate.ts';

/** More numbers than these nobody reads. */
const mostNumbers = 12;

/** How many items failed: `2 of 5 items failed`. */
export function failedItemsText(
  { total, failed }: Pick<ItemFailure, 'total' | 'failed'>,
  t: Translate,
): string {
  if (total !== null) return t('{0} of {1} items failed', failed, total);
  return failed === 1 ? t('1 item failed') : t('{0} items failed', failed);
}

/** Which of them, or that the record doesn't say. */
export function whichItemsText(items: readonly number[] | null, t: Translate): string {
  if (items === null) return t('The record doesn’t say which.');
  const numbers = items.slice(0, mostNumbers).map((item) => String(item + 1));
  if (items.length > mostNumbers) numbers.push('…');
  return items.length === 1
    ? t('Item {0}.', numbers.join(''))
    : t('Items {0}.', numbers.join(t(', ')));
}

/** Both as sentences. */
export function failedItemsSentences(failure: ItemFailure, t: Translate): string {
  return sentences([t('{0}.', failedItemsText(failure, t)), whichItemsText(failure.items, t)]);
}

/** The mark of a row; null without failed items. */
export function failedItemsBadge(
  { failedItems, round, status }: TreeRow,
  t: Translate,
): { readonly text: string; readonly hint: string } | null {
  if (failedItems === undefined) return null;
  const { items, total } = failedItems;
  const hint = failedItemsSentences(failedItems, t);
  const [item] = items ?? [];
  if (round !== null) return { text: t('this item failed'), hint };
  if (status !== 'failed' || item === undefined)
    return { text: failedItemsText(failedItems, t), hint };
  // There it ended.
  return {
    text: total === null ? t('at item {0}', item + 1) : t('at item {0} of {1}', item + 1, total),
    hint,
  };
}
