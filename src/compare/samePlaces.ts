/** What is kept of IDs: a run of 10,000 nodes has some of each. */
const mostKept = 100_000;

/**
 * IDs that differ in every run: which of the one execution is which of the other. Two places that held the same one
 * have to hold the same one again.
 */
export class SamePlaces {
  private readonly afterOf = new Map<string, string>();
  private readonly beforeOf = new Map<string, string>();

  /** Whether the two may stand for each other; the first that are seen together do. */
  areSame(before: string, after: string): boolean {
    const known = this.afterOf.get(before);
    const other = this.beforeOf.get(after);
    if (known === undefined && other === undefined) {
      if (this.afterOf.size < mostKept) {
        this.afterOf.set(before, after);
        this.beforeOf.set(after, before);
      }
      return true;
    }
    return known === after && other === before;
  }
}
