import type { Mark } from './ledger.ts';
import type { Countable } from './recordExecution.ts';

/** As many as the engine keeps executions at all: some 10 MB. */
const mostKept = 50_000;
/** Runs of nodes in them, some 100 bytes each. Of executions beyond, a later exporter counts the executions alone. */
const mostNodes = 100_000;
/** How many leave at once where there are more: moving all others up for each would be work without end. */
const leaveAtOnce = 1_000;

interface Entry {
  /** Null: a record that counts for nothing and only moves the ledger on. */
  readonly execution: Countable | null;
  readonly mark: Mark;
}

/**
 * What was counted and not received yet, oldest first. An exporter's sums hold it too, as long as that exporter
 * lives; the next one, at a corrected endpoint, is given what is left here.
 */
export class Undelivered {
  private readonly enter: (mark: Mark) => void;
  private readonly entries: Entry[] = [];
  private executions = 0;
  private nodes = 0;
  /** Executions that the present exporter was given and that are no longer kept here. */
  private gone = 0;
  private lost = 0;
  private exporter = 0;

  constructor(enter: (mark: Mark) => void) {
    this.enter = enter;
  }

  /** How many executions wait. */
  get count(): number {
    return this.executions;
  }

  add(execution: Countable | null, mark: Mark): void {
    if (execution === null && this.entries.length === 0) {
      this.enter(mark);
      return;
    }
    this.entries.push({ execution: this.kept(execution), mark });
    if (execution !== null) this.executions++;
    if (this.entries.length >= mostKept + leaveAtOnce) this.lost += this.take(leaveAtOnce).count;
  }

  /**
   * For a new exporter: the executions it has to be given first, how many could not be kept for it, and whom it
   * tells of how many of those it was given in all, oldest first, were received; the answer says whether that is
   * news. What an exporter before it tells from now on is not heard.
   */
  handOver(): {
    readonly executions: readonly Countable[];
    readonly lost: number;
    readonly received: (count: number) => boolean;
  } {
    const exporter = ++this.exporter;
    const { lost } = this;
    this.gone = 0;
    this.lost = 0;
    return {
      executions: this.entries.flatMap(({ execution }) => (execution === null ? [] : [execution])),
      lost,
      received: (count) => exporter === this.exporter && this.leave(count),
    };
  }

  private kept(execution: Countable | null): Countable | null {
    if (execution?.nodes === undefined) return execution;
    const { nodes, ...alone } = execution;
    if (this.nodes + nodes.length > mostNodes) return alone;
    this.nodes += nodes.length;
    return execution;
  }

  private leave(received: number): boolean {
    let left = received - this.gone;
    // Those that could not be kept were received before all others.
    if (left >= 0) this.lost = 0;
    let end = 0;
    for (const { execution } of this.entries) {
      if (execution !== null && --left < 0) break;
      end++;
    }
    for (const mark of this.take(end).marks) this.enter(mark);
    return end > 0;
  }

  /** Takes so many of the oldest entries away. */
  private take(entries: number): { readonly count: number; readonly marks: readonly Mark[] } {
    const taken = this.entries.splice(0, entries);
    const count = taken.filter(({ execution }) => execution !== null).length;
    for (const { execution } of taken) this.nodes -= execution?.nodes?.length ?? 0;
    this.gone += count;
    this.executions -= count;
    return { count, marks: taken.map(({ mark }) => mark) };
  }
}
