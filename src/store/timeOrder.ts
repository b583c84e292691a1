import type { Milliseconds } from '../trace/execution.ts';

/** What stands in order of time; what came first of one moment stands first. */
export interface Timed {
  readonly sortMs: Milliseconds;
  readonly arrival: number;
}

/** Entries in order of time and then arrival, found by halves: many may begin at one moment. */
export class TimeOrder<Entry extends Timed> {
  /** Oldest first, so that what arrives (nearly always the newest) goes to the end. */
  private readonly entries: Entry[] = [];

  /** Oldest first. The array is the order's own: read it, don't keep it. */
  get oldestFirst(): readonly Entry[] {
    return this.entries;
  }

  add(entry: Entry): void {
    const last = this.entries.at(-1);
    if (last === undefined || isBefore(last, entry)) this.entries.push(entry);
    else this.entries.splice(firstFrom(this.entries, entry), 0, entry);
  }

  /** Takes an entry out that was added. */
  remove(entry: Entry): void {
    const at = indexIn(this.entries, entry);
    if (at >= 0) this.entries.splice(at, 1);
  }

  /** Takes all of these, which are in order, instead of what was there. */
  refill(inOrder: Iterable<Entry>): void {
    this.entries.length = 0;
    for (const entry of inOrder) this.entries.push(entry);
  }

  /** At most `most` entries of a time from `fromMs` to `toMs`, oldest first. */
  between(fromMs: Milliseconds, toMs: Milliseconds, most: number): readonly Entry[] {
    const begin = firstFrom(this.entries, { sortMs: fromMs, arrival: -1 });
    let end = begin;
    while (end - begin < most && (this.entries[end]?.sortMs ?? Infinity) <= toMs) {
      if (++end >= this.entries.length) break;
    }
    return this.entries.slice(begin, end);
  }

  clear(): void {
    this.entries.length = 0;
  }
}

/** Where an entry stands among entries in order; -1 where it doesn't. */
export function indexIn(entries: readonly Timed[], entry: Timed): number {
  const at = firstFrom(entries, entry);
  return entries[at] === entry ? at : -1;
}

/** Index of the first entry that is not before `place`. */
function firstFrom(entries: readonly Timed[], place: Timed): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = entries[middle];
    if (other !== undefined && isBefore(other, place)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isBefore(a: Timed, b: Timed): boolean {
  return a.sortMs < b.sortMs || (a.sortMs === b.sortMs && a.arrival < b.arrival);
}
