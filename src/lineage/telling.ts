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

const letterOrDigit = /[\p{L}\p{N}]/u;
/** Written without blanks between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
/** Of a text that is full of it: who holds it so often holds it as a part of others. */
const mostPlaces = 1_000;

/** Whether a text holds another as a word of its own: `15` is no part of `INV-2315`. */
export function holdsWord(text: string, word: string): boolean {
  if (word === '') return false;
  let at = text.indexOf(word);
  for (let place = 0; at !== -1 && place < mostPlaces; place++) {
    const end = at + word.length;
    if (isEdge(text, at - 1, at) && isEdge(text, end - 1, end)) return true;
    at = text.indexOf(word, end);
  }
  return false;
}

/** Enough leaves of both tell whether two values have something in common. */
const mostRelated = 100;
/** A tenth of a second. */
const mostLookedThrough = 100_000_000;

/** Whether two values have something in common: a text that stands in one of the other's, as a word; of what has parts, a telling one. */
export function areRelated(one: Json, other: Json): boolean {
  const texts = (value: Json) => {
    const hasParts = typeof value === 'object' && value !== null;
    return leavesOf(value)
      .filter((leaf) => (hasParts ? isTelling(leaf) : typeof leaf !== 'boolean'))
      .slice(0, mostRelated)
      .map(textOf)
      .filter((text) => text.length > 1);
  };
  const others = texts(other);
  let signs = mostLookedThrough;
  return texts(one).some((text) =>
    others.some((held) => {
      signs -= text.length + held.length;
      return signs > 0 && (holdsWord(text, held) || holdsWord(held, text));
    }),
  );
}

/** Whether no word goes on from one sign to the next. */
function isEdge(text: string, before: number, behind: number): boolean {
  const [one, other] = [text.charAt(before), text.charAt(behind)];
  if (unspaced.test(one) || unspaced.test(other)) return true;
  // A number goes on behind its point.
  if (/\d/.test(one + other) && /[.,]/.test(one + other)) {
    const beyond = one === '.' || one === ',' ? text.charAt(before - 1) : text.charAt(behind + 1);
    return !/\d/.test(beyond);
  }
  return !(letterOrDigit.test(one) && letterOrDigit.test(other));
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

/** What stands in a value at its ends; of a large one the first. */
export function leavesOf(whole: Json): Json[] {
  const leaves: Json[] = [];
  const todo: Json[] = [whole];
  for (let value = todo.pop(); value !== undefined; value = todo.pop()) {
    if (typeof value !== 'object' || value === null) {
      if (leaves.push(value) >= mostLeaves) break;
    } else todo.push(...Object.values<Json>(value).slice(0, mostLeaves).reverse());
  }
  return leaves;
}
