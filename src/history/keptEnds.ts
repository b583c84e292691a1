import type { Milliseconds } from '../trace/execution.ts';
import { hourMs } from '../base/zone.ts';
import { mergeAmounts, noAmounts } from './amounts.ts';
import { BucketRoom } from './bucketRoom.ts';
import type { HistoryFile } from './historyFile.ts';
import { dayOf, hourOf, type Level, nextDay } from './hours.ts';
import { madeIn } from './rollup.ts';
import { addPackedEnds, type Ends } from './rollupBytes.ts';

/** What was rolled up of a flow itself, as it stands in the file. */
export interface PackedEnds {
  readonly atMs: Milliseconds;
  readonly flow: string;
  readonly own: Uint8Array;
}

/** A month of hours several times, at some kilobytes each. */
const mostKept = 3_000;

/**
 * How executions of all flows ended, by hours and by days, in memory: charts, sparklines and what is compared with ask
 * for hundreds of closed hours, each time the same. Void as soon as another window wrote.
 */
export class KeptEnds {
  private readonly file: HistoryFile;
  private readonly kept = { hour: new Map<number, Ends>(), day: new Map<number, Ends>() };
  private version: unknown;

  constructor(file: HistoryFile) {
    this.file = file;
  }

  /** Adds those of a time, by `rows` where it isn't known. */
  addTo(
    into: Ends,
    level: Level,
    { fromMs, toMs }: { readonly fromMs: Milliseconds; readonly toMs: Milliseconds },
    rows: (level: Level, fromMs: Milliseconds, toMs: Milliseconds) => Iterable<PackedEnds>,
  ): void {
    const kept = this.kept[level];
    const times: number[] = [];
    for (let at = fromMs; at < toMs; at = level === 'day' ? nextDay(at) : at + hourMs)
      times.push(at);
    if (times.some((at) => !kept.has(at))) {
      if (kept.size + times.length > mostKept) kept.clear();
      // What can't be read to its end is asked for again: none of it is kept.
      const found = new Map(times.map((at) => [at, noEnds()]));
      const room = new BucketRoom();
      for (const { atMs, own } of rows(level, fromMs, toMs)) {
        // The days of another zone begin within those of this one.
        const at = level === 'day' ? dayOf(atMs) : hourOf(atMs);
        addPackedEnds(madeIn(found, at, noEnds), own, room);
      }
      for (const [at, ends] of found) kept.set(at, ends);
    }
    for (const at of times) mergeEnds(into, kept.get(at) ?? noEnds());
  }

  /** Before what is known is asked for: another window may have written. */
  refresh(): void {
    const version = this.file.sql('PRAGMA data_version').get()?.['data_version'];
    if (version !== this.version) this.clear();
    this.version = version;
  }

  /** That hour or day was made anew. */
  forget(level: Level, at: Milliseconds): void {
    this.kept[level].delete(at);
  }

  clear(): void {
    this.kept.hour.clear();
    this.kept.day.clear();
  }
}

/** Of nothing. */
export function noEnds(): Ends {
  return { outcomes: new Map(), succeeded: noAmounts() };
}

function mergeEnds(into: Ends, { outcomes, succeeded }: Ends): void {
  for (const [word, times] of outcomes)
    into.outcomes.set(word, (into.outcomes.get(word) ?? 0) + times);
  mergeAmounts(into.succeeded, succeeded);
}
