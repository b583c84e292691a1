import type { Json } from '../base/json.ts';
import { partsThatDiffer } from '../base/partsThatDiffer.ts';
import type { Change, ValueDifference } from '../compare/valueDifferences.ts';
import type { Translate } from './translate.ts';

const longestText = 80;
const longestJson = 60;
/** Of a difference of numbers: a double holds some more. */
const mostDigits = 12;

/** Of a name in a way; more are made by programs. */
const longestKey = 60;
const longestWay = 200;

/**
 * The way to a value as people write it: `items[2].total`; a name that holds signs of ways, or none, in quotes. What started an
 * execution has no name of its own.
 */
export function pathText(path: readonly (string | number)[]): string {
  const way =
    path.length > 1 && (path[0] === 'question' || path[0] === 'answer') ? path.slice(1) : path;
  const steps = way.map(stepText);
  const text = steps.join('');
  if (text.length <= longestWay) return text;
  const begin = countWithin(steps, longestWay / 2);
  const end = countWithin(steps.toReversed(), longestWay / 2);
  return `${steps.slice(0, begin).join('')}…${steps.slice(steps.length - end).join('')}`;
}

/** How many of texts, from the first, are no longer together. */
function countWithin(texts: readonly string[], longest: number): number {
  let length = 0;
  const end = texts.findIndex((text) => (length += text.length) > longest);
  return end === -1 ? texts.length : end;
}

function stepText(step: string | number, index: number): string {
  if (typeof step === 'number') return `[${String(step)}]`;
  const key = cut(step, longestKey);
  if (key.trim() !== key || key === '' || /[.[\]"\n]/.test(key)) return `[${JSON.stringify(key)}]`;
  return index === 0 ? key : `.${key}`;
}

/**
 * Two values that differ, each within a sentence, so that the difference can be seen: of long texts from where they differ,
 * what nobody sees as signs where nothing else differs, and nothing as it is written where both are nothing.
 */
export function twoValueTexts(
  before: Json | undefined,
  after: Json | undefined,
  t: Translate,
): readonly [before: string, after: string] {
  if (typeof before === 'string' && typeof after === 'string' && before !== '' && after !== '') {
    const [old, now] = twoTexts(before, after);
    return [t('“{0}”', old), t('“{0}”', now)];
  }
  const texts = [valueText(before, t), valueText(after, t)] as const;
  if (texts[0] !== texts[1] || before === undefined || after === undefined) return texts;
  return [JSON.stringify(before), JSON.stringify(after)];
}

/**
 * The same of values of which one may be missing and another one empty: nothing is what is missing, and what is empty stands
 * as it is written.
 */
export function differingTexts(
  before: Json | undefined,
  after: Json | undefined,
  t: Translate,
): readonly [before: string, after: string] {
  const [old, now] = twoValueTexts(before, after, t);
  return [emptyText(before) ?? old, emptyText(after) ?? now];
}

/** Whether a value came to be empty; one that is missing now is another difference. */
export function isEmptied({
  change,
  after,
}: {
  readonly change: Change;
  readonly after: Json | undefined;
}): boolean {
  return (change === 'removed' || change === 'added') && emptyText(after) !== undefined;
}

/** How nothing is written: `null`, `""`, `[]`, and `None` where a service wrote that; undefined for what is missing, too. */
function emptyText(value: Json | undefined): string | undefined {
  if (value === 'None') return value;
  const text = value === undefined || typeof value === 'number' ? '' : JSON.stringify(value);
  return ['null', '""', '[]', '{}'].includes(text) ? text : undefined;
}

/** By how much a number differs, with its sign; empty where it is none. */
export function numberDelta({
  change,
  before,
  after,
}: Pick<ValueDifference, 'change' | 'before' | 'after'>): string {
  if (change !== 'changed' || typeof before !== 'number' || typeof after !== 'number') return '';
  // 0.3 less 0.1 is no 0.19999999999999998 to anybody who counts money.
  const delta = Number((after - before).toPrecision(mostDigits));
  return delta > 0 ? `+${String(delta)}` : `−${String(-delta)}`;
}

function twoTexts(before: string, after: string): readonly [string, string] {
  if (asSeen(before) !== asSeen(after)) {
    return partsThatDiffer(inOneLine(before), inOneLine(after), longestText);
  }
  const [old, now] = partsThatDiffer(before, after, longestText);
  return [withAllSigns(old), withAllSigns(now)];
}

function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** What of a text can be told apart by looking at it. */
function asSeen(text: string): string {
  return inOneLine(text.replace(/\p{Cf}+/gu, '').normalize('NFC')).trim();
}

/** With the signs that editors show for white space, and numbers for what can't be seen or stands upon another sign. */
function withAllSigns(text: string): string {
  return text.replace(/[\s\p{Cf}\p{M}]/gu, (sign) => {
    return spaces[sign] ?? `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

const spaces: Readonly<Record<string, string>> = { ' ': '·', '\t': '→', '\n': '↵', '\r': '␍' };

/** A value within a sentence: texts in quotes, cut; what has parts by how many, where it is long. */
export function valueText(value: Json | undefined, t: Translate): string {
  if (value === undefined || value === null || value === '') return t('nothing');
  if (typeof value === 'string') return t('“{0}”', cut(inOneLine(value), longestText));
  if (typeof value !== 'object') return String(value);
  const json = jsonText(value);
  if (json.length <= longestJson) return json;
  if (Array.isArray(value)) {
    return value.length === 1 ? t('1 item') : t('{0} items', value.length);
  }
  const fields = Object.keys(value).length;
  return fields === 1 ? t('1 field') : t('{0} fields', fields);
}

/** As JSON; of a number that is larger than any, which JSON would write as `null`, the word. */
export function jsonText(value: Json): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'number' && !Number.isFinite(part) ? String(part) : part,
  );
}

/** Cut where it is longer, and not within a character of two halves. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
