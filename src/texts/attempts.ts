import type { SideBySide } from '../protocol/compare.ts';
import type { TreeRow } from '../protocol/tree.ts';
import { enumerated, labelled } from './sentences.ts';
import type { Translate } from './translate.ts';

/** How often a node was tried, where its entries can only be attempts; null where they may be rounds. */
export function attemptCount({
  attempts,
  status,
  count,
}: Pick<TreeRow, 'attempts' | 'status' | 'count'>): number | null {
  if (attempts !== true) return null;
  // The giving up leaves an entry too.
  return status === 'failed' ? count - 1 : count;
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
