import { assertNever } from '../base/assertNever.ts';
import type { Completion } from '../protocol/completions.ts';
import type { SearchProgress } from '../protocol/list.ts';
import { mostTexts } from '../query/parseQuery.ts';
import type { QueryFault, QueryField } from '../query/terms.ts';
import { outcomes } from '../query/words.ts';
import { sentences } from './sentences.ts';
import { outcomePresentation } from './statusPresentation.ts';
import { msg, type Translate } from './translate.ts';

/** What a field asks about, beside it where fields are offered. */
const fieldHints: Readonly<Record<QueryField, string>> = {
  status: msg('How it ended: failed, running…'),
  node: msg('Name or id of a node that ran'),
  duration: msg('How long it took: >5s, 1m..5m'),
  code: msg('Status code: 55003, >0'),
  kind: msg('Runs or calls of tools: run, tool'),
  service: msg('Service that wrote the record'),
  sid: msg('Part of the sid'),
  flow: msg('Name or id of the flow'),
  time: msg('When it began: today, >12:00, 30m'),
  text: msg('Text in inputs, outputs and logs'),
};

/** The words beside what is offered; empty for a value that says all itself. */
export function completionHint({ kind, field, insert }: Completion, t: Translate): string {
  if (kind === 'field') return t(fieldHints[field]);
  if (field !== 'status') return '';
  const outcome = outcomes.find((candidate) => candidate === insert);
  return outcome === undefined ? '' : t(outcomePresentation(outcome).text);
}

/** What is wrong with a word of the filter, and what to write instead. */
export function faultText({ reason, word }: QueryFault, t: Translate): string {
  switch (reason) {
    case 'unknownField':
      return t(
        'There is no field “{0}”. To look for the words themselves, put them in quotes.',
        word,
      );
    case 'unknownStatus':
      return t(
        '“{0}” is no status. Write failed, succeeded, running, stalled, cancelled or unreported.',
        word,
      );
    case 'unknownKind':
      return t('“{0}” isn’t a kind. Write run or tool.', word);
    case 'badDuration':
      return t('“{0}” is no duration. Write it like >5s, <500ms or 1m..5m.', word);
    case 'badTime':
      return t('“{0}” is no time. Write it like today, >12:00, 2026-05-04 or 30m.', word);
    case 'badCode':
      return t('“{0}” is no code. Write it like 55003, >0 or 55000..55999.', word);
    case 'emptyRange':
      return t('“{0}” ends before it begins.', word);
    case 'noValue':
      return t('Nothing stands behind “{0}:”. Write what to look for.', word);
    case 'openQuote':
      return t('The quote before “{0}” has no end.', word);
    case 'tooManyTexts':
      return t('At most {0} texts are looked for at once. “{1}” is left out.', mostTexts, word);
    default:
      return assertNever(reason);
  }
}

/** How far the search through payloads is. */
export function progressText(
  progress: SearchProgress,
  count: (value: number) => string,
  t: Translate,
): string {
  const { searched, unavailable, total } = progress;
  const how = isSearching(progress)
    ? t('Searching payloads: {0} of {1} executions…', count(searched), count(total))
    : t('Searched the payloads of {0} executions.', count(searched));
  if (unavailable === 0) return how;
  return sentences([how, t('{0} not searched: their data left memory.', count(unavailable))]);
}

/** Whether more will be found. */
export function isSearching({ searched, unavailable, total }: SearchProgress): boolean {
  return searched + unavailable < total;
}
