import { flowOf } from '../analysis/asPast.ts';
import type { PastExecution } from '../analysis/pastExecution.ts';
import { type ByHand, byHand } from '../problems/byHand.ts';
import { isOwnNode } from '../problems/lineage.ts';
import { ignoredUpTo, type ProblemMark, type ReaderMark, weekMs } from '../problems/problemMark.ts';
import { failureSignature, type Reading } from '../problems/signature.ts';
import type { ExecutionSummary, Milliseconds } from '../trace/execution.ts';
import type { KnownProblem } from './knownProblems.ts';

/** No week of failures that anybody ignores is longer. */
const mostIgnored = 10_000;

/** What the reader said, of failures that come: a record is opened only where something was said that it may be of. */
export class SaidOfFailures {
  /** When a problem was said to be fixed last. */
  fixedMs: Milliseconds = -Infinity;
  private readonly pastOf: (summary: ExecutionSummary) => PastExecution | null;
  private readonly reading: Reading;
  private hasIgnored = false;
  private hasMoved = false;
  private hand: Record<'ofFlow' | 'ofNode', Omit<ByHand, 'apart'>> = handOf([]);

  constructor(pastOf: (summary: ExecutionSummary) => PastExecution | null, reading: Reading) {
    this.pastOf = pastOf;
    this.reading = reading;
  }

  setMarks(marks: readonly ReaderMark[]): void {
    this.hasIgnored = marks.some(({ kind }) => kind === 'ignored');
    this.hasMoved = marks.some(({ kind }) => kind === 'moved');
    this.fixedMs = marks.reduce(
      (last, { kind, atMs }) => (kind === 'fixed' ? Math.max(last, atMs) : last),
      -Infinity,
    );
    this.hand = handOf(marks);
  }

  /** Whether its problem is ignored, and fails no more often than that is meant for; told when it does, once. */
  isIgnored(summary: ExecutionSummary, known: KnownProblem): boolean {
    const mark = this.ignoredOf(summary);
    if (known.ignored?.sinceMs !== mark?.atMs) known.ignored = null;
    if (mark === null) return false;
    const beginMs = summary.beginMs ?? mark.atMs;
    const ignored = (known.ignored ??= { sinceMs: mark.atMs, failedMs: [], isOver: false });
    if (ignored.isOver || beginMs < mark.atMs) return !ignored.isOver;
    const many = Math.min(ignoredUpTo(mark), mostIgnored);
    ignored.failedMs = [...ignored.failedMs, beginMs].sort((a, b) => a - b).slice(-many);
    const [first = 0] = ignored.failedMs;
    const isWeek = (ignored.failedMs.at(-1) ?? 0) - first <= weekMs;
    ignored.isOver = ignored.failedMs.length === many && isWeek;
    if (ignored.isOver) known.told = 'no';
    return !ignored.isOver;
  }

  /** Names the problem of a failure where the reader moved something of its flow; null where he didn't. */
  movedTo(summary: ExecutionSummary): string | null {
    const placed = this.hasMoved ? this.placed(summary) : null;
    if (placed?.hand.movesOf(placed.flow) === undefined) return null;
    return `${placed.flow} ${placed.signature}`;
  }

  private ignoredOf(summary: ExecutionSummary): ProblemMark | null {
    if (!this.hasIgnored) return null;
    const placed = this.placed(summary);
    const mark = placed?.hand.markOf(placed.signature, placed.flow);
    return mark?.kind === 'ignored' ? mark : null;
  }

  /** Of which problem a failure is, by what the reader said; null where its record can't be opened. */
  private placed(summary: ExecutionSummary) {
    const failure = this.pastOf(summary)?.failure ?? null;
    if (failure === null) return null;
    const isOwn = failure.nodeId !== null && isOwnNode(failure.nodeId);
    const hand = isOwn ? this.hand.ofNode : this.hand.ofFlow;
    const flow = isOwn ? '' : flowOf(summary);
    const own = failureSignature(failure, summary.code, this.reading);
    const moves = hand.movesOf(flow);
    return {
      hand,
      flow,
      signature: moves?.problemOf(moves.movedBy(own, failure.text) ?? own) ?? own,
    };
  }
}

/** What was said, of each flow and of each node that one flow and its imports alone have. */
function handOf(marks: readonly ReaderMark[]) {
  return { ofFlow: byHand(marks, ({ flow }) => flow), ofNode: byHand(marks, () => '') };
}
