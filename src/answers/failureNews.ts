import { flowOf } from '../analysis/asPast.ts';
import type { PastFailure } from '../analysis/pastExecution.ts';
import { normalText } from '../problems/normalText.ts';
import type { ProblemMark } from '../problems/problemMark.ts';
import { passesNeeded } from '../problems/problemState.ts';
import { failureSignature } from '../problems/signature.ts';
import type { ExecutionSummary, Milliseconds, NodeId } from '../trace/execution.ts';

/** What is needed to tell failures. */
export interface FailureNewsWorld {
  /** What its record tells of a failure; null where the record isn't in memory. */
  readonly failureOf: (summary: ExecutionSummary) => PastFailure | null;
}

/** A problem that was told, or is ignored. */
interface Told {
  readonly flow: string;
  readonly nodeId: NodeId | null;
  readonly kind: ExecutionSummary['kind'];
  failures: number;
  passes: number;
  /** Passes since it failed last: of runs that began later. */
  streak: number;
  lastMs: Milliseconds;
  isSilent: boolean;
}

/** As many problems as anybody has; the one that failed longest ago is told again when it comes back. */
const mostTold = 1_000;
/** An ignored problem is told when it fails so many times as often as in the week before that. */
const tooOften = 3;

/**
 * Which failures are news: the first of each problem, and the first after it was believed to be resolved. Told by what
 * summaries say: a record is opened only where something of its flow is ignored.
 */
export class FailureNews {
  private readonly world: FailureNewsWorld;
  private readonly told = new Map<string, Told>();
  private readonly ofFlow = new Map<string, Set<Told>>();
  private marks: readonly ProblemMark[] = [];

  constructor(world: FailureNewsWorld) {
    this.world = world;
  }

  setMarks(marks: readonly ProblemMark[]): void {
    this.marks = marks;
  }

  /** Another source: nothing of it was told. */
  clear(): void {
    this.told.clear();
    this.ofFlow.clear();
  }

  /** Takes a failure; whether it is to be told. */
  failed(summary: ExecutionSummary): boolean {
    const key = keyOf(summary);
    const known = this.told.get(key);
    const told = known ?? newOf(summary);
    this.told.delete(key);
    this.told.set(key, told);
    if (known === undefined) this.begin(told, key);
    const isBelieved = told.streak > 0 && told.streak >= neededFor(told);
    const isNews = known === undefined || isBelieved || this.isTooMuch(told, summary);
    told.failures++;
    told.streak = 0;
    told.lastMs = Math.max(told.lastMs, summary.beginMs ?? 0);
    if (!isNews) return false;
    told.isSilent = this.isIgnored(summary, told);
    return !told.isSilent;
  }

  /** Takes an execution that succeeded: it passed the nodes that it ran. */
  succeeded(summary: ExecutionSummary): void {
    for (const told of this.ofFlow.get(flowOf(summary)) ?? []) {
      const { nodeId, lastMs, kind } = told;
      const came = nodeId === null || summary.nodeIds.includes(nodeId);
      if (!came || kind !== summary.kind || (summary.beginMs ?? 0) <= lastMs) continue;
      told.passes++;
      told.streak++;
    }
  }

  private begin(told: Told, key: string): void {
    const siblings = this.ofFlow.get(told.flow) ?? new Set();
    this.ofFlow.set(told.flow, siblings.add(told));
    for (const [oldest, { flow }] of this.told) {
      if (this.told.size <= mostTold || oldest === key) break;
      const gone = this.told.get(oldest);
      this.told.delete(oldest);
      const left = this.ofFlow.get(flow);
      if (gone !== undefined) left?.delete(gone);
      if (left?.size === 0) this.ofFlow.delete(flow);
    }
  }

  /** It was ignored, and fails much more often than then. */
  private isTooMuch({ isSilent, failures }: Told, summary: ExecutionSummary): boolean {
    if (!isSilent) return false;
    const mark = this.ignoredOf(summary);
    return mark === undefined || failures + 1 >= tooOften * Math.max(1, mark.weekly);
  }

  private isIgnored(summary: ExecutionSummary, { failures }: Told): boolean {
    const mark = this.ignoredOf(summary);
    return mark !== undefined && failures < tooOften * Math.max(1, mark.weekly);
  }

  private ignoredOf(summary: ExecutionSummary): ProblemMark | undefined {
    const flow = flowOf(summary);
    const marks = this.marks.filter((mark) => mark.kind === 'ignored' && mark.flow === flow);
    if (marks.length === 0) return undefined;
    const failure = this.world.failureOf(summary);
    if (failure === null) return undefined;
    const signature = failureSignature(failure, summary.code, normalText);
    return marks.find((mark) => mark.signature === signature);
  }
}

/** By how often it failed until it failed last. */
function neededFor({ failures, passes, streak }: Told): number {
  return passesNeeded(failures / (failures + passes - streak));
}

function newOf(summary: ExecutionSummary): Told {
  return {
    ...{ flow: flowOf(summary), nodeId: summary.failing?.nodeId ?? null, kind: summary.kind },
    ...{ failures: 0, passes: 0, streak: 0, lastMs: 0, isSilent: false },
  };
}

function keyOf(summary: ExecutionSummary): string {
  const { failing, code, message, kind } = summary;
  return JSON.stringify([
    ...[kind, flowOf(summary), failing?.nodeId ?? null, code, normalText(message)],
  ]);
}
