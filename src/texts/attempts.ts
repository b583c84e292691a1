import type { SideBySide } from '../protocol/compare.ts';
import type { TreeRow } from '../protocol/tree.ts';
import { enumerated, labelled } from './sentences.ts';
import type { Translate } from './translate.ts';

/** How often a node was tried, in all of its rounds; null where its entries may be rounds alone. */
export function attemptCount({
  attempts,
  tried,
  status,
  count,
}: Pick<TreeRow, 'attempts' | 'tried' | 'status' | 'count'>): number | null {
  if (tried !== undefined) return tried.attempts;
  if (attempts !== true) return null;
  // The giving up leaves an entry too.
  return status === 'failed' ? count - 1 : count;
}

/** Whether what a node got and gave stands by entries, which are not one for each round. */
export function hasEntries({ attempts, tried }: Pick<TreeRow, 'attempts' | 'tried'>): boolean {
  return attempts === true || tried !== undefined;
}

/** Which attempt of a step is shown of each of two executions, by what these are called; empty where it was tried once. */
export function shownAttemptsText(
  { before, after }: SideBySide['attempts'],
  names: Readonly<Record<'before' | 'after', string>>,
  t: Translate,
): string {
  const sides = [
    [names.before, before],
    [names.after, after],
  ] as const;
  const texts = sides.flatMap(([name, tried]) => {
    // One, and its giving up.
    if (tried === null || tried.attempts < 2) return [];
    const text =
      tried.rounds > 1
        ? t('last attempt of each round')
        : t('attempt {0} of {1}', tried.attempts, tried.attempts);
    return [labelled(name, text, t)];
  });
  return enumerated(texts, t);
}
