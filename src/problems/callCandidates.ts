import type { Milliseconds } from '../trace/execution.ts';
import { type Failed, firstBehind, insertInOrder, removeInOrder, type Timed } from './timed.ts';

/** Clocks of two machines, and the way between them. */
const toleranceMs = 2_000;
/** Others may call the same flow at the same time: of those that ended then the nearest ones, and as many are looked at. */
const mostFound = 20;
const mostLooked = 500;
/** Of those of one sid that began before the one that was called the last ones: a sid is one execution's, or a few. */
const mostOfSid = 20;

/** When the failing node of an execution can have called. */
interface Window {
  readonly beginMs: Milliseconds;
  readonly endMs: Milliseconds;
}

/** A failure among those that may have called it, or been called by it. */
export class FailedCall {
  readonly run: Failed;
  /** Which of those it called it failed of, and which failed of it: at most one each. */
  called: CallLink | null = null;
  caller: CallLink | null = null;
  private known: Window | undefined;

  constructor(run: Failed) {
    this.run = run;
  }

  get endMs(): Milliseconds {
    return this.run.beginMs + (this.run.durationMs ?? 0);
  }

  /** Looked for once, and where somebody asks: a record may have to be opened for it. */
  get window(): Window {
    return (this.known ??= windowOf(this.run));
  }
}

/** That one may have failed of another one. */
export interface CallLink {
  readonly caller: FailedCall;
  readonly called: FailedCall;
  /** By the record of the one that was called. */
  readonly isTold: boolean;
  /** Between the end of what was called and that of the node that failed of it. */
  readonly distanceMs: Milliseconds;
}

type Groups = Map<string, FailedCall[]>;
type TimeOf = (call: FailedCall) => Milliseconds;

/** Who may have called whom: told by the record of the one that was called, else by which flow a failing node called, and when. */
export class CallCandidates {
  /** Those that failed, by their sid, in order of their begin: several may share one. */
  private readonly bySid: Groups = new Map();
  /** Those whose failing node called a flow, by that flow, in order of when it ended. */
  private readonly callers: Groups = new Map();
  /** Those whose records tell who called them, by the sid that they tell, in order of their end. */
  private readonly told: Groups = new Map();
  /** Workflows that failed, and of whom no record tells who called them: by their flow, in order of their end. */
  private readonly byFlow: Groups = new Map();

  add(call: FailedCall): void {
    const { sid, calledFrom, flow, kind, failure } = call.run;
    addTo(this.bySid, sid, call, beginOf);
    if (failure.calls !== undefined) addTo(this.callers, failure.calls, call, windowEndOf);
    if (calledFrom !== undefined) addTo(this.told, calledFrom, call, endOf);
    else if (kind === 'workflow') addTo(this.byFlow, flow, call, endOf);
  }

  drop(call: FailedCall): void {
    const { sid, calledFrom, flow, kind, failure } = call.run;
    dropFrom(this.bySid, sid, call, beginOf);
    if (failure.calls !== undefined) dropFrom(this.callers, failure.calls, call, windowEndOf);
    if (calledFrom !== undefined) dropFrom(this.told, calledFrom, call, endOf);
    else if (kind === 'workflow') dropFrom(this.byFlow, flow, call, endOf);
  }

  /** What one may have failed of: what a record tells first, then what ended the nearest. */
  *calledOf(caller: FailedCall): Generator<CallLink> {
    const { sid, failure } = caller.run;
    yield* linksTo(caller, this.told.get(sid), true);
    yield* linksTo(caller, this.byFlow.get(failure.calls ?? ''), false);
  }

  /** What may have failed of one, in the same order. */
  *callersOf(called: FailedCall): Generator<CallLink> {
    const { calledFrom, flow, kind } = called.run;
    if (calledFrom !== undefined) {
      yield* this.toldCallersOf(called, calledFrom);
      return;
    }
    const callers = kind === 'workflow' ? this.callers.get(flow) : undefined;
    if (callers === undefined) return;
    const { endMs } = called;
    const times = { aroundMs: endMs, fromMs: endMs - toleranceMs, toMs: Infinity };
    let found = 0;
    for (const caller of nearest(callers, times, windowEndOf)) {
      if (caller === called || !isIn(called, caller.window)) continue;
      yield linkOf(caller, called, false);
      if (++found === mostFound) return;
    }
  }

  private toldCallersOf(called: FailedCall, sid: string): readonly CallLink[] {
    const known = this.bySid.get(sid) ?? [];
    const end = firstBehind(known, called.run.beginMs + toleranceMs, beginOf);
    return known
      .slice(Math.max(0, end - mostOfSid), end)
      .filter((caller) => caller !== called && isIn(called, caller.window))
      .map((caller) => linkOf(caller, called, true))
      .sort((a, b) => a.distanceMs - b.distanceMs);
  }
}

/** Those of some that ended while the failing node of one ran, its end the nearest. */
function* linksTo(
  caller: FailedCall,
  runs: readonly FailedCall[] | undefined,
  isTold: boolean,
): Generator<CallLink> {
  // Nobody asks for its window where there are none.
  if (runs === undefined) return;
  const { beginMs, endMs } = caller.window;
  const times = { aroundMs: endMs, fromMs: beginMs - toleranceMs, toMs: endMs + toleranceMs };
  let found = 0;
  for (const called of nearest(runs, times, endOf)) {
    if (called === caller || !isIn(called, caller.window)) continue;
    yield linkOf(caller, called, isTold);
    if (++found === mostFound) return;
  }
}

/** Of some in an order, those of a time, what is nearest to a moment in it first; as many as one looks at. */
function* nearest(
  calls: readonly FailedCall[],
  { aroundMs, fromMs, toMs }: Record<'aroundMs' | 'fromMs' | 'toMs', Milliseconds>,
  timeOf: TimeOf,
): Generator<FailedCall> {
  let behind = firstBehind(calls, aroundMs, timeOf);
  let before = behind - 1;
  for (let looked = 0; looked < mostLooked; looked++) {
    const [earlier, later] = [calls[before], calls[behind]];
    const earlierMs = earlier === undefined ? -Infinity : timeOf(earlier);
    const laterMs = later === undefined ? Infinity : timeOf(later);
    const isEarlier = earlier !== undefined && earlierMs >= fromMs;
    const isLater = later !== undefined && laterMs <= toMs;
    if (isEarlier && (!isLater || aroundMs - earlierMs <= laterMs - aroundMs)) {
      before--;
      yield earlier;
    } else if (isLater) {
      behind++;
      yield later;
    } else return;
  }
}

/** Of several calls of a loop or of attempts a node fails of the last one. */
function linkOf(caller: FailedCall, called: FailedCall, isTold: boolean): CallLink {
  const { beginMs, endMs } = caller.window;
  const distanceMs =
    endMs === Infinity ? Math.abs(called.run.beginMs - beginMs) : Math.abs(endMs - called.endMs);
  return { caller, called, isTold, distanceMs };
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

function isIn({ run, endMs }: FailedCall, window: Window): boolean {
  return run.beginMs >= window.beginMs - toleranceMs && endMs <= window.endMs + toleranceMs;
}

const beginOf = ({ run }: { readonly run: Timed }) => run.beginMs;
const endOf = ({ endMs }: FailedCall) => endMs;
const windowEndOf = ({ window }: FailedCall) => window.endMs;

function addTo(groups: Groups, name: string, call: FailedCall, timeOf: TimeOf): void {
  const known = groups.get(name);
  if (known === undefined) groups.set(name, [call]);
  else insertInOrder(known, call, timeOf);
}

function dropFrom(groups: Groups, name: string, call: FailedCall, timeOf: TimeOf): void {
  const known = groups.get(name) ?? [];
  removeInOrder(known, (one) => one === call, timeOf(call), timeOf);
  if (known.length === 0) groups.delete(name);
}
