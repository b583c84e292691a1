import { summaryAsPast } from '../../src/analysis/asPast.ts';
import type { PastExecution, PastFailure } from '../../src/analysis/pastExecution.ts';
import { FailureNews } from '../../src/answers/failureNews.ts';
import { problemsOf } from '../../src/answers/problemsOf.ts';
import type { ReaderMark } from '../../src/problems/problemMark.ts';
import type { Problem } from '../../src/problems/problems.ts';
import type { ExecutionSummary } from '../../src/trace/execution.ts';
import { aSummary } from './builders.ts';
import { aPastNode } from './pastBuilders.ts';

/** In milliseconds. */
export const minute = 60_000;
/** Where the executions of a story fail. */
export const failing = {
  nodeId: 'rpa::save',
  name: 'Save',
  runKey: null,
  inferred: false,
} as never;
/** What is told of that by a record that somebody looked into. */
export const failure: PastFailure = {
  ...{ nodeId: 'rpa::save', name: 'Save', cause: 'elementNotFound', category: 'robotTask' },
  text: 'Element not found: #btnSave',
};

/** News, where each record tells the same failure. */
export const newsOf = (
  told: PastFailure | null = failure,
  parts: Partial<ConstructorParameters<typeof FailureNews>[0]> = {},
) =>
  new FailureNews({
    pastOf: (summary) =>
      told === null ? null : { ...summaryAsPast(summary, '', 0), failure: told },
    hasFile: () => false,
    ...parts,
  });

/** As if somebody had looked into its record. */
const withoutMark = ({ isSummary: _, ...past }: PastExecution): PastExecution => past;

/** A failure at the minute of its number, with what the test cares about. */
export const failed = (at: number, parts: Partial<ExecutionSummary> = {}) =>
  aSummary({
    ...{ sid: String(at), beginMs: at * minute, outcome: 'failed', code: 21_300, failing },
    ...{ flowId: 'f', nodeIds: ['rpa::save'], message: `not found after ${String(at)} ms` },
    ...parts,
  });
/** The same, and it passed. */
export const good = (at: number, parts: Partial<ExecutionSummary> = {}) =>
  failed(at, { outcome: 'succeeded', code: 0, failing: null, message: '', ...parts });

/** One as the list of problems has it. */
export const pastOf = (summary: ExecutionSummary): PastExecution => {
  const status = summary.outcome === 'failed' ? 'failed' : 'succeeded';
  const nodes = summary.nodeIds.map((nodeId) => aPastNode({ nodeId, status }));
  return { ...withoutMark(summaryAsPast(summary, '', 0)), nodes };
};

/** News with the list of problems over all that came, which it asks when that has settled. */
export class Story {
  readonly news: FailureNews;
  readonly runs: PastExecution[] = [];
  private readonly marks: readonly ReaderMark[];

  constructor(news = newsOf(null), marks: readonly ReaderMark[] = []) {
    this.news = news;
    this.marks = marks;
    if (marks.length > 0) news.setMarks(marks);
  }

  /** Takes what came; whether a failure is told. */
  take(summary: ExecutionSummary, isLive = true): boolean {
    this.runs.push(pastOf(summary));
    const isFailure = summary.outcome === 'failed';
    if (isFailure && !isLive) this.news.remember(summary);
    if (!isFailure && isLive) this.news.succeeded(summary);
    return isFailure && isLive && this.news.failed(summary) !== null;
  }

  /** How the list sees its problems. */
  list(): readonly Problem[] {
    const lastMs = Math.max(...this.runs.map(({ beginMs }) => beginMs ?? 0));
    return problemsOf(this.runs, lastMs + minute, this.marks);
  }

  /** Which problems are said to be resolved by now. */
  resolved(): readonly Problem[] {
    return this.asking()();
  }

  /** Asks the list, which says what it knows by now; gives who hears that, later. */
  asking(): () => readonly Problem[] {
    const list = this.list();
    const asked = this.news.takePassed().map((passed) => ({
      passed,
      problem: list.find(({ failures, alsoFailed = [] }) =>
        [...failures, ...alsoFailed.flatMap(({ runs }) => runs)].some(
          ({ key }) => key === passed.failure,
        ),
      ),
    }));
    return () =>
      asked.flatMap(({ passed, problem }) =>
        this.news.isNowResolved(passed, problem) && problem !== undefined ? [problem] : [],
      );
  }
}
