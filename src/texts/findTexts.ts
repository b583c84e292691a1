import { assertNever } from '../base/assertNever.ts';
import type { FindAnswer } from '../protocol/find.ts';
import { percentOf } from '../base/percent.ts';
import { sentences } from './sentences.ts';
import type { Translate } from './translate.ts';

/** Which of the hits is looked at, of how many. */
export function foundCountText(answer: FindAnswer, at: number, t: Translate): string {
  const { total, state } = answer;
  const isSure = state === 'done';
  if (total === 0) return isSure ? t('No results') : '';
  const count = isSure ? String(total) : `${String(total)}+`;
  if (at >= 0) return t('{0} of {1}', at + 1, count);
  return total === 1 && isSure ? t('1 result') : t('{0} results', count);
}

/** What can be looked for. */
export function findHint(t: Translate): string {
  return t(
    'All words must occur; quotes keep words together. /^12\\d/ is a regular expression. At a path: total:1280, or total:/^12\\d/.',
  );
}

/** What there is to be said of a search: how far it is, what it did not look at, why it can't begin. */
export function findStateText(answer: FindAnswer, isStopped: boolean, t: Translate): string {
  const { state, share, unread, stored, longestSure, fault } = answer;
  if (fault !== null) return findFaultText(fault, t);
  const percent = percentOf(share, 1);
  const parts: string[] = [];
  if (state === 'searching') {
    parts.push(
      isStopped
        ? t('Stopped: {0}% of the execution was searched.', percent)
        : t('Searching: {0}% of the execution…', percent),
    );
  }
  if (state === 'cut') parts.push(t('Too many results: the search ended at {0}.', answer.total));
  if (stored !== null) parts.push(storedText(stored.count, t));
  if (unread === 1) parts.push(t('1 record below it can’t be read any more.'));
  else if (unread > 1) parts.push(t('{0} records below it can’t be read any more.', unread));
  if (longestSure !== null) {
    parts.push(
      t(
        'Long texts are searched in parts: results of more than {0} characters may be missing or cut off.',
        longestSure,
      ),
    );
  }
  return sentences(parts);
}

function storedText(count: number, t: Translate): string {
  return count === 1
    ? t('1 large value stored elsewhere wasn’t searched.')
    : t('{0} large values stored elsewhere weren’t searched.', count);
}

/** Why nothing can be looked for. */
export function findFaultText(
  { kind, detail }: NonNullable<FindAnswer['fault']>,
  t: Translate,
): string {
  switch (kind) {
    case 'invalid':
      return t('Not a regular expression: {0}', detail);
    case 'notLinear':
      return t(
        'This regular expression uses lookaround or backreferences, which aren’t supported.',
      );
    case 'tooSlow':
      return t(
        'Searching for this regular expression takes too long: it reads to the end of the text from each place where it may begin.',
      );
    case 'failed':
      return t('The search stopped: {0}', detail);
    default:
      return assertNever(kind);
  }
}
