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

/** What values of one place have in common. */
interface Common {
  readonly shapes: ReadonlySet<string>;
  readonly booleans: ReadonlySet<Json>;
  readonly numbers: Range;
  readonly areWhole: boolean;
  /** Services write numbers as texts, too. */
  readonly areNumbers: boolean;
  readonly lengths: Range;
  readonly areWords: boolean;
  readonly areTroubled: boolean;
  /** What all long texts begin and end with: the words around what is put in; of IDs what stands before the first digit. */
  readonly around: readonly [string, string];
}

/** What good runs have at a place, whatever they were given. */
export class UsualValues {
  /** Whether each run has some, and nearly each of them others. */
  readonly areOthers: boolean;
  private readonly all: readonly OfRun[];
  private common: Common | undefined;

  constructor(all: readonly OfRun[]) {
    const different = new Set(all.map(({ values }) => canonicalText(values))).size;
    this.areOthers =
      all.every(({ values }) => values.length > 0) &&
      different >= Math.max(leastRuns, all.length - 1);
    this.all = all;
  }

  /** Whether all of them are of one rough shape. */
  get areAlike(): boolean {
    return this.known().shapes.size === 1;
  }

  /** Whether a value is one more of them. */
  has(value: Json, own: OwnTime): boolean {
    const common = this.known();
    const shape = roughShape(value, own);
    if (!common.shapes.has(shape)) return false;
    if (isVolatile(shape)) return true;
    // There are two of them: one that none has is no further one.
    if (typeof value === 'boolean') return common.booleans.has(value);
    if (typeof value === 'number') return hasNumber(common, value);
    if (typeof value !== 'string') return true;
    return common.areNumbers ? hasNumber(common, Number(value)) : hasText(common, value);
  }

  /** Made when it is asked for: each text is looked through. */
  private known(): Common {
    return (this.common ??= commonOf(this.all));
  }
}

function commonOf(all: readonly OfRun[]): Common {
  const values = all.flatMap((one) => one.values);
  const texts = values.filter((value) => typeof value === 'string');
  const areNumbers = texts.every(isNumberText);
  const numbers = [
    ...values.filter((value) => typeof value === 'number'),
    ...(areNumbers ? texts.map(Number) : []),
  ];
  return {
    shapes: new Set(all.flatMap(({ run, values: own }) => own.map((v) => roughShape(v, run.own)))),
    booleans: new Set(values.filter((value) => typeof value === 'boolean')),
    numbers: rangeOf(numbers),
    areWhole: numbers.every(Number.isInteger),
    areNumbers,
    lengths: rangeOf(texts.map(({ length }) => length)),
    areWords: texts.some(hasWords),
    areTroubled: texts.some(isTrouble),
    around: aroundOf(texts),
  };
}

function hasNumber({ numbers: { least, most }, areWhole }: Common, value: number): boolean {
  const beyond = mostBeyond * (most - least);
  if (!Number.isInteger(value) && areWhole) return false;
  // None of them was nothing, or less: then this one is what is odd.
  if (value <= 0 && least > 0) return false;
  const isTimes = least > 0 && value * mostTimes >= least && value <= mostTimes * most;
  return isTimes || (value >= least - beyond && value <= most + beyond);
}

function hasText({ lengths, areWords, areTroubled, around }: Common, value: string): boolean {
  const { least, most } = lengths;
  const isAsLong = value.length * mostLonger >= least && value.length <= mostLonger * most;
  // Words where IDs or tokens were, and what says that there is none.
  if ((hasWords(value) && !areWords) || (isTrouble(value) && !areTroubled)) return false;
  const [begin, end] = around;
  return isAsLong && value.startsWith(begin) && value.endsWith(end);
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
