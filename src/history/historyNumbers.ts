import { groupsOf } from '../analysis/groups.ts';
import { spreadOf } from '../analysis/increase.ts';
import type { TimePart } from '../analysis/overTime.ts';
import type { PastQuestion } from '../analysis/past.ts';
import type { PastExecution } from '../analysis/pastExecution.ts';
import {
  basedOn,
  joinedSpans,
  type NumbersAsk,
  numbersOf,
  type PastNumbers,
  shortened,
} from '../analysis/pastNumbers.ts';
import { isRun } from '../analysis/sixFigures.ts';
import { partAt, type Span } from '../analysis/spans.ts';
import { type Zone, zoneOf } from '../analysis/zone.ts';
import { isToolCall, type Milliseconds } from '../trace/execution.ts';
import { addAmount, spreadOfAmounts } from './amounts.ts';
import { concurrencyOfFlights } from './concurrencyOfFlights.ts';
import { errorsOfTotals } from './errorsOfTotals.ts';
import type { DatedHead } from './executionRows.ts';
import type { Flown } from './flight.ts';
import type { HistoryStore } from './historyStore.ts';
import { dayOf, hourMs, hourOf, nextDay, zoneNow } from './hours.ts';
import {
  causeCountsOf,
  codeCountsOf,
  distributionOfTotals,
  durationsOfTotals,
  figuresOf,
  flowNumbersOf,
  nodeNumbersOf,
  resourcesOfTotals,
  runsIn,
} from './numbersOfTotals.ts';
import { PastTotals } from './pastTotals.ts';
import { emptyRollup, type Names, rollUp, type Rollup } from './rollup.ts';
import { addPacked } from './rollupBytes.ts';
import type { Level } from './rollupRows.ts';

/** So few are counted one by one, with exact percentiles: some 80 ms. */
const mostExact = 2_000;
/** Of the latest it is seen which nodes fail and pass by turns. */
const mostLatest = 500;

/** A part of a span, and by what it is counted. */
type Piece = Span & { readonly by: 'rows' | Level };

/** Numbers of what is in the history, and beside it. */
export class HistoryNumbers {
  private readonly store: HistoryStore;
  private readonly exactly: number;
  /** The one of the reader: to look up what its clocks show takes a while. */
  private zone: { readonly name: string; readonly zone: Zone } | undefined;

  constructor(store: HistoryStore, exactly = mostExact) {
    this.store = store;
    this.exactly = exactly;
  }

  /** What page asks for: by each execution where there are few, else by what was rolled up. */
  answer(question: PastQuestion): PastNumbers {
    return this.store.file.read(() => {
      const { ask } = question;
      const { floorMs } = this.store.file.state();
      const others = question.others.filter((other) => this.isNew(other, floorMs));
      const spans = joinedSpans([
        ask.span,
        ask.today,
        ...(ask.base === null ? [] : [ask.base.span]),
      ]);
      const isKept =
        spans.every(({ fromMs }) => fromMs >= floorMs) || this.hasNoRollupsBefore(floorMs);
      const count = spans.reduce(
        (sum, { fromMs, toMs }) =>
          sum + this.store.executions.count(fromMs, toMs, this.exactly + 1),
        0,
      );
      return isKept && count + others.length <= this.exactly
        ? this.exact({ ...question, others }, spans)
        : new RolledUpNumbers(
            this.store,
            { ...question, others },
            floorMs,
            this.zoneOf(ask.timeZone),
          ).answer();
    });
  }

  private exact({ ask, flows, others }: PastQuestion, spans: readonly Span[]): PastNumbers {
    const isIn = flows === null ? () => true : isOneOf(new Set(flows));
    const executions = [...others];
    for (const { fromMs, toMs } of spans) {
      for (const execution of this.store.executions.executions(fromMs, toMs)) {
        if (isIn(execution)) executions.push(execution);
      }
    }
    executions.sort((a, b) => (a.beginMs ?? 0) - (b.beginMs ?? 0));
    const steps = numbersOf(executions, ask);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    return step.value;
  }

  /** What began before all that is kept one by one was counted before it left, if it ever was here. */
  private isNew(other: PastExecution, floorMs: Milliseconds): boolean {
    const { executions, rolledUp } = this.store;
    if (other.beginMs === null) return false;
    if (other.beginMs < floorMs) return !rolledUp.has(other.flow, other.beginMs);
    return !executions.has(other);
  }

  private zoneOf(name: string): Zone {
    if (this.zone?.name !== name) this.zone = { name, zone: zoneOf(name) };
    return this.zone.zone;
  }

  private hasNoRollupsBefore(floorMs: Milliseconds): boolean {
    const oldest = this.store.rolledUp.oldest('day');
    return oldest === null || oldest >= dayOf(floorMs);
  }
}

function isOneOf(flows: ReadonlySet<string>) {
  return ({ flow }: { readonly flow: string }) => flows.has(flow);
}

/** One answer out of what was rolled up, and the rows at the ends of its time. */
class RolledUpNumbers {
  private readonly store: HistoryStore;
  private readonly ask: NumbersAsk;
  private readonly flows: ReadonlySet<string> | null;
  private readonly isIn: (of: { readonly flow: string }) => boolean;
  private readonly others: readonly PastExecution[];
  private readonly floorMs: Milliseconds;
  private readonly zone: Zone;
  private readonly dirty: ReadonlySet<Milliseconds>;
  private readonly dirtyDays: ReadonlySet<Milliseconds>;
  /** Before it nothing is known by hours. */
  private readonly hourlyMs: Milliseconds;
  /** Before it nothing is known at all. */
  private readonly sinceMs: Milliseconds;
  /** The days of the file are those of now. */
  private readonly isOfZone: boolean;

  constructor(store: HistoryStore, question: PastQuestion, floorMs: Milliseconds, zone: Zone) {
    this.zone = zone;
    this.store = store;
    this.ask = question.ask;
    this.flows = question.flows === null ? null : new Set(question.flows);
    this.isIn = this.flows === null ? () => true : isOneOf(this.flows);
    this.others = question.others;
    this.floorMs = floorMs;
    this.dirty = new Set(store.rolledUp.dirtyHours());
    this.dirtyDays = new Set([...this.dirty].map(dayOf));
    this.hourlyMs = store.rolledUp.oldest('hour') ?? Infinity;
    this.sinceMs = dayOf(Math.min(store.sinceMs ?? 0, store.executions.sinceMs ?? Infinity));
    this.isOfZone = store.file.state().zone === zoneNow();
  }

  answer(): PastNumbers {
    const { ask, others } = this;
    const totals = this.totals();
    const durations = durationsOfTotals(totals);
    const { concurrency, inFlight } = this.concurrency(totals);
    const own = emptyRollup(null);
    for (const { total } of totals.flows.values()) {
      for (const [word, times] of total.outcomes) {
        own.outcomes.set(word, (own.outcomes.get(word) ?? 0) + times);
      }
      own.succeeded.total += total.succeeded.total;
    }
    return shortened(
      {
        runs: runsIn(own.outcomes),
        withoutNodes: [...totals.flows.values()].reduce(
          (sum, { total }) => sum + (total.flow?.summaries ?? 0),
          0,
        ),
        figures: {
          ...figuresOf(own.outcomes, own.succeeded.total),
          today: runsIn(this.headsOf(ask.today).outcomes),
          running: ask.reportsProgress
            ? others.filter((one) => one.outcome === 'running' && isRun(one)).length
            : null,
        },
        base: basedOn(ask.base, ask.base && this.figuresOf(ask.base.span)),
        ...{ parts: this.parts(), inFlight, concurrency, durations },
        distribution: distributionOfTotals(totals),
        ...{ causes: causeCountsOf(totals), codes: codeCountsOf(totals) },
        flows: flowNumbersOf(totals, durations),
        nodes: nodeNumbersOf(totals, durations),
        errors: errorsOfTotals(totals, this.latest()),
        resources: resourcesOfTotals(totals),
      },
      ask.mostRows,
    );
  }

  /** Of all flows and nodes, over the span that is asked about. */
  private totals(): PastTotals {
    const { store, ask } = this;
    const totals = new PastTotals(store.rolledUp.names());
    for (const piece of this.cover(ask.span)) {
      if (piece.by === 'rows') this.addRows(totals, piece);
      else {
        const { by, fromMs, toMs } = piece;
        for (const row of store.rolledUp.packed(by, fromMs, toMs, this.isIn)) totals.addPacked(row);
      }
    }
    const names: Names = totals.names;
    for (const [atMs, some] of byHour(within(this.others, ask.span))) {
      totals.addRolledUp(atMs, rollUp(some, names));
    }
    return totals;
  }

  private addRows(totals: PastTotals, { fromMs, toMs }: Span): void {
    const { isIn, store } = this;
    const executions = function* () {
      for (const execution of store.executions.executions(fromMs, toMs)) {
        if (isIn(execution)) yield execution;
      }
    };
    totals.addRolledUp(fromMs, rollUp(executions(), totals.names));
  }

  /** How executions of a span ended, and how long successful ones took. */
  private headsOf(span: Span): Rollup {
    const into = emptyRollup(null);
    for (const piece of this.cover(span)) {
      if (piece.by === 'rows') {
        for (const head of this.store.executions.heads(piece.fromMs, piece.toMs)) {
          if (this.isIn(head)) addHead(into, head);
        }
        continue;
      }
      const { by, fromMs, toMs } = piece;
      for (const own of this.store.rolledUp.packedFlows(by, fromMs, toMs, this.isIn)) {
        addPacked(into, own, 'outcomes');
      }
    }
    for (const other of within(this.others, span)) addHead(into, other);
    return into;
  }

  private figuresOf(span: Span) {
    const { outcomes, succeeded } = this.headsOf(span);
    return { ...figuresOf(outcomes, succeeded.total), today: 0, running: null };
  }

  private parts(): readonly TimePart[] {
    const { parts } = this.ask;
    if (!this.isFine) return parts.map((part) => partOf(part, this.headsOf(part)));
    const rollups = parts.map(() => emptyRollup(null));
    const durations = parts.map((): number[] => []);
    const add = (head: Pick<DatedHead, 'kind' | 'outcome' | 'durationMs'>, atMs: number) => {
      const place = partAt(parts, atMs);
      const rollup = rollups[place];
      if (rollup === undefined) return;
      addHead(rollup, head);
      if (head.outcome === 'succeeded' && head.durationMs !== null && isRun(head))
        durations[place]?.push(head.durationMs);
    };
    const { fromMs, toMs } = this.ask.span;
    for (const head of this.store.executions.heads(fromMs, toMs)) {
      if (this.isIn(head)) add(head, head.beginMs);
    }
    for (const other of within(this.others, this.ask.span)) add(other, other.beginMs ?? 0);
    return parts.map((part, place) => {
      const { count, p50, p95 } = spreadOf(durations[place] ?? []);
      const told = partOf(part, rollups[place] ?? emptyRollup(null));
      return count === 0 ? told : { ...told, p50Ms: p50, p95Ms: p95 };
    });
  }

  private concurrency(totals: PastTotals) {
    const { ask, flows } = this;
    const others = this.others.flatMap((other): Flown[] => {
      const { beginMs, durationMs, flow, outcome } = other;
      if (beginMs === null || durationMs === null || !isRun(other)) return [];
      return [{ beginMs, endMs: beginMs + durationMs, flow, isGood: outcome === 'succeeded' }];
    });
    const recount = {
      ...{ dirty: this.dirty, others },
      floorMs: this.floorMs,
      isFine: this.isFine,
    };
    return concurrencyOfFlights([...this.store.flights.within(ask.span, recount)], {
      ...{ parts: ask.parts, zone: this.zone, flows },
      nameOf: (flow) => totals.nameOf(flow),
      runsOf: (flow) => runsIn(totals.flows.get(flow)?.total.outcomes ?? new Map()),
    });
  }

  private latest(): readonly PastExecution[] {
    const { fromMs, toMs } = this.ask.span;
    const kept = this.store.executions.between(fromMs, toMs, mostLatest);
    const all = [...kept.map(({ execution }) => execution), ...within(this.others, this.ask.span)];
    return all.filter((execution) => this.isIn(execution) && isRun(execution));
  }

  /** Parts that are shorter than hours are counted by rows: of a day at most. */
  private get isFine(): boolean {
    const { parts, span } = this.ask;
    const isShort = span.toMs - span.fromMs <= 26 * hourMs && span.fromMs >= this.floorMs;
    // The first and the last are cut off by the span.
    const inner = parts.slice(1);
    return isShort && inner.some(({ fromMs }) => fromMs !== hourOf(fromMs));
  }

  /** Whole days, whole hours, and rows at the ends: of what is gone an hour or a day is all in or all out. */
  private cover({ fromMs, toMs }: Span): readonly Piece[] {
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

function within(others: readonly PastExecution[], { fromMs, toMs }: Span): PastExecution[] {
  return others.filter(({ beginMs }) => beginMs !== null && beginMs >= fromMs && beginMs < toMs);
}

function byHour(others: readonly PastExecution[]): ReadonlyMap<Milliseconds, PastExecution[]> {
  return groupsOf(others, ({ beginMs }) => hourOf(beginMs ?? 0));
}

function addHead(
  into: Rollup,
  { kind, outcome, durationMs }: Pick<DatedHead, 'kind' | 'outcome' | 'durationMs'>,
): void {
  const word = isRun({ kind }) ? outcome : isToolCall(kind) ? 'toolCall' : 'build';
  into.outcomes.set(word, (into.outcomes.get(word) ?? 0) + 1);
  if (word === 'succeeded' && durationMs !== null) addAmount(into.succeeded, durationMs);
}

function partOf({ fromMs, toMs }: Span, { outcomes, succeeded }: Rollup): TimePart {
  const { count, p50, p95, total } = spreadOfAmounts(succeeded);
  const figures = figuresOf(outcomes, 0);
  const known = figures.succeeded + figures.failed + figures.cutOff;
  return {
    ...{ fromMs, toMs, succeeded: figures.succeeded, failed: figures.failed },
    ...{ cutOff: figures.cutOff, open: runsIn(outcomes) - known, measured: count },
    ...(count === 0 ? { p50Ms: null, p95Ms: null } : { p50Ms: p50, p95Ms: p95 }),
    durationMs: total,
  };
}
