import type { Span } from '../analysis/spans.ts';
import type { Milliseconds } from '../trace/execution.ts';
import type { HistoryStore } from './historyStore.ts';
import { hourMs, timeZoneHere } from '../base/zone.ts';
import { dayOf, hourOf, type Level, nextDay } from './hours.ts';

/** A part of a span, and by what it is counted. */
export type Piece = Span & { readonly by: 'rows' | Level };

/** By what times are counted now, as finely as they have to be and as coarsely as they may. */
export class CoveredTime {
  readonly dirty: ReadonlySet<Milliseconds>;
  /** What began before is gone, but for what was rolled up. */
  readonly floorMs: Milliseconds;
  private readonly dirtyDays: ReadonlySet<Milliseconds>;
  /** Before it nothing is known by hours. */
  private readonly hourlyMs: Milliseconds;
  /** Before it nothing is known at all. */
  private readonly sinceMs: Milliseconds;
  /** The days of the file are those of now. */
  private readonly isOfZone: boolean;

  constructor(store: HistoryStore) {
    this.dirty = new Set(store.rolledUp.dirtyHours());
    this.floorMs = store.floorMs;
    this.dirtyDays = new Set([...this.dirty].map(dayOf));
    this.hourlyMs = store.rolledUp.oldest('hour') ?? Infinity;
    this.sinceMs = dayOf(Math.min(store.sinceMs ?? 0, store.executions.sinceMs ?? Infinity));
    this.isOfZone = store.file.state().zone === timeZoneHere();
  }

  /** Whole days, whole hours, and rows at the ends: of what is gone an hour or a day is all in or all out. */
  cover({ fromMs, toMs }: Span): readonly Piece[] {
    const pieces: Piece[] = [];
    const add = (by: Piece['by'], from: Milliseconds, to: Milliseconds) => {
      const last = pieces.at(-1);
      if (last?.by === by && last.toMs === from) pieces.splice(-1, 1, { ...last, toMs: to });
      else pieces.push({ by, fromMs: from, toMs: to });
    };
    for (let at = Math.max(fromMs, this.sinceMs); at < toMs;) {
      const by = this.countedBy(at, toMs);
      const end = by === 'day' ? nextDay(at) : hourOf(at) + hourMs;
      // What of an hour is gone is counted by its begin, which lies before the span.
      if (by !== 'hour' || at === hourOf(at))
        add(by, at, by === 'rows' ? Math.min(end, toMs) : end);
      at = end;
    }
    return pieces;
  }

  private countedBy(at: Milliseconds, toMs: Milliseconds): Piece['by'] {
    if (at === dayOf(at)) {
      const isAllThereIs = at < this.floorMs && at < this.hourlyMs;
      const isWhole = nextDay(at) <= toMs && !this.dirtyDays.has(at) && this.isOfZone;
      if (isAllThereIs || isWhole) return 'day';
    }
    if (at < this.floorMs) return 'hour';
    const isWhole = at === hourOf(at) && at + hourMs <= toMs;
    return isWhole && !this.dirty.has(at) ? 'hour' : 'rows';
  }
}
