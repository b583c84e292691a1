/** The fewest that have to be taken out for the others to be in order; by their indexes. */
export function outOfOrder(values: readonly number[]): ReadonlySet<number> {
  // Of each length the index at which the ordered row ends that ends lowest.
  const ends: number[] = [];
  const before: number[] = [];
  for (const [index, value] of values.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[ends[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    before.push(ends[low - 1] ?? -1);
    ends[low] = index;
  }
  const moved = new Set(values.keys());
  for (let at = ends.at(-1) ?? -1; at !== -1; at = before[at] ?? -1) moved.delete(at);
  return moved;
}
