import type { Milliseconds } from '../trace/execution.ts';

/** What stands in order of time; what came first of one moment stands first. */
export interface Timed {
  readonly sortMs: Milliseconds;
  readonly arrival: number;
}

/**
 * So many entries are moved when one comes between others or leaves. In one array they were up to 50,000: it took
 * longer than to decode a record.
 */
const mostInChunk = 1_024;

/** Entries in order of time and then arrival, found by halves: many may begin at one moment. */
export class TimeOrder<Entry extends Timed> {
  /** None is empty. */
  private chunks: Entry[][] = [];
  private count = 0;
  /** All of them, for those who look through them; made when asked for. */
  private flat: readonly Entry[] | undefined;

  get size(): number {
    return this.count;
  }

  /** The oldest; undefined of none. */
  get first(): Entry | undefined {
    return this.chunks[0]?.[0];
  }

  /** Oldest first; another array after each change. */
  get oldestFirst(): readonly Entry[] {
    // `flat` looks at each entry; to join them takes a sixth of that.
    return (this.flat ??= new Array<Entry>().concat(...this.chunks));
  }

  add(entry: Entry): void {
    // Nearly always the newest: behind the last one.
    const at = Math.min(this.chunkOf(entry), Math.max(0, this.chunks.length - 1));
    const chunk = (this.chunks[at] ??= []);
    chunk.splice(firstFrom(chunk, entry), 0, entry);
    if (chunk.length > mostInChunk) {
      this.chunks.splice(at + 1, 0, chunk.splice(chunk.length >>> 1));
    }
    this.count++;
    this.flat = undefined;
  }

  /** Takes an entry out, if it is there. */
  remove(entry: Entry): void {
    const at = this.chunkOf(entry);
    const chunk = this.chunks[at];
    const index = chunk === undefined ? -1 : indexIn(chunk, entry);
    if (chunk === undefined || index < 0) return;
    chunk.splice(index, 1);
    if (chunk.length === 0) this.chunks.splice(at, 1);
    this.count--;
    this.flat = undefined;
  }

  /** Takes all of these, which are in order, instead of what was there. */
  refill(inOrder: readonly Entry[]): void {
    this.clear();
    for (let at = 0; at < inOrder.length; at += mostInChunk / 2) {
      this.chunks.push(inOrder.slice(at, at + mostInChunk / 2));
    }
    this.count = inOrder.length;
  }

  /** At most `most` entries of a time from `fromMs` to `toMs`, oldest first. */
  between(fromMs: Milliseconds, toMs: Milliseconds, most: number): readonly Entry[] {
    const found: Entry[] = [];
    for (const entry of this.forwards(fromMs, toMs)) {
      if (found.length >= most) break;
      found.push(entry);
    }
    return found;
  }

  /** Those of a time from `fromMs` to `toMs`, oldest first, as far as somebody goes through them. */
  *forwards(fromMs: Milliseconds, toMs: Milliseconds): Generator<Entry, undefined> {
    const begin = { sortMs: fromMs, arrival: -1 };
    for (const chunk of this.chunks.slice(this.chunkOf(begin))) {
      for (const entry of chunk.slice(firstFrom(chunk, begin))) {
        if (entry.sortMs > toMs) return undefined;
        yield entry;
      }
    }
    return undefined;
  }

  /** Those of a time from `fromMs` to `toMs`, newest first, as far as somebody goes through them. */
  *newestFirst(fromMs: Milliseconds, toMs: Milliseconds): Generator<Entry, undefined> {
    const end = { sortMs: toMs, arrival: Infinity };
    for (const chunk of this.chunks.slice(0, this.chunkOf(end) + 1).reverse()) {
      for (const entry of chunk.slice(0, firstFrom(chunk, end)).reverse()) {
        if (entry.sortMs < fromMs) return undefined;
        yield entry;
      }
    }
    return undefined;
  }

  clear(): void {
    this.chunks = [];
    this.count = 0;
    this.flat = undefined;
  }

  /** Index of the first chunk that ends with `place` or behind it. */
  private chunkOf(place: Timed): number {
    return firstIndex(this.chunks.length, (at) => {
      const last = this.chunks[at]?.at(-1);
      return last !== undefined && isBefore(last, place);
    });
  }
}

/** Where an entry stands among entries in order; -1 where it doesn't. */
export function indexIn(entries: readonly Timed[], entry: Timed): number {
  const at = firstFrom(entries, entry);
  return entries[at] === entry ? at : -1;
}

/** Index of the first entry that is not before `place`. */
function firstFrom(entries: readonly Timed[], place: Timed): number {
  return firstIndex(entries.length, (at) => {
    const entry = entries[at];
    return entry !== undefined && isBefore(entry, place);
  });
}

/** The first of `count` indexes for which `isLess` doesn't hold, which holds for all before it. */
function firstIndex(count: number, isLess: (at: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isLess(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isBefore(a: Timed, b: Timed): boolean {
  return a.sortMs < b.sortMs || (a.sortMs === b.sortMs && a.arrival < b.arrival);
}
