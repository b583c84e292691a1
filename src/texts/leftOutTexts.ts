import type { LeftOut } from '../trace/execution.ts';
import { sentences } from './sentences.ts';
import type { Translate } from './translate.ts';

/** What a record lacks because it would have been too long; empty where it lacks nothing. */
export function leftOutText(leftOut: LeftOut | undefined, t: Translate): string {
  const { nodes = 0, data = false } = leftOut ?? {};
  return sentences([
    nodes === 1 ? t('1 step isn’t listed: the record had no room for it.') : '',
    nodes > 1 ? t('{0} steps aren’t listed: the record had no room for them.', nodes) : '',
    data
      ? t('Inputs, outputs or logs were left out: the record was too large with all of them.')
      : '',
  ]);
}
