/** Random numbers from a seed: the same seed tells the same story. */
export interface Random {
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  /** One of `items`, which must not be empty. */
  pick<T>(items: readonly T[]): T;
  /** `digits` random hexadecimal digits. */
  hex(digits: number): string;
  /** The items in another order. */
  shuffle<T>(items: readonly T[]): T[];
}

/** The generator called mulberry32: 32 bits of state are enough for a story. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    int,
    pick: (items) => items[int(0, items.length - 1)] as (typeof items)[number],
    hex: (digits) => Array.from({ length: digits }, () => int(0, 15).toString(16)).join(''),
    shuffle(items) {
      const shuffled = [...items];
      for (let at = shuffled.length - 1; at > 0; at--) {
        const other = int(0, at);
        [shuffled[at], shuffled[other]] = [shuffled[other], shuffled[at]] as [
          (typeof items)[number],
          (typeof items)[number],
        ];
      }
      return shuffled;
    },
  };
}
