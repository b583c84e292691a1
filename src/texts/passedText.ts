import type { ResolvedProblem } from '../protocol/problems.ts';
import type { Translate } from './translate.ts';

/** How often a problem was passed since when, and of how many passes that are believed. */
export function passedText(
  { passes, needed }: Pick<ResolvedProblem, 'passes' | 'needed'>,
  since: string,
  t: Translate,
): string {
  if (passes === 0) return t('no pass since {0}', since);
  return passes <= needed
    ? t('{0} of {1} needed runs passed since {2}', passes, needed, since)
    : t('passed {0} times since {1}', passes, since);
}
