import type { GroupItem } from '../compare/groups.ts';
import type { SentComparedRow } from '../protocol/compare.ts';
import { enumerated, labelled, sentences } from './sentences.ts';
import { nameAt, type ToldComparison } from './toldComparison.ts';
import { msg, type Translate } from './translate.ts';

type Told = Pick<ToldComparison, 'first' | 'groups' | 'before' | 'after' | 'rowAt'>;

/**
 * Why the first difference is none of the steps before it that differ as well: it is where the two part for a reason, not the
 * first in time. Empty where none differs.
 */
export function earlierText(told: Told, t: Translate): string {
  const { first, groups } = told;
  const items = groups.flatMap((group) => group.items);
  const before = items.filter((item) => isMarked(item) && isBefore(item.row, told));
  if (first === null || before.length === 0) return '';
  switch (reasonOf(told)) {
    case 'failure':
      return sentences([
        t('Earlier steps differ as well, but as far as is known that doesn’t explain the failure.'),
        ...whyNotTexts(new Set(before.map(({ row }) => row)), told, t),
      ]);
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
      return labelled(
        t('doesn’t explain the failure, as far as is known'),
        t(whyNot[whyNotOf(place, told)]),
        t,
      );
    case 'success':
      return t('isn’t why it didn’t fail, as far as is known');
    case 'less':
      return t('differs less than the first difference');
  }
}

/** Why a step that differs is not why it failed. */
type WhyNot = 'good' | 'data' | 'apart';

const whyNot: Readonly<Record<WhyNot, string>> = {
  good: msg('good runs had that, too'),
  data: msg('it received different data'),
  apart: msg('nothing is known to lead from there to the failure'),
};

/** So many steps are named with each reason. */
const mostNamed = 3;

/** Of each reason that holds: the steps of which it does. */
function whyNotTexts(rows: ReadonlySet<number>, told: Told, t: Translate): readonly string[] {
  const inOrder = [...rows].sort((a, b) => a - b);
  return (['good', 'data', 'apart'] as const).map((reason) => {
    const places = inOrder.filter((row) => whyNotOf(row, told) === reason);
    if (places.length === 0) return '';
    const names = places.slice(0, mostNamed).map((row) => t('“{0}”', nameAt(row, told, t)));
    const left = places.length - names.length;
    const more = left === 0 ? [] : [left === 1 ? t('1 more step') : t('{0} more steps', left)];
    return t('{0}: {1}.', enumerated([...names, ...more], t), t(whyNot[reason]));
  });
}

function whyNotOf(row: number, told: Told): WhyNot {
  const items = told.groups
    .flatMap((group) => group.items)
    .filter((item) => item.row === row && isMarked(item));
  if (items.length > 0 && items.every(({ having }) => (having ?? 0) > 0)) return 'good';
  return told.rowAt(row)?.hasOtherData === true ? 'data' : 'apart';
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
