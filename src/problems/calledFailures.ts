import { CallCandidates, FailedCall, type CallLink } from './callCandidates.ts';
import type { Failed, Timed } from './timed.ts';

/** A workflow in a workflow in a workflow; two that call each other are followed no longer. */
const mostLevels = 10;
/** One that comes may take what another one had, which takes that of a third: where hundreds overlap, so many do. */
const mostMoved = 100;

/** A failure that looks for what it called, or for who called it. */
interface Seeker {
  readonly call: FailedCall;
  readonly as: 'caller' | 'called';
}

/**
 * Which failures are those of workflows that were called: who called them fails with them, and that is one failure. Each is
 * called once, and each that calls fails of one; the surest links hold: what a record tells, then what ended last before
 * its caller failed. What comes and leaves moves those links alone that it has to do with.
 */
export class CalledFailures {
  private readonly known = new Map<Timed, FailedCall>();
  private readonly candidates = new CallCandidates();
  /** Of those whose links moved since somebody asked, what they failed of before. */
  private readonly before = new Map<FailedCall, Failed | undefined>();

  /** Takes one that came. */
  add(run: Failed): void {
    const call = new FailedCall(run);
    this.known.set(run, call);
    this.candidates.add(call);
    this.settle([
      { call, as: 'caller' },
      { call, as: 'called' },
    ]);
  }

  /** Lets go of one that left, where it is one of these. */
  drop(run: Timed): void {
    const call = this.known.get(run);
    if (call === undefined) return;
    const { called, caller } = call;
    this.candidates.drop(call);
    this.known.delete(run);
    for (const link of [called, caller]) if (link !== null) this.cut(link);
    this.settle([
      ...(called === null ? [] : [{ call: called.called, as: 'called' } as const]),
      ...(caller === null ? [] : [{ call: caller.caller, as: 'caller' } as const]),
    ]);
  }

  /** Who failed of another one than when this was asked last, with those that they failed of and fail of now. */
  moved(): readonly Failed[] {
    const others = new Set<Failed>();
    for (const [call, was] of this.before) {
      const now = rootOf(call);
      if (now === was) continue;
      for (const run of [call.run, was, now]) if (run !== undefined) others.add(run);
    }
    this.before.clear();
    return [...others];
  }

  /** Of which failure an execution failed that it called, or that was called for it; undefined for its own. */
  rootOf(run: Timed): Failed | undefined {
    const call = this.known.get(run);
    return call === undefined ? undefined : rootOf(call);
  }

  /** Who failed of a failure. */
  failedOf(run: Timed): readonly Failed[] {
    const root = this.known.get(run);
    const failed: Failed[] = [];
    if (root === undefined || root.called !== null) return failed;
    let link = root.caller;
    for (; link !== null && failed.length < mostLevels; link = link.caller.caller) {
      failed.push(link.caller.run);
    }
    return failed;
  }

  /** Finds the surest link of each, and of those who lose theirs by that: each link is less sure than the one before. */
  private settle(seekers: Seeker[]): void {
    for (let moved = 0; moved < mostMoved; moved++) {
      const next = seekers.pop();
      if (next === undefined) break;
      const link = this.surestOf(next);
      if (link === undefined) continue;
      const { called: othersCalled } = link.caller;
      const { caller: othersCaller } = link.called;
      for (const lost of [othersCalled, othersCaller]) if (lost !== null) this.cut(lost);
      this.join(link);
      if (othersCalled !== null) seekers.push({ call: othersCalled.called, as: 'called' });
      if (othersCaller !== null) seekers.push({ call: othersCaller.caller, as: 'caller' });
    }
  }

  /** Of its links that are surer than what both ends have. */
  private surestOf({ call, as }: Seeker): CallLink | undefined {
    const links =
      as === 'caller' ? this.candidates.calledOf(call) : this.candidates.callersOf(call);
    let surest: CallLink | undefined;
    for (const link of links) {
      // Of those that are as sure another one may be before it.
      if (surest !== undefined && isLessSure(link, surest)) break;
      const others = [link.caller.called, link.called.caller, surest ?? null];
      if (others.every((other) => other === null || isSurer(link, other))) surest = link;
    }
    return surest;
  }

  private join(link: CallLink): void {
    this.moving(link);
    link.caller.called = link;
    link.called.caller = link;
  }

  private cut(link: CallLink): void {
    this.moving(link);
    link.caller.called = null;
    link.called.caller = null;
  }

  /** Who called fails of another one now, and so do those who called him. */
  private moving({ caller }: CallLink): void {
    let call: FailedCall | undefined = caller;
    for (let level = 0; call !== undefined && level <= mostLevels; level++) {
      if (!this.before.has(call)) this.before.set(call, rootOf(call));
      call = call.caller?.caller;
    }
  }
}

/** What was called may have called in its turn; those that call each other in a circle would all be somebody else's. */
function rootOf({ called }: FailedCall): Failed | undefined {
  let link = called;
  for (let level = 1; link !== null && level <= mostLevels; level++) {
    const { called: next } = link;
    if (next.called === null) return next.run;
    link = next.called;
  }
  return undefined;
}

/** Of two that are as sure one has to be, whichever came first. */
function isSurer(one: CallLink, other: CallLink): boolean {
  return isLessSure(other, one) || (!isLessSure(one, other) && nameOf(one) < nameOf(other));
}

function isLessSure(one: CallLink, other: CallLink): boolean {
  return one.isTold === other.isTold ? one.distanceMs > other.distanceMs : other.isTold;
}

function nameOf({ caller, called }: CallLink): string {
  return [caller, called].map(({ run: { beginMs, key } }) => `${String(beginMs)} ${key}`).join(' ');
}
