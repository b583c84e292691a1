import { closeBrace, closeBracket, comma, openBrace, openBracket } from '../../base/jsonSigns.ts';
import type { Steps } from '../../base/steps.ts';
import { deepest, type JsonScan } from './jsonScan.ts';

/** From how many bytes on a list or an object has its parts noted, and how many of its small parts are one page. */
export interface PlaceSizes {
  readonly large: number;
  readonly page: number;
}

/** A page is parsed in 50 µs; what is noted takes a five hundredth of the bytes. */
export const usualSizes: PlaceSizes = { large: 64 * 1024, page: 8 * 1024 };
/** So many bytes are walked over in 4 ms; a click that comes meanwhile waits no longer. */
const stride = 1024 * 1024;

/** Where the parts of a large list or object stand: small ones by the page, large ones each with its own parts. */
export class LargePlaces {
  readonly isObject: boolean;
  /** Where it begins, and ends. */
  readonly begin: number;
  readonly end: number;
  /** How many parts it has. */
  readonly size: number;
  readonly children: readonly LargePlaces[];
  private readonly runs: Int32Array;

  constructor(level: Level, end: number) {
    this.isObject = level.isObject;
    this.begin = level.begin;
    this.end = end;
    this.size = level.count + 1;
    this.runs = Int32Array.from(level.runs);
    this.children = [...level.children];
  }

  /** How many runs there are: pages, and large parts. */
  get runCount(): number {
    return this.runs.length / columns;
  }

  /** A run: where it begins and ends, which part it begins with, and its places where it is one large part. */
  run(index: number): Run {
    const at = index * columns;
    const [begin = 0, end = 0, first = 0] = this.runs.subarray(at, at + columns);
    return end < 0
      ? { begin, end: begin, first, child: this.children[~end] }
      : { begin, end, first };
  }

  /** Which run holds a part. */
  runOf(part: number): number {
    let low = 0;
    let high = this.runCount;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.runs[middle * columns + 2] ?? 0) <= part) low = middle;
      else high = middle;
    }
    return low;
  }
}

/** Begin, end (or which child it is, as a number below 0), and the first part. */
const columns = 3;

export interface Run {
  /** Where its first part begins: in an object with its name. */
  readonly begin: number;
  readonly end: number;
  readonly first: number;
  readonly child?: LargePlaces | undefined;
}

/**
 * What is known of a list or an object that is walked through. Its small parts stand in pages, which follow each other; a large
 * part ends the page before it (`page` is -1), and the next small one begins another.
 */
class Level {
  isObject = false;
  begin = 0;
  /** How many parts are behind us. */
  count = 0;
  /** Where the part begins that is walked through, and the page that it belongs to; -1 where that begins with the next. */
  part = 0;
  page = 0;
  /** The first part of that page, and where the part before this one ended. */
  first = 0;
  ended = 0;
  readonly runs: number[] = [];
  readonly children: LargePlaces[] = [];

  start(isObject: boolean, begin: number, part: number): void {
    this.isObject = isObject;
    this.begin = begin;
    this.count = this.first = 0;
    this.part = this.page = part;
    if (this.runs.length > 0) this.runs.length = 0;
    if (this.children.length > 0) this.children.length = 0;
  }

  /** The part that is walked through is a large one. */
  addChild(child: LargePlaces): void {
    if (this.page >= 0 && this.page < this.part) this.runs.push(this.page, this.ended, this.first);
    this.runs.push(this.part, ~this.children.length, this.count);
    this.children.push(child);
    this.page = -1;
  }

  /** A part ends; behind it the next begins. */
  next(end: number, part: number, pageBytes: number): void {
    this.count++;
    this.ended = end;
    if (this.page >= 0 && end - this.page >= pageBytes) {
      this.runs.push(this.page, end, this.first);
      this.page = -1;
    }
    if (this.page < 0) {
      this.page = part;
      this.first = this.count;
    }
    this.part = part;
  }

  /** All that is known of it. */
  finished(closing: number): LargePlaces {
    if (this.page >= 0) this.runs.push(this.page, closing, this.first);
    return new LargePlaces(this, closing + 1);
  }
}

/**
 * Notes where the parts of a list or an object stand that begins at `begin`, with pauses; undefined for one that is small.
 * For bytes that have an index: what is no JSON, or too deep, is not seen here.
 */
export function* largePlaces(
  json: JsonScan,
  begin: number,
  sizes: PlaceSizes = usualSizes,
): Steps<LargePlaces | undefined> {
  const walk = new PlaceWalk(json, begin, sizes);
  for (let pause = begin + stride; walk.goesOn();) {
    if (walk.at <= pause) continue;
    pause = walk.at + stride;
    yield undefined;
  }
  return walk.found;
}

class PlaceWalk {
  /** Where the next value begins. */
  at: number;
  /** The outermost, when all of it is behind us. */
  found: LargePlaces | undefined;
  private readonly json: JsonScan;
  private readonly bytes: Uint8Array;
  private readonly sizes: PlaceSizes;
  private readonly levels = Array.from({ length: deepest + 1 }, () => new Level());
  private depth = -1;

  constructor(json: JsonScan, begin: number, sizes: PlaceSizes) {
    this.json = json;
    this.bytes = json.bytes;
    this.at = begin;
    this.sizes = sizes;
  }

  /** Steps into the value that begins here, or over it and what ends with it; false at the end of all. */
  goesOn(): boolean {
    const { json, bytes } = this;
    const sign = bytes[this.at] ?? 0;
    if (sign === openBrace || sign === openBracket) return this.opens(sign);
    return this.ends(json.endOfValue(this.at));
  }

  private opens(sign: number): boolean {
    const { json, bytes } = this;
    const part = json.afterSpace(this.at + 1);
    const level = this.levels[++this.depth];
    // `{` and `}`, as `[` and `]`, are two apart.
    const isEmpty = bytes[part] === sign + 2;
    level?.start(sign === openBrace, isEmpty ? part + 1 : this.at, part);
    if (isEmpty) return this.ends(part);
    return this.begins(part, sign === openBrace);
  }

  /** A value, or what is in an empty one, ended before `end`. */
  private ends(end: number): boolean {
    const { json, bytes, levels, sizes } = this;
    let at = json.afterSpace(end);
    for (; this.depth >= 0 && isClosing(bytes[at] ?? 0); at = json.afterSpace(at + 1)) {
      const level = levels[this.depth--];
      const length = at + 1 - (level?.begin ?? at);
      const places = length >= sizes.large ? level?.finished(at) : undefined;
      if (this.depth < 0) this.found = places;
      else if (places !== undefined) levels[this.depth]?.addChild(places);
    }
    const level = levels[this.depth];
    if (level === undefined || bytes[at] !== comma) return false;
    const part = json.afterSpace(at + 1);
    level.next(at, part, sizes.page);
    return this.begins(part, level.isObject);
  }

  /** A part begins, in an object with its name. */
  private begins(part: number, isNamed: boolean): boolean {
    const { json } = this;
    this.at = isNamed ? json.beginOfNamed(json.endOfText(part)) : part;
    return this.at >= 0;
  }
}

function isClosing(sign: number): boolean {
  return sign === closeBrace || sign === closeBracket;
}
