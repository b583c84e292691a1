import type { NotCompared } from '../compare/notCompared.ts';
import { enumerated } from './sentences.ts';
import type { Translate } from './translate.ts';

/** What was left out of a comparison, and what no record tells. */
export function notComparedText(left: readonly NotCompared[], t: Translate): string {
  const parts = left.map(({ kind, count }) => partText(kind, count, t));
  return parts.length === 0
    ? t('Not compared: what isn’t recorded, such as the screen and the machine.')
    : t(
        'Not compared: {0}, and what isn’t recorded, such as the screen and the machine.',
        enumerated(parts, t),
      );
}

function partText(kind: NotCompared['kind'], count: number, t: Translate): string {
  switch (kind) {
    case 'stored':
      return count === 1
        ? t('1 large value stored elsewhere')
        : t('{0} large values stored elsewhere', count);
    case 'masked':
      return count === 1 ? t('1 masked value') : t('{0} masked values', count);
    case 'hidden':
      return count === 1
        ? t('1 text that wasn’t checked for secrets')
        : t('{0} texts that weren’t checked for secrets', count);
    case 'cut':
      return count === 1 ? t('1 truncated value') : t('{0} truncated values', count);
    case 'noEntry':
      return count === 1
        ? t('1 node that left no entry')
        : t('{0} nodes that left no entry', count);
    case 'rounds':
      return t('rounds that one of the records doesn’t keep');
    case 'writtenOtherwise':
      return t('settings and types that only one of the two services records');
    case 'outcome':
      return t('how they ended (one of the records doesn’t say)');
    case 'calls':
      return count === 1
        ? t('input and output of 1 called service')
        : t('input and output of {0} called services', count);
  }
}
