import { type Concurrency, concurrencyOf } from '../analysis/concurrency.ts';
import { distributionOf } from '../analysis/distribution.ts';
import { durationsOf } from '../analysis/durations.ts';
import { errorRatesOf } from '../analysis/errorRates.ts';
import { leastRuns } from '../analysis/increase.ts';
import { type MinutesByHand, minutesOf } from '../analysis/minutesByHand.ts';
import { withCourses } from '../analysis/nodeCourses.ts';
import { overTime } from '../analysis/overTime.ts';
import type { Past } from '../analysis/past.ts';
import type { PastExecution } from '../analysis/pastExecution.ts';
import { resourcesOf } from '../analysis/resources.ts';
import { type FiguresWorld, isRun, sixFigures } from '../analysis/sixFigures.ts';
import { basesOf, type KnownTime, partsOf, type Span, spanOf } from '../analysis/spans.ts';
import { causeCounts, codeCounts, flowNumbers, nodeNumbers } from '../analysis/tables.ts';
import { hourOfDay, type Zone, zoneOf } from '../analysis/zone.ts';
import type { Clock } from '../base/clock.ts';
import type { Scope } from '../protocol/list.ts';
import {
  mostNumberRows,
  type InFlightPart,
  type NarrowingChoices,
  type NumbersAnswer,
  type NumbersBase,
  type NumbersQuery,
  type Ranked,
} from '../protocol/numbers.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { Milliseconds } from '../trace/execution.ts';
import type { ListView } from './listView.ts';
import { flowsOfScope } from './pastScope.ts';

/** What numbers are made of. */
export interface NumbersViewWorld {
  readonly past: Past;
  /** How many of those that were given last will tell more when they are asked for again. */
  readonly pending: () => number;
  readonly store: ExecutionStore;
  readonly list: Pick<ListView, 'ofScope'>;
  readonly clock: Clock;
  readonly turn: () => Promise<void>;
  /** More executions may come at any time. */
  readonly isLive: () => boolean;
  /** The source has told of executions before they ended. */
  readonly reportsProgress: () => boolean;
}

/** As exactly as people read “the last hour”. */
const clockStepMs = 60_000;
/** What the store keeps at most. */
const mostExecutions = 50_000;

/** What ran in a time, in numbers. */
export class NumbersView {
  private readonly world: NumbersViewWorld;
  /** The few zones that readers have. */
  private zone: { readonly name: string; readonly zone: Zone } | undefined;
  private byHand: MinutesByHand = {};
  /** Grows with what is said of work by hand. */
  private byHandRevision = 0;

  constructor(world: NumbersViewWorld) {
    this.world = world;
  }

  /** What an answer is made of, for one who has it. */
  stamp(): string {
    const { past, reportsProgress } = this.world;
    const { byHandRevision } = this;
    return [past.revision, this.nowMs(), reportsProgress(), byHandRevision].map(String).join(' ');
  }

  /** How long runs take by hand; false where that is no news. */
  setMinutesByHand(said: MinutesByHand): boolean {
    if (JSON.stringify(said) === JSON.stringify(this.byHand)) return false;
    this.byHand = said;
    this.byHandRevision++;
    return true;
  }

  /** Rejects where the past can't be read. */
  async answer(query: NumbersQuery): Promise<NumbersAnswer> {
    const zone = this.zoneOf(query.timeZone);
    const { sinceMs } = this.world.past;
    const known = this.known(zone, query.own);
    const span = spanOf(query.range, known);
    const today = spanOf('today', known);
    const isKnown = ({ span: { fromMs } }: Base) => sinceMs !== null && sinceMs <= fromMs;
    const bases = basesOf(query.range, span).filter(isKnown);
    const basesOfToday = basesOf('today', today).filter(isKnown);
    const spans = [span, today, ...[...bases, ...basesOfToday].map((base) => base.span)];
    const { executions: ofScope, pending } = await this.executionsOf(query.scope, spans);
    const executions = ofScope.filter(narrowedTo(query));
    const found = within(executions, span);
    const runs = found.filter(isRun);
    const world = this.figuresWorld(today);
    return {
      ...{ query, span, sinceMs, runs: runs.length, pending },
      choices: choicesIn(within(ofScope, span).filter(isRun)),
      withoutNodes: runs.filter(({ isSummary }) => isSummary === true).length,
      figures: {
        ...sixFigures(found, world),
        // Of now, whatever time is asked about.
        today: sixFigures(within(executions, today), world).today,
        running: sixFigures(executions, world).running,
      },
      base: basedOn(bases, executions, world),
      today: {
        base: basedOn(basesOfToday, executions, world),
        runs: partsOf('today', today, zone).map(
          (hour) => within(executions, hour).filter(isRun).length,
        ),
      },
      ...(await this.charts(query, span, runs, zone)),
    };
  }

  private known(zone: Zone, own: NumbersQuery['own']): KnownTime {
    const { past, store, isLive } = this.world;
    const lastMs = store.listed.at(-1)?.sortMs ?? null;
    const { sinceMs: firstMs } = past;
    return { nowMs: this.nowMs(), zone, firstMs, lastMs, isLive: isLive(), own };
  }

  /** Those of a scope that began in any of the spans, each once, in order. */
  private async executionsOf(
    scope: Scope,
    spans: readonly Span[],
  ): Promise<{ readonly executions: readonly PastExecution[]; readonly pending: number }> {
    const { past, pending } = this.world;
    const found: PastExecution[] = [];
    let left = 0;
    for (const { fromMs, toMs } of joined(spans)) {
      found.push(...(await past.between(fromMs, toMs, mostExecutions)));
      left += pending();
    }
    const isIn = this.isInScope(scope);
    return { executions: found.filter(isIn), pending: left };
  }

  /** Of what left memory nothing but the flow is known. */
  private isInScope(scope: Scope): (past: PastExecution) => boolean {
    if (scope.kind === 'all') return () => true;
    const { list, store } = this.world;
    const keys = new Set(list.ofScope(scope).map(({ summary }) => summary.key));
    const flows = flowsOfScope(list, scope);
    return ({ key, flow }) => keys.has(key) || (store.get(key) === undefined && flows.has(flow));
  }

  /** One after the other: what is asked of the engine meanwhile has its turn between them. */
  private async charts(
    query: NumbersQuery,
    span: Span,
    runs: readonly PastExecution[],
    zone: Zone,
  ) {
    const { turn } = this.world;
    const parts = partsOf(query.range, span, zone);
    const durations = durationsOf(runs);
    await turn();
    const nodes = nodeNumbers(runs, durations);
    await turn();
    const errors = errorRatesOf(runs);
    await turn();
    const resources = resourcesOf(runs);
    await turn();
    const concurrency = concurrencyOf(runs, (atMs) => hourOfDay(atMs, zone));
    await turn();
    return {
      parts: overTime(runs, parts),
      inFlight: mostInParts(concurrency.inFlight, parts),
      distribution: distributionOf(runs),
      causes: ranked(causeCounts(runs)),
      codes: ranked(codeCounts(runs)),
      flows: ranked(flowNumbers(runs, durations)),
      nodes: { rows: withCourses(first(nodes), runs, span), total: nodes.length },
      durations: { flows: first(durations.flows), nodes: first(durations.nodes) },
      errors: { ...errors, nodes: first(errors.nodes), codes: first(errors.codes) },
      resources: { ...resources, flows: first(resources.flows), nodes: first(resources.nodes) },
      concurrency: { ...concurrency, inFlight: [], flows: first(concurrency.flows) },
    };
  }

  private figuresWorld(today: Span): FiguresWorld {
    return {
      isToday: (atMs) => atMs >= today.fromMs && atMs < today.toMs,
      reportsProgress: this.world.reportsProgress(),
      minutesByHand: (flow, name) => minutesOf(this.byHand, flow, name),
    };
  }

  private nowMs(): Milliseconds {
    return Math.ceil(this.world.clock.now() / clockStepMs) * clockStepMs;
  }

  private zoneOf(name: string): Zone {
    if (this.zone?.name !== name) this.zone = { name, zone: zoneOf(name) };
    return this.zone.zone;
  }
}

function narrowedTo({ only }: NumbersQuery): (past: PastExecution) => boolean {
  switch (only?.kind) {
    case undefined:
      return () => true;
    case 'flow':
      return ({ flow }) => flow === only.flow;
    case 'service':
      return ({ kind }) => kind === only.of;
  }
}

/** The flows that ran last. */
function choicesIn(runs: readonly PastExecution[]): NarrowingChoices {
  const flows = new Map(runs.map(({ flow, name }) => [flow, { flow, name }]));
  const services = [...new Set(runs.map(({ kind }) => kind))].sort();
  return { flows: [...flows.values()].slice(-mostNumberRows), services };
}

type Base = ReturnType<typeof basesOf>[number];

/** The first in which enough ran: with too few a change says nothing. */
function basedOn(
  bases: readonly Base[],
  executions: readonly PastExecution[],
  world: FiguresWorld,
): NumbersBase | null {
  for (const base of bases) {
    // Of the day that it is compared with, they are those of that day.
    const figures = sixFigures(within(executions, base.span), { ...world, isToday: () => true });
    const ended = figures.succeeded + figures.failed + figures.cutOff;
    if (ended >= leastRuns) return { ...base, figures };
  }
  return null;
}

function within(executions: readonly PastExecution[], { fromMs, toMs }: Span): PastExecution[] {
  return executions.filter(
    ({ beginMs }) => beginMs !== null && beginMs >= fromMs && beginMs < toMs,
  );
}

/** In order, what overlaps as one. */
function joined(spans: readonly Span[]): readonly Span[] {
  const inOrder = [...spans].sort((a, b) => a.fromMs - b.fromMs);
  const found: Span[] = [];
  for (const span of inOrder) {
    const last = found.at(-1);
    if (last === undefined || span.fromMs > last.toMs) found.push(span);
    else found.splice(-1, 1, { ...last, toMs: Math.max(last.toMs, span.toMs) });
  }
  return found;
}

function mostInParts(
  changes: Concurrency['inFlight'],
  parts: readonly Span[],
): readonly InFlightPart[] {
  let [at, count] = [0, 0];
  return parts.map(({ fromMs, toMs }) => {
    let change = changes[at];
    for (; change !== undefined && change.atMs <= fromMs; change = changes[++at])
      ({ count } = change);
    let most = count;
    for (; change !== undefined && change.atMs < toMs; change = changes[++at]) {
      ({ count } = change);
      most = Math.max(most, count);
    }
    return { fromMs, toMs, most };
  });
}

function first<Row>(rows: readonly Row[]): readonly Row[] {
  return rows.slice(0, mostNumberRows);
}

function ranked<Row>(rows: readonly Row[]): Ranked<Row> {
  return { rows: first(rows), total: rows.length };
}
