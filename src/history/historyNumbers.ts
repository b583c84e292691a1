import type { PastQuestion } from '../analysis/past.ts';
import type { PastExecution } from '../analysis/pastExecution.ts';
import { numbersOf, type PastNumbers, spansOf } from '../analysis/pastNumbers.ts';
import type { Span } from '../analysis/spans.ts';
import { type Zone, zoneOf } from '../base/zone.ts';
import { inOneGo } from '../base/steps.ts';
import type { Milliseconds } from '../trace/execution.ts';
import type { HistoryStore } from './historyStore.ts';
import { dayOf } from './hours.ts';
import { RolledUpNumbers } from './rolledUpNumbers.ts';

/** So few are counted one by one, with exact percentiles: some 80 ms. */
const mostExact = 2_000;

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

  /** What the page asks for: by each execution where there are few, else by what was rolled up. */
  answer(question: PastQuestion): PastNumbers {
    return this.store.file.read(() => {
      const { ask } = question;
      this.store.rolledUp.refresh();
      const { floorMs } = this.store;
      const others = question.others.filter((other) => this.isNew(other, floorMs));
      const spans = spansOf(ask);
      return this.areFew(spans, others.length, floorMs)
        ? this.exact({ ...question, others }, spans)
        : new RolledUpNumbers(
            this.store,
            { ...question, others },
            this.zoneOf(ask.timeZone),
          ).answer();
    });
  }

  /** Few, and each is there. */
  private areFew(spans: readonly Span[], others: number, floorMs: Milliseconds): boolean {
    const oldest = this.store.rolledUp.oldest('day');
    const isAllThere = oldest === null || oldest >= dayOf(floorMs);
    if (!isAllThere && spans.some(({ fromMs }) => fromMs < floorMs)) return false;
    const { executions } = this.store;
    const count = spans.reduce(
      (sum, { fromMs, toMs }) => sum + executions.count(fromMs, toMs, this.exactly + 1),
      others,
    );
    return count <= this.exactly;
  }

  private exact({ ask, flows, others }: PastQuestion, spans: readonly Span[]): PastNumbers {
    const wanted = flows === null ? null : new Set(flows);
    const executions = [...others];
    for (const { fromMs, toMs } of spans) {
      for (const execution of this.store.executions.executions(fromMs, toMs)) {
        if (wanted?.has(execution.flow) !== false) executions.push(execution);
      }
    }
    executions.sort((a, b) => (a.beginMs ?? 0) - (b.beginMs ?? 0));
    return inOneGo(numbersOf(executions, ask));
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
}
