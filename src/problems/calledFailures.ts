import type { Milliseconds } from '../trace/execution.ts';
import {
  type Changes,
  type Failed,
  firstBehind,
  insertByBegin,
  isFailed,
  removeByBegin,
  type Timed,
} from './timed.ts';

/** Clocks of two machines, and the way between them. */
const toleranceMs = 2_000;
/** A workflow in a workflow in a workflow; two that call each other are followed no longer. */
const mostLevels = 10;
/** Of those that failed meanwhile the last ones: a loop goes on after the others. */
const mostFailed = 20;
/** Others may call the same flow at the same time: so many of those that began then are looked at. */
const mostLooked = 500;
/** Of those of one sid that began before the one that was called the last ones: a sid is one execution's, or a few. */
const mostOfSid = 20;

interface Pair {
  readonly caller: Failed;
  readonly called: Failed;
  /** By the record of the one that was called. */
  readonly isTold: boolean;
  /** Between the end of what was called and that of the node that failed of it. */
  readonly distanceMs: Milliseconds;
}

/** When the failing node of an execution can have called. */
interface Window {
  readonly beginMs: Milliseconds;
  readonly endMs: Milliseconds;
}

/**
 * Which failures are those of workflows that were called: who called them fails with them, and that is one failure. Told by
 * the record of the one that was called, else by which flow the failing node called, and when.
 */
export class CalledFailures {
  /** By the failure of the caller, the one that it failed of: where nothing else failed with it. */
  private rootOf: ReadonlyMap<Timed, Failed> = new Map();
  /** Those whose failing node called a flow. */
  private readonly callers = new Set<Failed>();
  /** Those whose records tell who called them. */
  private readonly told = new Set<Failed>();
  /** Those that failed, by their sid, in order of their begin: several may share one. */
  private readonly bySid = new Map<string, Failed[]>();
  /** Workflows that failed, and of whom no record tells who called them: by their flow, in order of their begin. */
  private readonly byFlow = new Map<string, Failed[]>();

  /** Takes what came and what left; gives those of whom it is another one now that they failed of. */
  take({ added, dropped }: Changes): readonly Timed[] {
    for (const run of dropped) if (isFailed(run)) this.drop(run);
    for (const run of added) if (isFailed(run)) this.add(run);
    if (!added.some(isFailed) && !dropped.some(isFailed)) return [];
    const before = this.rootOf;
    this.rootOf = rootsOf(this.pairs());
    const known = new Set([...before.keys(), ...this.rootOf.keys()]);
    return [...known].filter((run) => before.get(run) !== this.rootOf.get(run));
  }

  /** Whether an execution failed of another one's failure. */
  readonly has = (run: Timed): boolean => this.rootOf.has(run);

  /** Who failed of another one's failure, and of which. */
  get all(): Iterable<readonly [Timed, Failed]> {
    return this.rootOf;
  }

  private add(run: Failed): void {
    if (run.failure.calls !== undefined) this.callers.add(run);
    if (run.calledFrom !== undefined) this.told.add(run);
    else if (run.kind === 'workflow') addTo(this.byFlow, run.flow, run);
    addTo(this.bySid, run.sid, run);
  }

  private drop(run: Failed): void {
    this.callers.delete(run);
    this.told.delete(run);
    dropFrom(this.bySid, run.sid, run);
    dropFrom(this.byFlow, run.flow, run);
  }

  /** Those whose sid the record of a called one tells, as far as they can have called it. */
  private begunBefore({ calledFrom = '', beginMs }: Failed): readonly Failed[] {
    const known = this.bySid.get(calledFrom) ?? [];
    const end = firstBehind(known, beginMs + toleranceMs, beginOf);
    return known.slice(Math.max(0, end - mostOfSid), end);
  }

  /** The surest first: what a record tells, then what ended last before its caller failed. */
  private pairs(): readonly Pair[] {
    const pairs: Pair[] = [];
    for (const called of this.told) {
      for (const caller of this.begunBefore(called)) {
        const isWithin = caller !== called && isIn(called, windowOf(caller));
        if (isWithin) pairs.push({ caller, called, isTold: true, ...distanceOf(called, caller) });
      }
    }
    for (const caller of this.callers) {
      const window = windowOf(caller);
      const runs = this.byFlow.get(caller.failure.calls ?? '') ?? [];
      for (const called of failedWithin(runs, window)) {
        if (called === caller) continue;
        pairs.push({ caller, called, isTold: false, ...distanceOf(called, caller) });
      }
    }
    return pairs.sort((a, b) => Number(b.isTold) - Number(a.isTold) || a.distanceMs - b.distanceMs);
  }
}

function beginOf({ beginMs }: Failed): Milliseconds {
  return beginMs;
}

/** Each is called once, and each that calls fails of one; that one may have called in its turn. */
function rootsOf(pairs: readonly Pair[]): ReadonlyMap<Timed, Failed> {
  const calledOf = new Map<Timed, Failed>();
  const taken = new Set<Failed>();
  for (const { caller, called } of pairs) {
    if (calledOf.has(caller) || taken.has(called)) continue;
    calledOf.set(caller, called);
    taken.add(called);
  }
  const roots = new Map<Timed, Failed>();
  for (const [caller, called] of calledOf) {
    let root = called;
    let level = 1;
    for (let next = calledOf.get(root); next !== undefined; next = calledOf.get(root)) {
      if (++level > mostLevels) break;
      root = next;
    }
    // Those that call each other in a circle would all be somebody else's.
    if (level <= mostLevels) roots.set(caller, root);
  }
  return roots;
}

/** Of a node that ran several times only the last begin is known. */
function windowOf({ beginMs, durationMs, failure, nodes }: Failed): Window {
  const node = nodes.findLast(
    ({ nodeId, status }) => nodeId === failure.nodeId && status === 'failed',
  );
  const endMs = durationMs === null ? Infinity : beginMs + durationMs;
  if (node?.beginMs == null) return { beginMs, endMs };
  const nodeEndMs = node.durationMs === null ? endMs : node.beginMs + node.durationMs;
  return { beginMs: node.count > 1 ? beginMs : node.beginMs, endMs: nodeEndMs };
}

/** Of several calls of a loop or of attempts a node fails of the last one. */
function distanceOf(called: Failed, caller: Failed): { readonly distanceMs: Milliseconds } {
  const { beginMs, endMs } = windowOf(caller);
  const calledEndMs = called.beginMs + (called.durationMs ?? 0);
  const distanceMs =
    endMs === Infinity ? Math.abs(called.beginMs - beginMs) : Math.abs(endMs - calledEndMs);
  return { distanceMs };
}

function isIn({ beginMs, durationMs }: Timed, window: Window): boolean {
  const endMs = beginMs + (durationMs ?? 0);
  return beginMs >= window.beginMs - toleranceMs && endMs <= window.endMs + toleranceMs;
}

/** The last ones. */
function failedWithin(runs: readonly Failed[], window: Window): readonly Failed[] {
  const end = firstBehind(runs, window.endMs + toleranceMs, beginOf);
  const found: Failed[] = [];
  for (let at = end - 1; at >= Math.max(0, end - mostLooked); at--) {
    const run = runs[at];
    if (run === undefined || run.beginMs < window.beginMs - toleranceMs) break;
    if (isIn(run, window)) found.push(run);
    if (found.length === mostFailed) break;
  }
  return found;
}

function addTo(groups: Map<string, Failed[]>, name: string, run: Failed): void {
  const known = groups.get(name);
  if (known === undefined) groups.set(name, [run]);
  else insertByBegin(known, run, beginOf);
}

function dropFrom(groups: Map<string, Failed[]>, name: string, run: Failed): void {
  const known = groups.get(name) ?? [];
  removeByBegin(known, (one) => one === run, run, beginOf);
  if (known.length === 0) groups.delete(name);
}
