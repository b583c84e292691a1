import { flowOf } from '../analysis/asPast.ts';
import { isOwnNode } from '../problems/lineage.ts';
import type { Reading } from '../problems/signature.ts';
import type { FailureTold } from '../protocol/problems.ts';
import type { ExecutionSummary, Milliseconds, NodeId } from '../trace/execution.ts';

/** A problem that failed while somebody looked, or was read of the past. */
export interface KnownProblem {
  readonly key: string;
  /** The node, where it is of one lineage alone; else the flow. */
  readonly place: string;
  readonly nodeId: NodeId | null;
  readonly kind: ExecutionSummary['kind'];
  failures: number;
  /** When that began by which it was resolved, as the list of problems says; null while it isn't. */
  resolvedMs: Milliseconds | null;
  /** What passed it while somebody looked, since it failed last: the last that came, and when the first one began. */
  passed: { readonly run: ExecutionSummary; readonly firstMs: Milliseconds } | null;
  /** When its last failure began. */
  lastMs: Milliseconds;
  /** When the last failure began that was told. */
  newsMs: Milliseconds;
  /** Of one that is ignored: since when, and when it failed since, in order, as often as would end that. */
  ignored: { readonly sinceMs: Milliseconds; failedMs: Milliseconds[]; isOver: boolean } | null;
  /** Nothing more is to be told of it than was, until it is resolved. */
  told: FailureTold['told'];
  /** The failure that came last. */
  last: ExecutionSummary;
  /** The problem of which failures that looked like its own turned out to be: of what was called. */
  of: KnownProblem | null;
}

/** As many problems as anybody has; the one that failed longest ago is told again when it comes back. */
export const mostKnown = 1_000;

/** Problems by what summaries say of failures, and by where they fail; those that failed last at the end. */
export class KnownProblems {
  private readonly byKey = new Map<string, KnownProblem>();
  private readonly atPlace = new Map<string, Set<KnownProblem>>();
  private readonly reading: Reading;

  constructor(reading: Reading) {
    this.reading = reading;
  }

  get(key: string): KnownProblem | undefined {
    return this.byKey.get(key);
  }

  clear(): void {
    this.byKey.clear();
    this.atPlace.clear();
  }

  /** The problem of a failure, which is the last one of it now. */
  take(summary: ExecutionSummary): KnownProblem {
    const key = keyOf(summary, this.reading);
    const before = this.byKey.get(key);
    const known = before ?? newOf(summary, key);
    this.byKey.delete(key);
    this.byKey.set(key, known);
    if (before === undefined) this.begin(known);
    known.failures++;
    known.last = summary;
    return known;
  }

  /** Those whose node an execution came to. */
  *cameTo(summary: ExecutionSummary): Generator<KnownProblem> {
    if (this.byKey.size === 0) return;
    const flow = flowOf(summary);
    yield* this.knownAt(flow, summary);
    for (const nodeId of summary.nodeIds) {
      // At most nodes none is known, and each execution that succeeded is asked for all of its nodes.
      if (!this.atPlace.has(nodeId) || nodeId === flow || !isOwnNode(nodeId)) continue;
      yield* this.knownAt(nodeId, summary);
    }
  }

  private *knownAt(place: string, summary: ExecutionSummary): Generator<KnownProblem> {
    for (const known of this.atPlace.get(place) ?? []) {
      const { nodeId, kind } = known;
      const came = nodeId === null || place === nodeId || summary.nodeIds.includes(nodeId);
      if (came && kind === summary.kind) yield known;
    }
  }

  private begin(known: KnownProblem): void {
    const siblings = this.atPlace.get(known.place) ?? new Set();
    this.atPlace.set(known.place, siblings.add(known));
    for (const oldest of this.byKey.values()) {
      if (this.byKey.size <= mostKnown || oldest === known) break;
      this.forget(oldest);
    }
  }

  private forget(known: KnownProblem): void {
    this.byKey.delete(known.key);
    const left = this.atPlace.get(known.place);
    left?.delete(known);
    if (left?.size === 0) this.atPlace.delete(known.place);
  }
}

function newOf(summary: ExecutionSummary, key: string): KnownProblem {
  const { failing, kind } = summary;
  return {
    ...{ key, place: placeOf(summary), nodeId: failing?.nodeId ?? null, kind },
    ...{ failures: 0, lastMs: -Infinity, newsMs: -Infinity, resolvedMs: null, passed: null },
    ...{ ignored: null, told: 'no', last: summary, of: null },
  };
}

function placeOf(summary: ExecutionSummary): string {
  const nodeId = summary.failing?.nodeId ?? null;
  return nodeId !== null && isOwnNode(nodeId) ? nodeId : flowOf(summary);
}

function keyOf(summary: ExecutionSummary, { normal }: Reading): string {
  const { failing, code, message, kind } = summary;
  const place = [kind, placeOf(summary), failing?.nodeId ?? null];
  return JSON.stringify([...place, code, normal(message)]);
}
