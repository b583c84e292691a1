import type { CompareWindow } from '../../src/protocol/compare.ts';
import type { ToldComparison } from '../../src/texts/toldComparison.ts';
import { inTimeOrder, isWithLater } from '../../src/texts/timeOrder.ts';
import type { Translate } from '../../src/texts/translate.ts';

/** A comparison as its sentences are made of it. */
export function toldOf(answer: CompareWindow): ToldComparison {
  const rows = new Map(answer.told);
  return {
    ...answer,
    before: answer.before.summary,
    after: answer.after.summary,
    rowAt: (place) => rows.get(place),
  };
}

type Two = Pick<CompareWindow, 'before' | 'after'>;

/** Words that are right for which of the two ran first. */
export function inOrderOf({ before, after }: Two, t: Translate): Translate {
  return inTimeOrder({ before: before.summary, after: after.summary }, t);
}

/** Whether the one that it is compared with ran later. */
export function isLaterThan({ before, after }: Two): boolean {
  return isWithLater({ before: before.summary, after: after.summary });
}

/** What the two are called. */
export function sideNames(
  two: Two,
  t: Translate,
): { readonly before: string; readonly after: string } {
  return isLaterThan(two)
    ? { before: t('Later run'), after: t('This run') }
    : { before: t('Before'), after: t('After') };
}
