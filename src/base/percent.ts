/** A whole per cent, rounded down: 100 only when all is done. 0 of nothing. */
export function percentOf(done: number, total: number): number {
  return total === 0 ? 0 : Math.floor((100 * done) / total);
}
