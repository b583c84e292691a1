/** In each pass, what stands for an item of either side; null: it takes no part in the pass. */
export interface KeyPass {
  readonly before: (index: number) => string | null;
  readonly after: (index: number) => string | null;
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
 * same key; what is left over between two that kept their order, one after the other where `fits` allows it.
 */
export function matchSequences(
  sizes: { readonly before: number; readonly after: number },
  passes: readonly KeyPass[],
  fits: (before: number, after: number) => boolean = () => false,
): Matches {
  const partners = new Array<number>(sizes.after).fill(-1);
  const taken = new Array<boolean>(sizes.before).fill(false);
  for (const pass of passes) matchPass(pass, partners, taken);
  matchBetween(partners, taken, fits);
  const moved = movedIn(partners);
  const left: number[] = [];
  taken.forEach((isTaken, index) => {
    if (!isTaken) left.push(index);
  });
  return { partners, moved, left };
}

function matchPass({ before, after }: KeyPass, partners: number[], taken: boolean[]): void {
  const waiting = new Map<string, number[]>();
  for (let index = taken.length - 1; index >= 0; index--) {
    const key = taken[index] === true ? null : before(index);
    if (key === null) continue;
    const known = waiting.get(key);
    if (known === undefined) waiting.set(key, [index]);
    else known.push(index);
  }
  if (waiting.size === 0) return;
  partners.forEach((partner, index) => {
    const key = partner === -1 ? after(index) : null;
    const found = key === null ? undefined : waiting.get(key)?.pop();
    if (found === undefined) return;
    partners[index] = found;
    taken[found] = true;
  });
}

/** What has no equal on the other side: in order, between the neighbours that have. */
function matchBetween(
  partners: number[],
  taken: boolean[],
  fits: (before: number, after: number) => boolean,
): void {
  const moved = movedIn(partners);
  let from = 0;
  let open: number[] = [];
  const close = (to: number) => {
    let next = 0;
    for (let index = from; index < to && next < open.length; index++) {
      const place = open[next];
      if (taken[index] === true || place === undefined || !fits(index, place)) continue;
      partners[place] = index;
      taken[index] = true;
      next++;
    }
    open = [];
  };
  [...partners].forEach((partner, index) => {
    if (partner === -1) open.push(index);
    else if (!moved.has(index)) {
      close(partner);
      from = partner + 1;
    }
  });
  close(taken.length);
}

function movedIn(partners: readonly number[]): ReadonlySet<number> {
  const placed = partners.flatMap((partner, index) => (partner === -1 ? [] : [index]));
  const kept = longestRun(placed.map((index) => partners[index] ?? -1));
  return new Set(placed.filter((_, place) => !kept.has(place)));
}

/** The places of a longest run of values that grow. */
export function longestRun(values: readonly number[]): ReadonlySet<number> {
  /** By length of a run less one: where the run of that length ends that ends lowest. */
  const ends: number[] = [];
  const before = new Array<number>(values.length).fill(-1);
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
