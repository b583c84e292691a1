import type { Steps } from '../base/steps.ts';
import { Pace } from './pace.ts';

/** In each pass, what stands for an item of either side; null: it takes no part in the pass. */
export interface KeyPass {
  readonly before: (index: number) => string | null;
  readonly after: (index: number) => string | null;
  /** What it takes to make one, beside its length. */
  readonly work: number;
}

/** Which item of the one side belongs to which of the other. */
export interface Matches {
  /** By the place after: the place before, or -1. */
  readonly partners: readonly number[];
  /** Places after of what stands in another order than before. */
  readonly moved: ReadonlySet<number>;
  /** Places before of what has no partner. */
  readonly left: readonly number[];
}

/**
 * Matches two sequences by what their items hold, in n log n: pass by pass the first of a key with the first of the
 * same key; what is left over between two that kept their order, one after the other where `fits` allows it, those with
 * the most of `likeness` where there are others.
 */
export function* matchSequences(
  sizes: { readonly before: number; readonly after: number },
  passes: readonly KeyPass[],
  fits: Fits = () => false,
  likeness?: Likeness,
): Steps<Matches> {
  const partners = new Array<number>(sizes.after).fill(-1);
  const taken = new Uint8Array(sizes.before);
  const pace = new Pace();
  for (const pass of passes) yield* matchPass(pass, partners, taken, pace);
  yield* matchBetween(partners, taken, fits, likeness);
  const moved = yield* movedIn(partners);
  const left: number[] = [];
  taken.forEach((isTaken, index) => {
    if (isTaken === 0) left.push(index);
  });
  return { partners, moved, left };
}

function* matchPass(
  { before, after, work }: KeyPass,
  partners: number[],
  taken: Uint8Array,
  pace: Pace,
): Steps<void> {
  /** By key the first place that waits, and behind each place the next of the same key: a list for each key takes long. */
  const firsts = new Map<string, number>();
  const nexts = new Int32Array(taken.length);
  const workOf = (key: string | null) => work + (key?.length ?? 0);
  for (let index = taken.length - 1; index >= 0; index--) {
    const key = taken[index] === 1 ? null : before(index);
    if (pace.isDue(workOf(key))) yield;
    if (key === null) continue;
    nexts[index] = firsts.get(key) ?? -1;
    firsts.set(key, index);
  }
  if (firsts.size === 0) return;
  for (let index = 0; index < partners.length; index++) {
    const key = partners[index] === -1 ? after(index) : null;
    if (pace.isDue(workOf(key))) yield;
    const found = key === null ? undefined : firsts.get(key);
    if (key === null || found === undefined || found === -1) continue;
    firsts.set(key, nexts[found] ?? -1);
    partners[index] = found;
    taken[found] = 1;
  }
}

type Fits = (before: number, after: number) => boolean;
/** Of two items, from 0 to 1. */
interface Likeness {
  of(before: number, after: number): number;
  readonly room: LikenessRoom;
}

/** Pairs of which those that are most alike are looked for in one list: some dozen milliseconds. */
const mostInList = 250_000;
/** The same in all lists of a value: one of 500 lists may have 500 items in each. */
const mostInAll = 8 * mostInList;

/** How many pairs of a value's items may yet be looked at. */
export class LikenessRoom {
  private left = mostInAll;

  /** What of it one list may have. */
  get ofList(): number {
    return Math.min(this.left, mostInList);
  }

  take(pairs: number): void {
    this.left -= pairs;
  }
}

/** To belong together at all counts for less than anything in common. */
const pairing = 1e-6;

/** What has no equal on the other side: in order, between the neighbours that have. */
function* matchBetween(
  partners: number[],
  taken: Uint8Array,
  fits: Fits,
  likeness: Likeness | undefined,
): Steps<void> {
  const moved = yield* movedIn(partners);
  let from = 0;
  let open: number[] = [];
  let room = likeness?.room.ofList ?? 0;
  const pair = (index: number, place: number) => {
    partners[place] = index;
    taken[index] = 1;
  };
  const close = (to: number) => {
    const places = open;
    open = [];
    if (places.length === 0 || from >= to) return;
    const free = range(from, to).filter((index) => taken[index] !== 1);
    // One of each has no choice.
    const pairs = free.length * places.length;
    if (likeness !== undefined && pairs > 1 && pairs <= room) {
      room -= pairs;
      likeness.room.take(pairs);
      const score = (one: number, other: number) => {
        const [index = 0, place = 0] = [free[one], places[other]];
        return fits(index, place) ? likeness.of(index, place) + pairing : 0;
      };
      for (const [one, other] of mostAlike(free.length, places.length, score)) {
        pair(free[one] ?? 0, places[other] ?? 0);
      }
      return;
    }
    let next = 0;
    for (const index of free) {
      const place = places[next];
      if (place === undefined) break;
      if (!fits(index, place)) continue;
      pair(index, place);
      next++;
    }
  };
  // What is matched here stands before the place that is looked at.
  for (const [index, partner] of partners.entries()) {
    if (partner === -1) open.push(index);
    else if (!moved.has(index)) {
      close(partner);
      from = partner + 1;
    }
  }
  close(taken.length);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

/** Pairs of two sequences that keep their order and score most together; of those that score the same the first. */
function mostAlike(
  before: number,
  after: number,
  score: (before: number, after: number) => number,
): readonly (readonly [number, number])[] {
  const width = after + 1;
  /** What those behind score together. */
  const best = new Float64Array((before + 1) * width);
  const at = (one: number, other: number) => best[one * width + other] ?? 0;
  const scores = new Float64Array(before * after);
  for (let one = before - 1; one >= 0; one--) {
    for (let other = after - 1; other >= 0; other--) {
      const own = score(one, other);
      scores[one * after + other] = own;
      const together = own === 0 ? 0 : own + at(one + 1, other + 1);
      best[one * width + other] = Math.max(together, at(one + 1, other), at(one, other + 1));
    }
  }
  const found: (readonly [number, number])[] = [];
  for (let one = 0, other = 0; one < before && other < after;) {
    const own = scores[one * after + other] ?? 0;
    if (own > 0 && own + at(one + 1, other + 1) >= at(one, other)) found.push([one++, other++]);
    else if (at(one + 1, other) >= at(one, other)) one++;
    else other++;
  }
  return found;
}

function* movedIn(partners: readonly number[]): Steps<ReadonlySet<number>> {
  const placed: number[] = [];
  let isInOrder = true;
  let last = -1;
  for (const [index, partner] of partners.entries()) {
    if (partner === -1) continue;
    placed.push(index);
    isInOrder &&= partner > last;
    last = partner;
  }
  // Nearly all are.
  if (isInOrder) return new Set();
  yield;
  const kept = longestRun(placed.map((index) => partners[index] ?? -1));
  yield;
  return new Set(placed.filter((_, place) => !kept.has(place)));
}

/** The places of a longest run of values that grow. */
export function longestRun(values: readonly number[]): ReadonlySet<number> {
  /** By length of a run less one: where the run of that length ends that ends lowest. */
  const ends: number[] = [];
  const before = new Int32Array(values.length).fill(-1);
  values.forEach((value, place) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((values[ends[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    before[place] = low === 0 ? -1 : (ends[low - 1] ?? -1);
    ends[low] = place;
  });
  const kept = new Set<number>();
  for (let place = ends.at(-1) ?? -1; place !== -1; place = before[place] ?? -1) kept.add(place);
  return kept;
}
