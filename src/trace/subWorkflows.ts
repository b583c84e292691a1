import type { ExecutionKey, ExecutionSummary, Milliseconds, NodeRun, RunKey } from './execution.ts';

/** What a `flow` node asked for: a call of another workflow, whose record names no caller. */
export interface FlowCall {
  readonly runKey: RunKey;
  readonly flowId: string;
  /** Stands for the parameters, the same for the same; null where the record doesn't hold them. */
  readonly parameters: string | null;
}

/** A workflow that may be what a node called. */
export interface CallCandidate {
  readonly summary: ExecutionSummary;
  /** As the parameters of a call, of its question. */
  readonly parameters: string | null;
}

/**
 * `told`: its record says so; `certain`: flow, parameters and time agree; `likely`: flow and time do, the parameters
 * can't be compared.
 */
export type MatchConfidence = 'told' | 'certain' | 'likely';

/** A workflow that a node called. */
export interface SubWorkflow {
  readonly summary: ExecutionSummary;
  /** Null where the execution itself did, outside of all nodes. */
  readonly runKey: RunKey | null;
  readonly confidence: MatchConfidence;
}

/** When a node can have called; open to the end while it runs. */
export interface CallWindow {
  readonly fromMs: Milliseconds;
  readonly toMs: Milliseconds;
}

interface Pair extends SubWorkflow {
  readonly runKey: RunKey;
  readonly distanceMs: Milliseconds;
}

/** Clocks of two machines, and the way between them. */
const toleranceMs = 2_000;

/** The time in which a run can have called; of a repeated one only the last round's begin is known. */
export function callWindow(run: NodeRun, parentBeginMs: Milliseconds | null): CallWindow | null {
  const beginMs = run.count > 1 ? parentBeginMs : run.beginMs;
  if (beginMs === null) return null;
  const endMs = run.endMs ?? Number.POSITIVE_INFINITY;
  return { fromMs: beginMs - toleranceMs, toMs: endMs + toleranceMs };
}

/**
 * Matches the calls of an execution with workflows that began meanwhile: the surest first, then the closest in
 * time. A workflow stands under one node only, and a node has no more of them than rounds.
 */
export function matchSubWorkflows(
  calls: readonly { readonly call: FlowCall; readonly run: NodeRun; readonly window: CallWindow }[],
  candidates: readonly CallCandidate[],
): Pair[] {
  const pairs = calls.flatMap(({ call, run, window }) =>
    candidates.flatMap((candidate) => pairOf(call, run, window, candidate) ?? []),
  );
  pairs.sort((a, b) => rank(a) - rank(b) || a.distanceMs - b.distanceMs);
  const rounds = new Map(calls.map(({ run }) => [run.key, Math.max(1, run.count)]));
  const taken = new Set<ExecutionKey>();
  return pairs.filter(({ summary, runKey }) => {
    const left = rounds.get(runKey) ?? 0;
    if (taken.has(summary.key) || left === 0) return false;
    taken.add(summary.key);
    rounds.set(runKey, left - 1);
    return true;
  });
}

function pairOf(
  call: FlowCall,
  run: NodeRun,
  { fromMs, toMs }: CallWindow,
  { summary, parameters }: CallCandidate,
): Pair | undefined {
  const { beginMs, endMs, flowId } = summary;
  if (flowId !== call.flowId || beginMs === null || beginMs < fromMs) return undefined;
  if (Math.max(beginMs, endMs ?? beginMs) > toMs) return undefined;
  const known = call.parameters !== null && parameters !== null;
  const agrees = known && call.parameters === parameters;
  // Of a repeated node the record holds the last round's parameters: others say nothing against it.
  if (known && !agrees && run.count <= 1) return undefined;
  const distanceMs = Math.abs(beginMs - (run.beginMs ?? fromMs));
  return { summary, runKey: call.runKey, confidence: agrees ? 'certain' : 'likely', distanceMs };
}

function rank({ confidence }: SubWorkflow): number {
  return confidence === 'certain' ? 0 : 1;
}
