import type { InFlight } from '../analysis/concurrency.ts';
import { isRun } from '../analysis/sixFigures.ts';
import type { Span } from '../analysis/spans.ts';
import type { Milliseconds } from '../trace/execution.ts';
import type { ExecutionRows, HeadsOf } from './executionRows.ts';
import type { DatedHead } from './readRows.ts';
import {
  type Carried,
  type Flight,
  flightOf,
  type Flown,
  packFlight,
  sameCarried,
  unpackFlight,
} from './flight.ts';
import type { HistoryFile } from './historyFile.ts';
import { hourMs } from '../base/zone.ts';
import { hourOf } from './hours.ts';
import { bytesOf } from './sqlite.ts';

/** What was in flight in an hour of a span, or in the part of it that lies in the span. */
export interface HourOfFlight {
  readonly atMs: Milliseconds;
  readonly flight: Flight;
  /** Each change, where it was counted anew. */
  readonly changes: readonly InFlight[] | null;
}

/** What has to be counted anew for an answer. */
export interface Recount {
  /** Hours that changed since. */
  readonly dirty: ReadonlySet<Milliseconds>;
  /** Not in the file. */
  readonly others: readonly Flown[];
  /** What began before is gone from the file. */
  readonly floorMs: Milliseconds;
  /** Each change is wanted, of these flows alone; null: hours are enough. */
  readonly fine: ((of: DatedHead) => boolean) | null;
  readonly headsOf: HeadsOf;
}

const nothing: Flight = {
  all: { most: 0, mostAtMs: 0, weighed: 0, busyMs: 0 },
  ...{ flows: new Map(), carried: [] },
};

/** What was in flight at once, by hours: to count it takes all that began before and goes on. */
export class FlightRows {
  private readonly file: HistoryFile;
  private readonly executions: ExecutionRows;

  constructor(file: HistoryFile, executions: ExecutionRows) {
    this.file = file;
    this.executions = executions;
  }

  /** An hour changed: it is counted anew, and those behind it as far as other executions go on into them. */
  remake(hour: Milliseconds): void {
    let carried = this.stored(hour - hourMs)?.carried ?? [];
    for (let at = hour; ; at += hourMs) {
      const before = this.stored(at)?.carried ?? [];
      const flight = flightOf(
        flownOf(this.executions.heads(at, at + hourMs)),
        carried,
        at,
        at + hourMs,
      );
      this.save(at, flight);
      ({ carried } = flight);
      if (sameCarried(before, carried)) return;
    }
  }

  /** By hours what was in flight of those that began in a span. */
  *within(span: Span, recount: Recount): Generator<HourOfFlight> {
    const { fromMs, toMs } = span;
    const stored = this.storedWithin(hourOf(fromMs), toMs);
    const others = othersByHour(recount.others, span);
    const hours = hoursOf(span, [stored.keys(), recount.dirty, others.keys()]);
    let carried: readonly Carried[] = [];
    // Those that began before are none of them.
    let isOther = true;
    for (let place = 0; place < hours.length; place++) {
      const atMs = hours[place] ?? 0;
      const known = stored.get(atMs);
      const isWhole = atMs >= fromMs && atMs + hourMs <= toMs && recount.fine === null;
      const isSame = !isOther && isWhole && !recount.dirty.has(atMs) && !others.has(atMs);
      if (isSame || atMs < recount.floorMs) {
        carried = known?.carried ?? [];
        isOther = false;
        yield { atMs, flight: known ?? nothing, changes: null };
      } else {
        const [from, to] = [Math.max(atMs, fromMs), Math.min(atMs + hourMs, toMs)];
        const flown = flownOf(recount.headsOf(from, to), recount.fine);
        const runs = [...flown, ...(others.get(atMs) ?? [])];
        const changes: InFlight[] = [];
        const flight = flightOf(runs, carried, from, to, changes);
        ({ carried } = flight);
        isOther = !sameCarried(carried, known?.carried ?? []);
        yield { atMs, flight, changes };
      }
      const next = atMs + hourMs;
      if (carried.length > 0 && next < toMs && hours[place + 1] !== next)
        hours.splice(place + 1, 0, next);
    }
    // What goes on beyond the end.
    const flight = flightOf([], carried, toMs, Number.MAX_SAFE_INTEGER);
    if (carried.length > 0) yield { atMs: toMs, flight, changes: [] };
  }

  deleteSome(beforeMs: Milliseconds, most: number): number | bigint {
    const some = 'SELECT at FROM flight WHERE at < ? LIMIT ?';
    return this.file.sql(`DELETE FROM flight WHERE at IN (${some})`).run(beforeMs, most).changes;
  }

  private stored(atMs: Milliseconds): Flight | undefined {
    const row = this.file.sql('SELECT body FROM flight WHERE at = ?').get(atMs);
    return row && unpackFlight(bytesOf(row), atMs, this.file.texts);
  }

  private storedWithin(fromMs: Milliseconds, toMs: Milliseconds): Map<Milliseconds, Flight> {
    const found = new Map<Milliseconds, Flight>();
    const select = 'SELECT at, body FROM flight WHERE at >= ? AND at < ? ORDER BY at';
    for (const row of this.file.sql(select).iterate(fromMs, toMs)) {
      const atMs = Number(row['at']);
      found.set(atMs, unpackFlight(bytesOf(row), atMs, this.file.texts));
    }
    return found;
  }

  private save(atMs: Milliseconds, flight: Flight): void {
    if (flight.flows.size === 0) {
      this.file.sql('DELETE FROM flight WHERE at = ?').run(atMs);
      return;
    }
    const body = packFlight(flight, atMs, this.file.texts);
    this.file.sql('INSERT OR REPLACE INTO flight VALUES (?, ?)').run(atMs, body);
  }
}

function flownOf(heads: Iterable<DatedHead>, isIn: Recount['fine'] = null): Flown[] {
  const runs: Flown[] = [];
  for (const head of heads) {
    const { beginMs, durationMs, flow, outcome } = head;
    if (durationMs === null || !isRun(head) || isIn?.(head) === false) continue;
    runs.push({ beginMs, endMs: beginMs + durationMs, flow, isGood: outcome === 'succeeded' });
  }
  return runs;
}

function othersByHour(others: readonly Flown[], { fromMs, toMs }: Span) {
  const byHour = new Map<Milliseconds, Flown[]>();
  for (const run of others) {
    if (run.beginMs < fromMs || run.beginMs >= toMs) continue;
    const hour = hourOf(run.beginMs);
    const known = byHour.get(hour);
    if (known === undefined) byHour.set(hour, [run]);
    else known.push(run);
  }
  return byHour;
}

/** In order those in which anything is, and the first and the last. */
function hoursOf({ fromMs, toMs }: Span, all: readonly Iterable<Milliseconds>[]): Milliseconds[] {
  const first = hourOf(fromMs);
  const hours = new Set([first, hourOf(toMs - 1)]);
  for (const some of all) {
    for (const hour of some) if (hour >= first && hour < toMs) hours.add(hour);
  }
  return [...hours].sort((a, b) => a - b);
}
