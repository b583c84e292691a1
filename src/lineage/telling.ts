import type { Json } from '../base/json.ts';
import { maskMark } from '../trace/masked.ts';

/** Shorter texts stand in many places by chance. */
const leastText = 6;
/** Smaller whole numbers do: counts, codes, places. */
const leastNumber = 1_000;
/** A part of a text tells less than a whole one. */
const leastPart = 12;

/** Words of which a field has one of a few. */
const fewOf =
  /^(?:success|succeeded|failed|failure|finished|complete[d]?|running|pending|unknown|default|string|number|integer|boolean|object|enable[d]?|disable[d]?|normal|active|inactive|message|content|application\/json|undefined)$/i;
const plainDate = /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/;

/** Whether an equal value elsewhere tells that it came from there. */
export function isTelling(value: Json): boolean {
  if (typeof value === 'number') return !Number.isInteger(value) || Math.abs(value) >= leastNumber;
  if (typeof value === 'string') {
    return value.length >= leastText && !fewOf.test(value) && !plainDate.test(value);
  }
  if (typeof value !== 'object' || value === null) return false;
  return leavesOf(value).some(isTelling);
}

/** Whether a text is long enough to be told as a part of another. */
export function isTellingPart(text: string): boolean {
  return text.length >= leastPart && isTelling(text);
}

/** Nothing: what a node gave that failed, or found nothing. */
export function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Whether a part of it is masked. */
export function isMasked(value: Json): boolean {
  return (typeof value === 'string' ? value : JSON.stringify(value)).includes(maskMark);
}

/** Whether two values are the same, also where one was written as a text. */
export function isEqual(one: Json, other: Json): boolean {
  return one === other || textOf(one) === textOf(other);
}

/** A value as one text. */
export function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The text of it that is to be looked for: its longest. */
export function longestText(value: Json): string {
  if (typeof value !== 'object' || value === null) return textOf(value);
  return leavesOf(value)
    .map(textOf)
    .reduce((longest, text) => (text.length > longest.length ? text : longest), '');
}

/** As many as say enough of a value. */
const mostLeaves = 1_000;

function leavesOf(whole: Json): Json[] {
  const leaves: Json[] = [];
  const todo: Json[] = [whole];
  for (let value = todo.pop(); value !== undefined; value = todo.pop()) {
    if (typeof value !== 'object' || value === null) {
      if (leaves.push(value) >= mostLeaves) break;
    } else todo.push(...(Object.values(value) as Json[]).slice(0, mostLeaves).reverse());
  }
  return leaves;
}
