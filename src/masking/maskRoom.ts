import { withoutColours } from '../base/colours.ts';
import type { Json, JsonObject } from '../base/json.ts';
import type { LeftOutParts } from '../trace/execution.ts';
import type { WantedPart } from '../trace/wantedPart.ts';
import type { Fields, MaskField, MaskItem, PartsRoom } from './partsRoom.ts';
import { distinctNames, type MaskedField, withNames } from './shownNames.ts';
import { WantedParts, type WantedWithin } from './wantedParts.ts';

/** What a reader sees of a value at first, some screens; masking it takes 4 ms. */
const mostChars = 48 * 1024;
/** A list of a row that was begun is shown to its end… */
const smallSize = 100;
/** …unless there are as many of them that they are no beginning any more. */
const mostBeyond = 4 * mostChars;
/** However large the values before it, each is begun. */
const leastChars = 8 * 1024;
/** Around a part that is wanted there is room for some screens, whatever stood before it… */
const roomAround = 32 * 1024;
/** …a part of it before that one… */
const mostBefore = 16 * 1024;
/** …which are as many as a reader is shown at a time. */
const partsBefore = 100;

/**
 * Room for what is shown of values: where it is used up, long lists and objects end. What is left out is not masked
 * until somebody wants it, because a value may have as many megabytes as a record. Of a list or an object a window is
 * given, around the part that is wanted; else its beginning.
 */
export class MaskRoom implements PartsRoom {
  /** What is wanted of what is masked now. */
  private wanted: WantedWithin | undefined;
  private left = mostChars;
  private readonly all: WantedParts;
  private readonly begun = new Map<Json, Pick<LeftOutParts, 'size' | 'from'>>();
  private section = '';
  private index = 0;

  constructor(wanted: readonly WantedPart[] = []) {
    this.all = new WantedParts(wanted);
  }

  /** The values of another section follow. */
  enter(section: string): void {
    this.section = section;
    this.index = 0;
  }

  /** Another value follows; gives what is wanted of it. */
  begin(): WantedWithin | undefined {
    this.left = Math.max(this.left, leastChars);
    this.wanted = this.all.of(this.section, this.index++);
    return this.wanted;
  }

  items(list: readonly Json[], mask: MaskItem): Json {
    const masked: Json[] = [];
    const wanted = placeIn(list.length, this.wanted?.last, Number);
    const itemAt = (place: number) => list[place] ?? null;
    let from = -1;
    for (const place of this.places(list.length, wanted, itemAt)) {
      if (from < 0) from = place;
      const item = itemAt(place);
      this.left -= costOf(item);
      masked.push(this.within(String(place), () => mask(item, place)));
    }
    this.leaveOut(masked, masked.length, list.length, from);
    return masked;
  }

  fields(entries: Fields, mask: MaskField, shown: (name: string) => string): Json {
    const { last } = this.wanted ?? {};
    // Names before it may be hidden, and then have numbers: where it stands is known by all of them.
    const names =
      last === undefined
        ? undefined
        : distinctNames(entries.map(([key]) => [key, shown(key)] as const));
    const plain = names?.map(withoutColours);
    const masked: MaskedField[] = [];
    const partAt = (place: number) => entries[place]?.[1] ?? null;
    const wanted = placeIn(entries.length, last, (name) => plain?.indexOf(name) ?? -1);
    let from = -1;
    for (const place of this.places(entries.length, wanted, partAt)) {
      const [key, item] = entries[place] ?? ['', null];
      if (from < 0) from = place;
      this.left -= key.length + costOf(item);
      masked.push([key, this.within(plain?.[place] ?? key, () => mask(key, item))]);
    }
    const given =
      from > 0 && names !== undefined
        ? Object.fromEntries(masked.map(([, [, value]], at) => [names[from + at] ?? '', value]))
        : withNames(masked);
    this.leaveOut(given, masked.length, entries.length, from);
    return given;
  }

  /** What was left out of a value that was masked with this room; none where it is whole. */
  leftOutOf(masked: Json): readonly LeftOutParts[] {
    const found: LeftOutParts[] = [];
    if (this.begun.size > 0) this.look(masked, [], found);
    return found;
  }

  /** Masks a part of what is masked now. */
  private within<T>(name: string, mask: () => T): T {
    const { wanted } = this;
    if (wanted === undefined) return mask();
    this.wanted = wanted.of(name);
    const masked = mask();
    this.wanted = wanted;
    return masked;
  }

  /** The places to mask of `size` parts, one of which (-1: none) is wanted; ends where there is no more room. */
  private *places(
    size: number,
    wanted: number,
    partAt: (place: number) => Json,
  ): Generator<number, void> {
    const from = wanted < 0 ? 0 : windowBegin(wanted, partAt);
    if (wanted >= 0) this.left = Math.max(this.left, roomAround);
    for (let place = from; place < size; place++) {
      if (place > wanted && this.isFull(size)) return;
      if (place === wanted) this.left = Math.max(this.left, roomAround - mostBefore);
      yield place;
    }
  }

  /** `given` are `count` of `size` parts, from one of them on. */
  private leaveOut(given: Json, count: number, size: number, from: number): void {
    if (count < size) this.begun.set(given, { size, ...(from > 0 && { from }) });
  }

  /** Whether a list or object of `size` parts ends before its next one. */
  private isFull(size: number): boolean {
    return this.left <= 0 && (size > smallSize || this.left <= -mostBeyond);
  }

  private look(value: Json, path: readonly string[], found: LeftOutParts[]): void {
    if (typeof value !== 'object' || value === null) return;
    const begun = this.begun.get(value);
    if (begun !== undefined) found.push({ path, ...begun });
    const from = Array.isArray(value) ? (begun?.from ?? 0) : 0;
    for (const [name, part] of Object.entries(value)) {
      this.look(part, [...path, from > 0 ? String(from + Number(name)) : name], found);
    }
  }
}

/** The first of the parts that are given around one: the first of all where that is near. */
function windowBegin(wanted: number, partAt: (place: number) => Json): number {
  let left = mostBefore;
  let from = wanted;
  while (from > 0 && wanted - from < partsBefore) {
    left -= sizeOf(partAt(from - 1), left);
    if (left < 0) break;
    from--;
  }
  return from;
}

/** What it takes to mask a value and to draw it; more than `most` where it is more. */
function sizeOf(value: Json, most: number): number {
  let size = costOf(value);
  if (typeof value !== 'object' || value === null) return size;
  if (isList(value)) {
    for (let place = 0; place < value.length && size <= most; place++) {
      size += sizeOf(value[place] ?? null, most - size);
    }
    return size;
  }
  for (const [name, part] of Object.entries(value)) {
    if (size > most) break;
    size += name.length + sizeOf(part, most - size);
  }
  return size;
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}

/** Which part is meant; -1 for none. */
function placeIn(
  size: number,
  last: string | number | undefined,
  placeOf: (name: string) => number,
): number {
  const place = typeof last === 'string' ? placeOf(last) : (last ?? -1);
  return Number.isInteger(place) && place < size ? place : -1;
}

/** What it takes of the room for itself; a list or an object has its parts. */
function costOf(value: Json): number {
  return typeof value === 'string' ? value.length : costOfSign;
}

/** To mask a number and to draw its row takes as long as a short text. */
const costOfSign = 8;
