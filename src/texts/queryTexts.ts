import { assertNever } from '../base/assertNever.ts';
import type { Completion } from '../protocol/completions.ts';
import type { SearchProgress } from '../protocol/list.ts';
import { mostTexts } from '../query/parseQuery.ts';
import type { QueryFault, QueryField, QueryKind } from '../query/terms.ts';
import { kindOf, outcomeOf } from '../query/words.ts';
import { writtenCauseTitle } from './findingTexts.ts';
import { labelled, sentences } from './sentences.ts';
import { outcomePresentation } from './statusPresentation.ts';
import { msg, type Translate } from './translate.ts';

/** What a field asks about, beside it where fields are offered. */
const fieldHints: Readonly<Record<QueryField, string>> = {
  status: msg('How it ended: failed, running…'),
  node: msg('Name or ID of a node that ran'),
  failing: msg('Name or ID of the node where it failed'),
  cause: msg('Why it failed: elementNotFound, timeout…'),
  problem: msg('ID of a problem; its “Failed Runs” fills it in'),
  duration: msg('How long it took: >5s, 1m..5m'),
  code: msg('Status code: 55003, >0'),
  kind: msg('Runs or tool calls: run, tool'),
  service: msg('Service that wrote the record'),
  sid: msg('Part of the sid'),
  flow: msg('Name or ID of the flow'),
  time: msg('When it began: today, >12:00, 30m'),
  text: msg('Text in inputs, outputs and logs'),
};

/** The words beside what is offered; empty for a value that says all itself. */
export function completionHint({ kind, field, insert }: Completion, t: Translate): string {
  if (kind === 'field') return t(fieldHints[field]);
  const hint = valueHint(field, insert, t);
  return hint === insert ? '' : hint;
}

function valueHint(field: QueryField, value: string, t: Translate): string {
  switch (field) {
    case 'status': {
      const outcome = outcomeOf(value);
      return outcome === undefined ? '' : t(outcomePresentation(outcome).text);
    }
    case 'kind': {
      const kind = kindOf(value);
      return kind === undefined ? '' : t(kindHints[kind]);
    }
    case 'cause':
      return writtenCauseTitle(value, t);
    case 'time':
      return Object.hasOwn(timeHints, value) ? t(timeHints[value] ?? '') : '';
    default:
      return '';
  }
}

const kindHints: Readonly<Record<QueryKind, string>> = {
  run: msg('Runs of robots and workflows'),
  tool: msg('Tool calls'),
};

const timeHints: Readonly<Record<string, string>> = {
  today: msg('Today'),
  yesterday: msg('Yesterday'),
};

/** What is wrong with a word of the filter, what that does to the list, and what to write instead. */
export function faultText(fault: QueryFault, t: Translate): string {
  const text = reasonText(fault, t);
  return sayWhatTheyDo.has(fault.reason) ? text : labelled(t('Not used'), text, t);
}

/** The text that is left open is searched for as it is, and of too many the reason is what it does. */
const sayWhatTheyDo: ReadonlySet<QueryFault['reason']> = new Set(['openQuote', 'tooManyTexts']);

function reasonText({ reason, word }: QueryFault, t: Translate): string {
  switch (reason) {
    case 'unknownField':
      return t('There is no field “{0}”. To search for the words, put them in quotes.', word);
    case 'unknownStatus':
      return t(
        '“{0}” isn’t a status. Use failed, succeeded, running, stalled, cancelled or unreported.',
        word,
      );
    case 'unknownKind':
      return t('“{0}” isn’t a kind. Use run or tool.', word);
    case 'badDuration':
      return t('“{0}” isn’t a duration. Use a form like >5s, <500ms or 1m..5m.', word);
    case 'badTime':
      return t('“{0}” isn’t a time. Use a form like today, >12:00, 2026-05-04 or 30m.', word);
    case 'badCode':
      return t('“{0}” isn’t a code. Use a form like 55003, >0 or 55000..55999.', word);
    case 'emptyRange':
      return t('The range “{0}” ends before it begins. Enter the smaller value first.', word);
    case 'noValue':
      return t('Nothing follows “{0}:”. Enter what to look for.', word);
    case 'openQuote':
      return t('The quote before “{0}” isn’t closed. Add a closing quotation mark.', word);
    case 'tooManyTexts':
      return t(
        'At most {0} texts are searched for at once. “{1}” is ignored: remove another one to search for it.',
        mostTexts,
        word,
      );
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
  return sentences([
    isSearching(progress)
      ? t('Searching payloads of executions: {0} of {1}…', count(searched), count(total))
      : searchedText(searched, count, t),
    notSearchedText(unavailable, count, t),
  ]);
}

function searchedText(searched: number, count: (value: number) => string, t: Translate): string {
  return searched === 1
    ? t('Searched the payload of 1 execution.')
    : t('Searched the payloads of {0} executions.', count(searched));
}

function notSearchedText(left: number, count: (value: number) => string, t: Translate): string {
  if (left === 0) return '';
  return left === 1
    ? t('1 execution not searched: its data is no longer in memory.')
    : t('{0} executions not searched: their data is no longer in memory.', count(left));
}

/** Whether more will be found. */
export function isSearching({ searched, unavailable, total }: SearchProgress): boolean {
  return searched + unavailable < total;
}
