import { formatCount } from './format.ts';
import type { Translate } from './translate.ts';

/** How many a list leaves out; empty where it has all. */
export function notListedText(more: number, language: string, t: Translate): string {
  if (more <= 0) return '';
  return more === 1
    ? t('1 more isn’t listed.')
    : t('{0} more aren’t listed.', formatCount(more, language));
}
