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
/** A node that calls a flow in a loop of so many rounds is followed to its end. */
const mostLooked = 5_000;
/** Of those that failed meanwhile the last ones: a loop goes on after the others. */
const mostFailed = 20;
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

  /**
   * Takes what came and what left; gives those of whom it is another one now that they failed of. `runsOf` gives what ran of
   * a flow, in order of its begin.
   */
  take({ added, dropped }: Changes, runsOf: (flow: string) => readonly Timed[]): readonly Timed[] {
    for (const run of dropped) if (isFailed(run)) this.drop(run);
    for (const run of added) if (isFailed(run)) this.add(run);
    if (!added.some(isFailed) && !dropped.some(isFailed)) return [];
    const before = this.rootOf;
    this.rootOf = rootsOf(this.pairs(runsOf));
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
    const known = this.bySid.get(run.sid);
    if (known === undefined) this.bySid.set(run.sid, [run]);
    else insertByBegin(known, run, beginOf);
  }

  private drop(run: Failed): void {
    this.callers.delete(run);
    this.told.delete(run);
    const known = this.bySid.get(run.sid) ?? [];
    removeByBegin(known, (one) => one === run, run, beginOf);
    if (known.length === 0) this.bySid.delete(run.sid);
  }

  /** Those whose sid the record of a called one tells, as far as they can have called it. */
  private begunBefore({ calledFrom = '', beginMs }: Failed): readonly Failed[] {
    const known = this.bySid.get(calledFrom) ?? [];
    const end = firstBehind(known, beginMs + toleranceMs, beginOf);
    return known.slice(Math.max(0, end - mostOfSid), end);
  }

  /** The surest first: what a record tells, then what ended last before its caller failed. */
  private pairs(runsOf: (flow: string) => readonly Timed[]): readonly Pair[] {
    const pairs: Pair[] = [];
    for (const called of this.told) {
      for (const caller of this.begunBefore(called)) {
        const isWithin = caller !== called && isIn(called, windowOf(caller));
        if (isWithin) pairs.push({ caller, called, isTold: true, ...distanceOf(called, caller) });
      }
    }
    for (const caller of this.callers) {
      const window = windowOf(caller);
      for (const called of failedWithin(runsOf(caller.failure.calls ?? ''), window)) {
        // Of whom a record tells that another one called it, nobody has to guess.
        if (called === caller || called.calledFrom !== undefined) continue;
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

function failedWithin(runs: readonly Timed[], window: Window): readonly Failed[] {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const beginMs = runs[middle]?.beginMs ?? Infinity;
    if (beginMs < window.beginMs - toleranceMs) low = middle + 1;
    else high = middle;
  }
  const found: Failed[] = [];
  for (let at = low; at < Math.min(runs.length, low + mostLooked); at++) {
    const run = runs[at];
    if (run === undefined || run.beginMs > window.endMs + toleranceMs) break;
    if (isFailed(run) && run.kind === 'workflow' && isIn(run, window)) found.push(run);
    if (found.length > mostFailed) found.shift();
  }
  return found;
}
