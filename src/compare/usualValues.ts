import type { Json } from '../base/json.ts';
import { canonicalText } from './jsonValues.ts';
import { isVolatile, type OwnTime, roughShape } from './shapes.ts';

/** So many have to differ, and so many good runs have to be known. */
export const leastRuns = 3;
/** How much less or more, as a share of the distance between the least and the most, numbers may be than they were. */
const mostBeyond = 1;
/** The same for amounts and counts, which differ by times. */
const mostTimes = 4;
/** Texts that are so many times as long, or a part of it, are others in more than their words. */
const mostLonger = 4;

interface OfRun {
  readonly run: { readonly own: OwnTime };
  readonly values: readonly Json[];
}

/** What good runs have at a place where nearly each of them has another value. */
export class UsualValues {
  /** Whether all of them are of one rough shape. */
  readonly areAlike: boolean;
  private readonly shapes: ReadonlySet<string>;
  private readonly numbers: Range;
  private readonly areWhole: boolean;
  /** Services write numbers as texts, too. */
  private readonly areNumbers: boolean;
  private readonly lengths: Range;
  private readonly areWords: boolean;
  private readonly areTroubled: boolean;
  /** What all long texts begin and end with: the words around what is put in; of IDs what stands before the first digit. */
  private readonly around: readonly [string, string];

  private constructor(all: readonly OfRun[]) {
    const values = all.flatMap((one) => one.values);
    this.shapes = new Set(all.flatMap((one) => one.values.map((v) => roughShape(v, one.run.own))));
    this.areAlike = this.shapes.size === 1;
    const texts = values.filter((value) => typeof value === 'string');
    this.areNumbers = texts.every(isNumberText);
    const numbers = values.filter((value) => typeof value === 'number');
    const numeric = this.areNumbers ? [...numbers, ...texts.map(Number)] : numbers;
    this.numbers = rangeOf(numeric);
    this.areWhole = numeric.every(Number.isInteger);
    this.lengths = rangeOf(texts.map(({ length }) => length));
    this.areWords = texts.some(hasWords);
    this.areTroubled = texts.some(isTrouble);
    this.around = aroundOf(texts);
  }

  /** Null where the value is the same in some of them, or they are too few. */
  static of(all: readonly OfRun[]): UsualValues | null {
    if (all.some(({ values }) => values.length === 0)) return null;
    const different = new Set(all.map(({ values }) => canonicalText(values))).size;
    return different >= Math.max(leastRuns, all.length - 1) ? new UsualValues(all) : null;
  }

  /** Of runs that were given the same, and that differ for sure. */
  static ofEqual(all: readonly OfRun[]): UsualValues {
    return new UsualValues(all);
  }

  /** Whether a value is one more of them. */
  has(value: Json, own: OwnTime): boolean {
    const shape = roughShape(value, own);
    if (!this.shapes.has(shape)) return false;
    if (isVolatile(shape)) return true;
    if (typeof value === 'number') return this.hasNumber(value);
    if (typeof value !== 'string') return true;
    return this.areNumbers ? this.hasNumber(Number(value)) : this.hasText(value);
  }

  private hasNumber(value: number): boolean {
    const { least, most } = this.numbers;
    const beyond = mostBeyond * (most - least);
    if (!Number.isInteger(value) && this.areWhole) return false;
    // None of them was nothing, or less: then this one is what is odd.
    if (value <= 0 && least > 0) return false;
    const isTimes = least > 0 && value * mostTimes >= least && value <= mostTimes * most;
    return isTimes || (value >= least - beyond && value <= most + beyond);
  }

  private hasText(value: string): boolean {
    const { least, most } = this.lengths;
    const isAsLong = value.length * mostLonger >= least && value.length <= mostLonger * most;
    // Words where IDs or tokens were, and what says that there is none.
    if ((hasWords(value) && !this.areWords) || (isTrouble(value) && !this.areTroubled))
      return false;
    const [begin, end] = this.around;
    return isAsLong && value.startsWith(begin) && value.endsWith(end);
  }
}

function isNumberText(text: string): boolean {
  return /^-?\d{1,15}(?:\.\d+)?$/.test(text);
}

function hasWords(text: string): boolean {
  return /\S\s+\S/.test(text);
}

/** Longer texts may speak of anything. */
const longestTrouble = 80;
const trouble =
  /\b(?:err(?:or)?s?|exception|fail(?:ed|ure)?|invalid|denied|refused|time(?:d |-)?out|not (?:found|available)|unknown|undefined|none|null|nan|n\/a|missing)\b|错误|失败|异常|超时|无效|未找到|不存在|未知/i;

/** Whether a value says that there is none. */
function isTrouble(text: string): boolean {
  return text.length <= longestTrouble && trouble.test(text);
}

/** From the least of some numbers to the most. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** Of none: nothing is within. A loop: a list of a record may be longer than a call takes arguments. */
export function rangeOf(numbers: readonly number[]): Range {
  let [least, most] = [Infinity, -Infinity];
  for (const one of numbers) {
    if (one < least) least = one;
    if (one > most) most = one;
  }
  return { least, most };
}

/** Shorter texts are values as a whole. */
const leastAround = 40;

function aroundOf(texts: readonly string[]): readonly [string, string] {
  const [first = '', ...others] = texts;
  if (texts.some(({ length }) => length < leastAround)) {
    const [prefix = ''] = /^[^\s\d]{2,}(?=\d)/.exec(first) ?? [];
    return [texts.every((text) => text.startsWith(prefix)) ? prefix : '', ''];
  }
  let [begin, end] = [first.length, first.length];
  for (const other of others) {
    const most = Math.min(begin, other.length);
    begin = 0;
    while (begin < most && first[begin] === other[begin]) begin++;
    const last = Math.min(end, other.length);
    end = 0;
    while (end < last && first.at(-1 - end) === other.at(-1 - end)) end++;
  }
  // Where a word or a number is only begun, the next one may begin otherwise.
  return [
    first.slice(0, wordBegin(first, begin)),
    first.slice(first.length - Math.min(end, first.length - begin)).replace(/^[\p{L}\p{N}]+/u, ''),
  ];
}

/** Where the word begins that ends there. A loop: an expression would look on from each sign of a text without an end. */
function wordBegin(text: string, end: number): number {
  let at = end;
  while (at > 0) {
    const one = text.charCodeAt(at - 1);
    // The second half of a sign that is two.
    const size = at > 1 && one >= 0xdc00 && one <= 0xdfff ? 2 : 1;
    if (!/^[\p{L}\p{N}]/u.test(text.slice(at - size, at))) break;
    at -= size;
  }
  return at;
}
