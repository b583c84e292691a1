import { flowOf } from '../analysis/asPast.ts';
import type { MinutesByHand } from '../analysis/minutesByHand.ts';
import type { Past, PastQuestion } from '../analysis/past.ts';
import type { PastExecution } from '../analysis/pastExecution.ts';
import type { Base, NumbersAsk, PastNumbers } from '../analysis/pastNumbers.ts';
import { basesOf, type KnownTime, partsOf, type Span, spanOf } from '../analysis/spans.ts';
import { type Zone, zoneOf } from '../base/zone.ts';
import type { Clock } from '../base/clock.ts';
import { inTurns } from '../base/steps.ts';
import type { Scope } from '../protocol/list.ts';
import { mostNumberRows, type NumbersAnswer, type NumbersQuery } from '../protocol/numbers.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { ExecutionKey, Milliseconds } from '../trace/execution.ts';
import type { ListView } from './listView.ts';
import { flowsOfScope } from './pastScope.ts';

/** The window in memory. */
export interface WindowNumbers extends Past {
  /** How many of those that were given last will tell more when they are asked for again. */
  readonly pending: number;
  /** Those of a span that the history doesn't have; of what began before `floorMs` it may have totals alone. */
  others(span: Span, floorMs: Milliseconds): Promise<readonly PastExecution[]>;
  /** Those that go on and began in none of these times. */
  running(apart: readonly Span[]): readonly PastExecution[];
}

/** The history on disk. */
export interface KeptNumbers {
  /** Grows with each change. */
  readonly revision: number;
  /** Since when it knows of executions, and since when of each; null where it can't be asked. */
  readonly known: { readonly sinceMs: Milliseconds | null; readonly floorMs: Milliseconds } | null;
  /** Null where it can't answer. */
  numbers(question: PastQuestion): Promise<PastNumbers | null>;
}

/** What numbers are made of. */
export interface NumbersViewWorld {
  readonly window: WindowNumbers;
  readonly kept: KeptNumbers;
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

/** What counts is a bundle of its own: nobody needs it who looks at no numbers. */
const counting = () => import('../analysis/pastNumbers.ts');

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
    const { window, kept, reportsProgress } = this.world;
    const { byHandRevision } = this;
    const revisions = [window.revision, kept.revision, byHandRevision];
    return [...revisions, this.nowMs(), reportsProgress()].map(String).join(' ');
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
    const { sinceMs } = this;
    const ask = this.asked(query);
    const { numbers, pending } =
      (await this.byHistory(query.scope, ask)) ?? (await this.byWindow(query.scope, ask));
    const nowMs = this.world.clock.now();
    const newest = this.newestOf(numbers);
    return { ...numbers, query, span: ask.span, nowMs, sinceMs, pending, newest };
  }

  private newestOf({ nodes, durations, errors }: PastNumbers): NumbersAnswer['newest'] {
    const rows = [...nodes.rows, ...durations.nodes, ...errors.nodes];
    const wanted = new Set(rows.map(({ flow }) => flow));
    const newest: { flow: string; key: ExecutionKey }[] = [];
    const { listed } = this.world.store;
    for (let at = listed.length - 1; at >= 0 && wanted.size > 0; at--) {
      const summary = listed[at]?.summary;
      if (summary === undefined || !wanted.delete(flowOf(summary))) continue;
      newest.push({ flow: flowOf(summary), key: summary.key });
    }
    return newest;
  }

  /** The begin of the earliest that is known. */
  private get sinceMs(): Milliseconds | null {
    const { window, kept } = this.world;
    const known = [window.sinceMs, kept.known?.sinceMs ?? null].filter((ms) => ms !== null);
    return known.length === 0 ? null : Math.min(...known);
  }

  private asked({ range, timeZone, own, only }: NumbersQuery): NumbersAsk {
    const { sinceMs } = this;
    const zone = this.zoneOf(timeZone);
    const known = this.known(zone, own);
    const span = spanOf(range, known);
    const today = spanOf('today', known);
    const isKnown = ({ span: { fromMs } }: Base) => sinceMs !== null && sinceMs <= fromMs;
    return {
      ...{ span, today, timeZone, only: only ?? null, minutesByHand: this.byHand },
      bases: basesOf(range, span).filter(isKnown),
      basesOfToday: basesOf('today', today).filter(isKnown),
      hoursOfToday: partsOf('today', today, zone),
      parts: partsOf(range, span, zone),
      reportsProgress: this.world.reportsProgress(),
      mostRows: mostNumberRows,
    };
  }

  private known(zone: Zone, own: NumbersQuery['own']): KnownTime {
    const { store, isLive } = this.world;
    const lastMs = store.listed.at(-1)?.sortMs ?? null;
    return { nowMs: this.nowMs(), zone, firstMs: this.sinceMs, lastMs, isLive: isLive(), own };
  }

  /** What is on disk is counted there; from here goes what it doesn't have. */
  private async byHistory(scope: Scope, ask: NumbersAsk) {
    const { kept, window, list } = this.world;
    const { known } = kept;
    if (known === null) return null;
    const flows = scope.kind === 'all' ? null : [...flowsOfScope(list, scope)];
    const isIn = this.isInScope(scope);
    const { spansOf } = await counting();
    const spans = spansOf(ask);
    const others: PastExecution[] = window.running(spans).filter(isIn);
    let pending = 0;
    for (const span of spans) {
      others.push(...(await window.others(span, known.floorMs)).filter(isIn));
      pending += window.pending;
    }
    const numbers = await kept.numbers({ ask, flows, others });
    return numbers === null ? null : { numbers, pending };
  }

  /** Where there is no history, what is in memory is all that is known. */
  private async byWindow(scope: Scope, ask: NumbersAsk) {
    const { window, turn } = this.world;
    const isIn = this.isInScope(scope);
    const { numbersOf, spansOf } = await counting();
    const spans = spansOf(ask);
    const executions: PastExecution[] = window.running(spans).filter(isIn);
    let pending = 0;
    for (const { fromMs, toMs } of spans) {
      executions.push(...(await window.between(fromMs, toMs, mostExecutions)).filter(isIn));
      pending += window.pending;
    }
    // One after the other: what is asked of the engine meanwhile has its turn between them.
    return { numbers: await inTurns(numbersOf(executions, ask), turn), pending };
  }

  /** Of what left memory nothing but the flow is known. */
  private isInScope(scope: Scope): (past: PastExecution) => boolean {
    if (scope.kind === 'all') return () => true;
    const { list, store } = this.world;
    const keys = new Set(list.ofScope(scope).map(({ summary }) => summary.key));
    const flows = flowsOfScope(list, scope);
    return ({ key, flow }) => keys.has(key) || (store.get(key) === undefined && flows.has(flow));
  }

  private nowMs(): Milliseconds {
    return Math.ceil(this.world.clock.now() / clockStepMs) * clockStepMs;
  }

  private zoneOf(name: string): Zone {
    if (this.zone?.name !== name) this.zone = { name, zone: zoneOf(name) };
    return this.zone.zone;
  }
}
