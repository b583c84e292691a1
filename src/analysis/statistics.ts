/**
 * The percentile `share` (0 to 1) of values in ascending order, by nearest rank: always one that was measured. Between
 * two values, interpolation would be off by three quarters where there are eight. Undefined for none.
 */
export function percentile(ascending: readonly number[], share: number): number | undefined {
  const rank = Math.ceil(share * ascending.length);
  return ascending[Math.min(Math.max(rank, 1), ascending.length) - 1];
}

/** Values in ascending order, in an array of their own. */
export function ascending(values: Iterable<number>): readonly number[] {
  return [...values].sort((a, b) => a - b);
}

/** The middle one, by nearest rank; 0 for none. */
export function median(values: ArrayLike<number>): number {
  // Numbers alone are sorted ten times as fast as by a function that compares two.
  const inOrder = new Float64Array(values).sort();
  return inOrder[Math.max(1, Math.ceil(0.5 * inOrder.length)) - 1] ?? 0;
}

/** Half of the values lie no further than this from their median. */
export function medianDeviation(values: ArrayLike<number>): number {
  const middle = median(values);
  return median(Float64Array.from(values, (value) => Math.abs(value - middle)));
}

/** Between which rates a rate of `part` in `all` lies with 95 % (Wilson): 0 in 3 is anything up to a half. */
export function wilsonInterval(
  part: number,
  all: number,
): { readonly low: number; readonly high: number } {
  if (all === 0) return { low: 0, high: 1 };
  const z2 = z95 * z95;
  const rate = part / all;
  const centre = (rate + z2 / (2 * all)) / (1 + z2 / all);
  const half = (z95 / (1 + z2 / all)) * Math.sqrt((rate * (1 - rate)) / all + z2 / (4 * all * all));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

const z95 = 1.959963985;

/** Each value's rank from 1, equal ones sharing theirs; and by how much ties lessen the spread: the sum of t³ − t. */
export function ranked(values: ArrayLike<number>): {
  readonly ranks: Float64Array;
  readonly ties: number;
} {
  const inOrder = new Float64Array(values).sort();
  // At the first place of each value.
  const rankAt = new Float64Array(inOrder.length);
  let ties = 0;
  for (let from = 0; from < inOrder.length;) {
    const value = inOrder[from] ?? 0;
    let to = from + 1;
    while (to < inOrder.length && inOrder[to] === value) to++;
    rankAt[from] = (from + 1 + to) / 2;
    const count = to - from;
    ties += count ** 3 - count;
    from = to;
  }
  const ranks = Float64Array.from(values, (value) => rankAt[firstPlace(inOrder, value)] ?? 0);
  return { ranks, ties };
}

/** Where values in ascending order come to one. */
function firstPlace(inOrder: Float64Array, value: number): number {
  let [low, high] = [0, inOrder.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((inOrder[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * How likely values are this much larger behind `split` than before it by chance alone (Mann–Whitney, one-sided), from
 * the ranks of all: counted out where there are few, else by the normal approximation with ties.
 */
export function chanceOfIncrease(
  { ranks, ties }: ReturnType<typeof ranked>,
  split: number,
): number {
  const all = ranks.length;
  const behind = all - split;
  if (split === 0 || behind === 0) return 1;
  if (all <= mostCounted && Math.min(split, behind) <= fewest) return countedChance(ranks, split);
  const before = ranks.slice(0, split).reduce((sum, rank) => sum + rank, 0);
  // How many pairs have the later value above the earlier one.
  const pairs = split * behind + (split * (split + 1)) / 2 - before;
  const spread = ((split * behind) / 12) * (all + 1 - ties / (all * (all - 1)));
  if (spread <= 0) return 1;
  return 1 - normal((pairs - (split * behind) / 2 - 0.5) / Math.sqrt(spread));
}

/** To count costs as many steps as these two and the sum of ranks multiplied: half a million. */
const mostCounted = 40;
const fewest = 10;

/** Of all ways to choose as many of the ranks as stand on the shorter side, the share with a sum as far out as theirs. */
function countedChance(ranks: Float64Array, split: number): number {
  const isBefore = split <= ranks.length - split;
  const side = isBefore ? ranks.slice(0, split) : ranks.slice(split);
  // Shared ranks are halves.
  const doubled = ranks.map((rank) => Math.round(2 * rank));
  const found = Math.round(2 * side.reduce((sum, rank) => sum + rank, 0));
  const most = doubled.reduce((sum, rank) => sum + rank, 0);
  const ways = Array.from({ length: side.length + 1 }, () => new Float64Array(most + 1));
  (ways[0] as Float64Array)[0] = 1;
  for (const rank of doubled) {
    for (let chosen = side.length; chosen > 0; chosen--) {
      const [to, from] = [ways[chosen] as Float64Array, ways[chosen - 1] as Float64Array];
      for (let sum = most; sum >= rank; sum--) to[sum] = (to[sum] ?? 0) + (from[sum - rank] ?? 0);
    }
  }
  const counts = ways[side.length] as Float64Array;
  let [as, all] = [0, 0];
  for (const [sum, count] of counts.entries()) {
    all += count;
    if (isBefore ? sum <= found : sum >= found) as += count;
  }
  return as / all;
}

/**
 * Which of many findings hold when false ones shall be no more than `share` of them (Benjamini–Hochberg): of 200 nodes two
 * would be called slower by chance at one in a hundred each.
 */
export function holding(chances: readonly number[], share: number): readonly boolean[] {
  const order = chances
    .map((chance, index) => ({ chance, index }))
    .sort((a, b) => a.chance - b.chance);
  const last = order.findLastIndex(
    ({ chance }, place) => chance <= ((place + 1) / chances.length) * share,
  );
  const kept = new Set(order.slice(0, last + 1).map(({ index }) => index));
  return chances.map((_, index) => kept.has(index));
}

/** Whether two things grow together: 1 in step, −1 against each other, by ranks (Spearman). Null where one never changes. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number | null {
  const [first, second] = [ranked(a).ranks, ranked(b).ranks];
  const mean = (a.length + 1) / 2;
  let together = 0;
  let alone = 0;
  let other = 0;
  for (const [index, rank] of first.entries()) {
    const x = rank - mean;
    const y = (second[index] ?? mean) - mean;
    together += x * y;
    alone += x * x;
    other += y * y;
  }
  return alone === 0 || other === 0 ? null : together / Math.sqrt(alone * other);
}

/** How likely such a correlation or a stronger one is by chance, in either direction. */
export function chanceOfCorrelation(correlation: number, count: number): number {
  if (count < 4) return 1;
  if (Math.abs(correlation) >= 1) return 0;
  const t = correlation * Math.sqrt((count - 2) / (1 - correlation * correlation));
  const free = count - 2;
  // Student's distribution by the normal one: Abramowitz and Stegun 26.7.8.
  const z = (Math.abs(t) * (1 - 1 / (4 * free))) / Math.sqrt(1 + (t * t) / (2 * free));
  return 2 * (1 - normal(z));
}

/** The share of a normal distribution below `z`: Abramowitz and Stegun 26.2.17, off by less than 7.5e-8. */
function normal(z: number): number {
  if (z < 0) return 1 - normal(-z);
  const t = 1 / (1 + 0.2316419 * z);
  const tail =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail;
}
