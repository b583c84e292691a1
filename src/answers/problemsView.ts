import type { Past } from '../analysis/past.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { Timer } from '../base/timer.ts';
import { hourMs } from '../base/zone.ts';
import type { ReaderMark } from '../problems/problemMark.ts';
import type { Problem } from '../problems/problems.ts';
import type { SignedWords } from '../problems/signature.ts';
import {
  mostProblemRows,
  type OwnPast,
  problemGroup,
  type ProblemRow,
  type ProblemsAnswer,
  type ProblemsQuery,
} from '../protocol/problems.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { ExecutionKey, ExecutionSummary, Milliseconds } from '../trace/execution.ts';
import type { ProblemOf } from './knownCauses.ts';
import type { ListView } from './listView.ts';
import { flowsOfScope } from './pastScope.ts';
import type { FoundProblems } from './problemsFound.ts';
import { readFailures } from './readFailures.ts';
import type { SavedKnowledge } from './savedKnowledge.ts';
import { saidText } from './saidText.ts';

/** What problems are made of. */
export interface ProblemsViewWorld {
  readonly past: Past;
  /** How many of those that were given last will tell more when they are asked for again. */
  readonly pending: () => number;
  readonly store: ExecutionStore;
  readonly list: Pick<ListView, 'ofScope'>;
  readonly clock: Clock;
  readonly turn: () => Promise<void>;
  /** Flow files, and when that of an execution was changed last. */
  readonly flows: {
    readonly revision: () => number;
    readonly changedMs: (summary: ExecutionSummary) => Milliseconds | null;
  };
  readonly elsewhere: Pick<SavedKnowledge, 'problem'>;
  /** They were found: by execution, the id of its problem. */
  readonly onFound: (problemOf: ProblemOf) => void;
  /** It may be made anew, and is where somebody watches. */
  readonly onDue: () => void;
}

/** Twice what the store keeps at most; of what is on disk those that began last. */
const mostExecutions = 100_000;
/** To make them anew takes no more than a fifth of the engine's time, however many there are and however often some come. */
const pauseTimes = 5;
const leastPauseMs = 250;
/** No longer does anybody else wait for a turn. */
const sliceMs = 15;
interface Found {
  readonly found: FoundProblems;
  readonly sinceMs: Milliseconds | null;
  readonly pending: number;
}

/**
 * What fails as problems, of all that is known of the past. What came and what left is taken over as often as the time that
 * it takes allows, and only while somebody watches; all of it is gone through for the first who does.
 */
export class ProblemsView implements Disposable {
  private readonly world: ProblemsViewWorld;
  private readonly due: Timer;
  private readonly reading = readFailures();
  /** What was found of the source that is read now. */
  private known: FoundProblems | undefined;
  private marks: readonly ReaderMark[] = [];
  private marked = 0;
  private found: Promise<Found> | undefined;
  /** What the found one was made of. */
  private madeOf = '';
  private isResting = false;
  private making: Promise<void> = Promise.resolve();
  private isMaking = false;

  constructor(world: ProblemsViewWorld) {
    this.world = world;
    this.due = new Timer(world.clock);
  }

  /** What the reader said of problems, instead of what he said before. */
  setMarks(marks: readonly ReaderMark[]): void {
    this.marks = marks;
    this.marked++;
    // He waits for what follows from it.
    this.wake();
  }

  /** Another source: nothing that was found is of it. */
  clear(): void {
    this.found = undefined;
    this.known = undefined;
    this.rested();
  }

  /** What an answer is made of; the same as long as it is not made anew. */
  stamp(): string {
    const made = this.isResting ? this.madeOf : this.madeOfNow();
    return `${made} ${String(this.world.flows.revision())}`;
  }

  /** Rejects where the past can't be read. */
  async answer(query: ProblemsQuery): Promise<ProblemsAnswer> {
    const { found, sinceMs, pending } = await this.current();
    const flows = this.flowsOf(query);
    const totals = { unresolved: 0, resolved: 0, ignored: 0 };
    const rows: ProblemRow[] = [];
    for (const problem of found.problems) {
      if (flows !== null && !isOfFlows(problem, flows)) continue;
      const group = problemGroup(found.asTold(problem).state);
      totals[group]++;
      if (group === query.group && rows.length < mostProblemRows) rows.push(found.row(problem));
    }
    return { query, rows, totals, sinceMs, ...found.counts(flows), pending };
  }

  /** Finds them for who is told by `onFound`; where the past can't be read, nobody is. */
  async look(): Promise<void> {
    await this.current().catch(() => undefined);
  }

  /** As it stands with all that has come: who tells it once can't wait until it is due anyway. */
  async asOfNow(): Promise<{ readonly found: FoundProblems; readonly pending: number }> {
    if (this.madeOf !== this.madeOfNow()) this.rested();
    return this.current();
  }

  /** Of what a signature was made, as far as problems were found. */
  wordsOf(signature: string): SignedWords | null {
    return this.known?.wordsOf(signature) ?? null;
  }

  /** An execution among the others of its flow. */
  async ofExecution(key: ExecutionKey): Promise<OwnPast> {
    return (await this.current()).found.ownPast(key);
  }

  dispose(): void {
    this.due.dispose();
  }

  private wake(): void {
    this.rested();
    this.world.onDue();
  }

  private rested(): void {
    this.isResting = false;
    this.due.clear();
  }

  private madeOfNow(): string {
    // As exactly as it matters that nothing has run for two weeks.
    const hour = Math.floor(this.world.clock.now() / hourMs);
    const { past, flows } = this.world;
    return [past.revision, this.marked, hour, flows.revision()].join(' ');
  }

  private current(): Promise<Found> {
    const now = this.madeOfNow();
    if (this.found !== undefined && (this.isResting || this.madeOf === now)) return this.found;
    this.madeOf = now;
    this.isResting = true;
    const beganMs = this.world.clock.now();
    // One after the other: they put what came to the same.
    const found = this.isMaking ? this.making.then(() => this.make()) : this.make();
    this.isMaking = true;
    this.found = found;
    this.making = found.then(
      () => undefined,
      () => {
        // What was put there by half is of no use.
        this.known = undefined;
      },
    );
    const { making } = this;
    void making.then(() => {
      if (this.making === making) this.isMaking = false;
    });
    found
      .catch(() => {
        // The next one who asks tries again.
        if (this.found === found) this.found = undefined;
      })
      .finally(() => {
        const tookMs = this.world.clock.now() - beganMs;
        this.due.set(Math.max(leastPauseMs, pauseTimes * tookMs), () => {
          this.wake();
        });
      });
    return found;
  }

  private async make(): Promise<Found> {
    const { past, pending, clock, turn, store, elsewhere } = this.world;
    // Read when somebody wants to know: most of the code is about what texts have in common.
    const { FoundProblems: Problems } = await import('./problemsFound.ts');
    const executions = await past.between(0, Number.MAX_SAFE_INTEGER, mostExecutions);
    // Another source was opened meanwhile: what is found now is of none of the answers to come.
    const found = (this.known ??= new Problems(this.reading));
    let untilMs = clock.now() + sliceMs;
    await found.look(executions, {
      ...{ nowMs: clock.now(), marks: this.marks },
      filesAsOf: String(this.world.flows.revision()),
      ifHere: (key) => (key != null && store.get(key) !== undefined ? key : null),
      changedMs: (key) => {
        const stored = store.get(key);
        return stored === undefined ? null : this.world.flows.changedMs(stored.summary);
      },
      asTold: (problem) => elsewhere.problem(problem),
      said: saidText,
      pause: async () => {
        if (clock.now() < untilMs) return;
        await turn();
        untilMs = clock.now() + sliceMs;
      },
    });
    this.world.onFound(found.idOf);
    return { found, sinceMs: past.sinceMs, pending: pending() };
  }

  private flowsOf({ scope }: ProblemsQuery): ReadonlySet<string> | null {
    return scope.kind === 'all' ? null : flowsOfScope(this.world.list, scope);
  }
}

/** Of whom it is a failure, and who failed with it. */
function isOfFlows({ flows, alsoFailed = [] }: Problem, wanted: ReadonlySet<string>): boolean {
  return flows.some((flow) => wanted.has(flow)) || alsoFailed.some(({ flow }) => wanted.has(flow));
}
