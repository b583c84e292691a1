import type { GroupItem } from '../compare/groups.ts';
import type { SentComparedRow } from '../protocol/compare.ts';
import type { ToldComparison } from './toldComparison.ts';
import type { Translate } from './translate.ts';

type Told = Pick<ToldComparison, 'first' | 'groups' | 'before' | 'after'>;

/**
 * Why the first difference is none of the steps before it that differ as well: it is where the two part for a reason, not the
 * first in time. Empty where none differs.
 */
export function earlierText(told: Told, t: Translate): string {
  const { first, groups } = told;
  const items = groups.flatMap((group) => group.items);
  if (first === null || !items.some((item) => isMarked(item) && isBefore(item.row, told)))
    return '';
  switch (reasonOf(told)) {
    case 'failure':
      return t(
        'Earlier steps differ as well, but as far as is known that doesn’t explain the failure: good runs differ there too, other data came in, or nothing leads from there to the step that failed.',
      );
    case 'success':
      return t(
        'Earlier steps differ as well, but as far as is known that isn’t why it didn’t fail.',
      );
    case 'less':
      return t('Earlier steps differ as well, but in less, such as names, order or counts.');
  }
}

/** The same of one row, in short; empty where it is not such a step. */
export function earlierRowText(
  { mark, place }: Pick<SentComparedRow, 'mark' | 'place'>,
  told: Told,
  t: Translate,
): string {
  if (mark === 'same' || !isBefore(place, told)) return '';
  switch (reasonOf(told)) {
    case 'failure':
      return t('doesn’t explain the failure, as far as is known');
    case 'success':
      return t('isn’t why it didn’t fail, as far as is known');
    case 'less':
      return t('differs less than the first difference');
  }
}

function isBefore(row: number, { first }: Told): boolean {
  return first !== null && row >= 0 && row < first.row;
}

function reasonOf({ before, after }: Told): 'failure' | 'success' | 'less' {
  if (after.outcome === 'failed') return 'failure';
  return before.outcome === 'failed' ? 'success' : 'less';
}

/** What rows are marked for: not for their times and logs, nor for what is another in each run. */
function isMarked({ aspect }: GroupItem): boolean {
  return !unmarked.has(aspect);
}

const unmarked: ReadonlySet<GroupItem['aspect']> = new Set<GroupItem['aspect']>([
  ...(['ownData', 'log', 'duration', 'tokens'] as const),
]);
