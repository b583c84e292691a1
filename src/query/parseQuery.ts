import { assertNever } from '../base/assertNever.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Milliseconds } from '../trace/execution.ts';
import { type Zone, zoneHere } from '../base/zone.ts';
import { codeInterval, durationInterval, type ReaderClock, timeInterval } from './intervals.ts';
import type { Condition, Interval, Query, QueryFault, QueryField, Term } from './terms.ts';
import { tokensOf, type Token } from './tokens.ts';
import {
  chineseFields,
  chineseKinds,
  chineseOutcomes,
  fieldOf,
  kindOf,
  nearest,
  outcomeOf,
  outcomes,
  queryFields,
  queryKinds,
} from './words.ts';

/** Each is looked for in every payload, and what is found of it is kept for every execution. */
export const mostTexts = 8;

/**
 * Reads a filter: `status:failed node:提取 duration:>5s -code:0 text:"INV-20391"`, words without a field as they
 * are. `nowMs` and the reader's zone are what "today" means. A wrong word becomes a fault, and the rest is read as if it
 * weren't there.
 */
export function parseQuery(text: string, nowMs: Milliseconds, zone: Zone = zoneHere): Query {
  const terms: Term[] = [];
  const faults: QueryFault[] = [];
  let texts = 0;
  for (const token of tokensOf(text)) {
    const read = readCondition(token, { nowMs, zone });
    if (read.ok && read.value.kind === 'text' && ++texts > mostTexts) {
      faults.push(fault('tooManyTexts', token.range, token, null));
    } else if (read.ok) {
      terms.push({ range: token.range, excludes: token.excludes, condition: read.value });
    } else {
      faults.push(read.error);
    }
    // It is searched as far as it goes: the reader is still writing.
    if (!token.closed) faults.push(fault('openQuote', token.valueRange, token, null));
  }
  return { terms, faults };
}

function readCondition(token: Token, clock: ReaderClock): Result<Condition, QueryFault> {
  if (token.field === null) return ok({ kind: 'word', text: token.value.toLowerCase() });
  const { name, range } = token.field;
  const field = fieldOf(name);
  if (field === undefined) {
    const suggestion = nearest(name, queryFields, chineseFields);
    return err({ reason: 'unknownField', range, word: name, suggestion });
  }
  if (token.value.trim() === '') {
    return err({ reason: 'noValue', range: token.range, word: name, suggestion: null });
  }
  return readValue(field, token, clock);
}

function readValue(
  field: QueryField,
  token: Token,
  clock: ReaderClock,
): Result<Condition, QueryFault> {
  const { value, valueRange } = token;
  switch (field) {
    case 'status': {
      const outcome = outcomeOf(value);
      if (outcome !== undefined) return ok({ kind: field, outcome });
      return err(
        fault('unknownStatus', valueRange, token, nearest(value, outcomes, chineseOutcomes)),
      );
    }
    case 'kind': {
      const of = kindOf(value);
      if (of !== undefined) return ok({ kind: field, of });
      return err(fault('unknownKind', valueRange, token, nearest(value, queryKinds, chineseKinds)));
    }
    case 'node':
    case 'failing':
    case 'service':
    case 'sid':
    case 'flow':
      return ok({ kind: field, text: value.toLowerCase() });
    case 'cause':
      return ok({ kind: field, of: value.toLowerCase() });
    case 'problem':
      return ok({ kind: field, id: value.toLowerCase() });
    case 'text':
      return ok({ kind: field, text: value.toLowerCase() });
    case 'duration':
      return readInterval(field, token, durationInterval(value), 'badDuration');
    case 'code':
      return readInterval(field, token, codeInterval(value), 'badCode');
    case 'time':
      return readInterval(field, token, timeInterval(value, clock), 'badTime');
    default:
      return assertNever(field);
  }
}

function readInterval(
  field: 'duration' | 'code' | 'time',
  token: Token,
  within: Interval | undefined,
  reason: 'badDuration' | 'badCode' | 'badTime',
): Result<Condition, QueryFault> {
  if (within === undefined) {
    // A number without its unit; seconds are what people count in.
    const bare = field === 'duration' && /^(?:[<>]=?)?\d+(?:\.\d+)?$/.test(token.value);
    return err(fault(reason, token.valueRange, token, bare ? `${token.value}s` : null));
  }
  if (within.least <= within.most) return ok({ kind: field, within });
  const turned = token.value.replace(/^(.+?)(\.\.|…)(.+)$/u, '$3$2$1');
  return err(fault('emptyRange', token.valueRange, token, turned));
}

function fault(
  reason: QueryFault['reason'],
  range: QueryFault['range'],
  token: Token,
  suggestion: string | null,
): QueryFault {
  return { reason, range, word: token.value, suggestion };
}
