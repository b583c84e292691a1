import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { Timer } from '../base/timer.ts';
import type { Problem } from '../problems/problems.ts';
import type { ExecutionSummary } from '../trace/execution.ts';
import type { FailureNews, PassedProblem, ReturnedFailure } from './failureNews.ts';
import type { ProblemsView } from './problemsView.ts';

/** What is needed to tell which problems are resolved. */
export interface ResolvedNewsWorld {
  readonly news: Pick<FailureNews, 'takePassed' | 'isToBeAsked' | 'isNowResolved' | 'takeReturned'>;
  readonly problems: Pick<ProblemsView, 'asOfNow'>;
  readonly clock: Clock;
  /** Told once of each time that a problem is resolved, with an execution that passed it. */
  readonly onResolved: (problem: Problem, by: ExecutionSummary) => void;
  /** Told once of each time that one is back, where the list knew before anybody could tell. */
  readonly onReturned: (failure: ReturnedFailure) => void;
}

/** What ran beside each other comes within it, in whatever order. */
const settleMs = 1_000;
/** To ask takes no more than a part of the engine's time, however many executions are known. */
const restTimes = 20;
/** What it took may have been a wait for a disk, and news are no news after longer. */
const mostRestMs = 10_000;

/**
 * Says that problems are resolved, or are back, when the list of problems says so, and what came has settled: a record of
 * a failure may be behind those of runs that began earlier. The list is asked where something passed, whether anybody watches it or not.
 */
export class ResolvedNews implements Disposable {
  private readonly world: ResolvedNewsWorld;
  private readonly due: Timer;
  private restMs = settleMs;
  private isAsking = false;
  private source = 0;
  /** What the list could not tell of yet. */
  private left: readonly PassedProblem[] = [];

  constructor(world: ResolvedNewsWorld) {
    this.world = world;
    this.due = new Timer(world.clock);
  }

  /** Something passed that may have resolved a problem. */
  passed(): void {
    if (this.due.isSet || this.isAsking) return;
    this.due.set(this.restMs, () => {
      void this.ask(this.source);
    });
  }

  /** Another source: what passed is none of it, nor what is being asked. */
  clear(): void {
    this.source++;
    this.left = [];
    this.isAsking = false;
    this.restMs = settleMs;
    this.due.clear();
  }

  dispose(): void {
    this.clear();
    this.due.dispose();
  }

  private async ask(source: number): Promise<void> {
    const { clock, problems, news } = this.world;
    const beganMs = clock.now();
    const passed = [...this.left, ...news.takePassed()];
    this.isAsking = true;
    // Where the past can't be read nobody knows; with the next pass it is asked again.
    const asked = await problems.asOfNow().catch(() => undefined);
    if (source !== this.source) return;
    this.isAsking = false;
    const restMs = restTimes * (clock.now() - beganMs);
    this.restMs = Math.min(mostRestMs, Math.max(settleMs, restMs));
    const isKnown = asked?.pending === 0;
    this.left = isKnown ? [] : passed;
    if (isKnown) {
      for (const one of passed) this.tell(one, asked.found.of(one.failure));
      for (const failure of news.takeReturned()) this.world.onReturned(failure);
    }
    // What came meanwhile is not in the answer.
    if (asked !== undefined && (!isKnown || news.isToBeAsked)) this.passed();
  }

  private tell(passed: PassedProblem, problem: Problem | undefined): void {
    const { news, onResolved } = this.world;
    if (news.isNowResolved(passed, problem) && problem !== undefined) {
      onResolved(problem, passed.run);
    }
  }
}
