import type { EarlierProgress } from '../protocol/list.ts';
import type { Reach } from '../protocol/status.ts';
import type { Milliseconds } from '../trace/execution.ts';
import { formatClock } from './format.ts';
import type { Translate } from './translate.ts';

/** How far back the list reaches, in a few words. */
export function listReachText(
  { sinceMs, before, state }: Reach,
  language: string,
  now: Milliseconds,
  t: Translate,
): string {
  if (state === 'reading') return t('Loading older executions…');
  const since = sinceMs === null ? null : formatClock(sinceMs, language, now);
  if (state === 'full') return t('Memory is full: all since {0}', since ?? '');
  if (before === 0) return t('From the beginning of the topic');
  return since === null ? t('The topic has older executions') : t('All since {0}', since);
}

/** How far back the history was looked through; empty where it wasn't. */
export function earlierText(
  { isLooking, backToMs, hasMore }: EarlierProgress,
  language: string,
  now: Milliseconds,
  t: Translate,
): string {
  if (isLooking) return t('Looking through the history…');
  if (backToMs === null) return t('The history has older executions');
  const back = formatClock(backToMs, language, now);
  return hasMore
    ? t('From the history: since {0}', back)
    : t('All of the history: since {0}', back);
}
