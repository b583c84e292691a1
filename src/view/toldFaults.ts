import type { QueryFault } from '../query/terms.ts';
import { tokensOf } from '../query/tokens.ts';
import { chineseKinds, chineseOutcomes, outcomes, queryKinds } from '../query/words.ts';

/** Where the reader writes in the filter. */
export interface WritingPlace {
  readonly at: number;
  /** Whether he has stopped for a while, and stays there. */
  readonly hasPaused: boolean;
}

/**
 * What of the faults of a filter is told: of the term at the cursor nothing while it is written, and behind a pause only
 * what it can't become right from by being written on.
 */
export function toldFaults(
  filter: string,
  faults: readonly QueryFault[],
  writing: WritingPlace | null,
): readonly QueryFault[] {
  if (writing === null) return faults;
  const { at, hasPaused } = writing;
  const term = tokensOf(filter).find(({ range }) => range.from <= at && at <= range.to);
  const isWritten = ({ range }: QueryFault) =>
    term !== undefined && range.from >= term.range.from && range.to <= term.range.to;
  return faults.filter((fault) => !isWritten(fault) || (hasPaused && !isHalfWritten(fault)));
}

/** How moments are written, each digit as 0. */
const moments = ['0000-00-00T00:00', '00:00'];

function isHalfWritten({ reason, word }: QueryFault): boolean {
  // Of an interval the second end is what is written.
  const end = (word.split(/\.\.<?|…/u).at(-1) ?? '').replace(/^(?:[<>]=?|[≥≤＞＜])/u, '');
  switch (reason) {
    case 'noValue':
    case 'openQuote':
      return true;
    case 'unknownStatus':
      return begins(word, [...outcomes, ...chineseOutcomes]);
    case 'unknownKind':
      return begins(word, [...queryKinds, ...chineseKinds]);
    case 'badDuration':
      return /^\d*\.?\d*$/.test(end);
    case 'badTime': {
      const form = end.replaceAll(/\d/g, '0');
      return moments.some((moment) => moment.length > form.length && moment.startsWith(form));
    }
    case 'badCode':
      return end === '' || end === '-';
    case 'emptyRange':
      return /\d$/.test(word);
    case 'unknownField':
    case 'tooManyTexts':
      return false;
  }
}

function begins(word: string, words: readonly string[]): boolean {
  return words.some((one) => one.startsWith(word.toLowerCase()));
}
