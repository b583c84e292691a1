import type { ExecutionSummary } from '../trace/execution.ts';

/** Two bits for each of so many questions are a small integer, which costs no object of its own. */
const mostQuestions = 15;

/**
 * What was found of each summary. A list is made anew whenever a record arrives, and of 50,000 executions all but
 * a few are as they were: to read 50,000 names again took longer than a frame. It holds no summary itself.
 */
export class Verdicts {
  private readonly known = new WeakMap<ExecutionSummary, number>();

  /** The answer to a question, by its number; `find` is asked the first time only. */
  of(summary: ExecutionSummary, question: number, find: () => boolean): boolean {
    if (question >= mostQuestions) return find();
    const bits = this.known.get(summary) ?? 0;
    const asked = 1 << (2 * question);
    if ((bits & asked) !== 0) return (bits & (asked << 1)) !== 0;
    const found = find();
    this.known.set(summary, bits | asked | (found ? asked << 1 : 0));
    return found;
  }
}
