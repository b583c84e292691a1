/** So many signs are compared, or bytes decoded, in some milliseconds. */
const mostWork = 200_000;
/** What a row that differs takes, however small it is. */
export const workOfRow = 10_000;
/** The same of a value in a list or an object. */
export const workOfValue = 30;

/** Tells when enough was done in one step. */
export class Pace {
  private work = 0;

  /** Counts what was done; true where others are to have their turn. */
  isDue(work: number): boolean {
    this.work += work;
    if (this.work < mostWork) return false;
    this.work = 0;
    return true;
  }
}
