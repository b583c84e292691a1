import type { Translate } from './translate.ts';

/** How often a problem was passed since when. */
export function passedText(passes: number, since: string, t: Translate): string {
  if (passes === 0) return t('no pass since {0}', since);
  return passes === 1
    ? t('passed once since {0}', since)
    : t('passed {0} times since {1}', passes, since);
}
