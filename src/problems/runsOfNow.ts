import { hasEnded, type PastExecution, type PastFailure } from '../analysis/pastExecution.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import type { Changes, Timed } from './timed.ts';

/** So many are compared between two pauses. */
const stepSize = 5_000;

/**
 * What ran, as it was told last, and what is other when it is told again. Both are in order of their begin and walked
 * beside each other: to look each up by its key takes ten times as long.
 */
export class RunsOfNow {
  private runs: readonly Timed[] = [];

  /** An execution by its key; mostly one of the last. */
  of(key: ExecutionKey): Timed | undefined {
    return this.runs.findLast((run) => run.key === key);
  }

  /** Takes what there is now; pauses now and then. */
  *take(executions: readonly PastExecution[]): Generator<undefined, Changes> {
    const now = inOrder(executions.filter(isTimed));
    yield;
    const before = this.runs;
    const added: number[] = [];
    const dropped: Timed[] = [];
    let [old, at, steps] = [0, 0, 0];
    while (old < before.length || at < now.length) {
      const [was, is] = [before[old], now[at]];
      const isLater = is === undefined || (was !== undefined && was.beginMs < is.beginMs);
      if (was !== undefined && is !== undefined && isSame(was, is)) now[at] = was;
      else if (was !== undefined && isLater) dropped.push(was);
      else added.push(at);
      // One that is put in moves the new ones on, one that is taken out the old ones.
      const isBoth = was !== undefined && now[at] === was;
      if (isBoth || isLater) old++;
      if (isBoth || !isLater) at++;
      if (++steps % stepSize === 0) yield;
    }
    this.runs = now;
    return settled(now, added, dropped);
  }
}

/** Of those that began in one moment the order may be another: they are looked up by their names. */
function settled(now: Timed[], added: readonly number[], dropped: readonly Timed[]): Changes {
  if (added.length === 0 || dropped.length === 0) {
    return { added: added.flatMap((at) => now[at] ?? []), dropped };
  }
  const gone = new Map<string, Timed[]>();
  for (const run of dropped) {
    const known = gone.get(nameOf(run));
    if (known === undefined) gone.set(nameOf(run), [run]);
    else known.push(run);
  }
  const kept = new Set<Timed>();
  const came: Timed[] = [];
  for (const at of added) {
    const run = now[at];
    if (run === undefined) continue;
    const known = gone.get(nameOf(run))?.find((one) => !kept.has(one) && isSame(one, run));
    if (known === undefined) came.push(run);
    else {
      kept.add(known);
      now[at] = known;
    }
  }
  return { added: came, dropped: dropped.filter((run) => !kept.has(run)) };
}

function isTimed(run: PastExecution): run is Timed {
  return hasEnded(run) && run.beginMs !== null;
}

function inOrder(runs: Timed[]): Timed[] {
  const isInOrder = runs.every((run, at) => run.beginMs >= (runs[at - 1]?.beginMs ?? -Infinity));
  return isInOrder ? runs : runs.sort((a, b) => a.beginMs - b.beginMs);
}

function nameOf({ kind, key, beginMs }: Timed): string {
  return `${kind} ${String(beginMs)} ${key}`;
}

/**
 * Whether it is the same execution, and as it was as far as problems and what is usual go. Read again from the disk, or
 * made of its summary again, it is another object: what a record says once, it says again.
 */
function isSame(one: Timed, other: Timed): boolean {
  return (
    one === other ||
    (one.key === other.key &&
      one.beginMs === other.beginMs &&
      one.kind === other.kind &&
      one.outcome === other.outcome &&
      one.code === other.code &&
      one.flow === other.flow &&
      one.name === other.name &&
      one.durationMs === other.durationMs &&
      one.revision === other.revision &&
      one.recordBytes === other.recordBytes &&
      one.isSummary === other.isSummary &&
      one.calledFrom === other.calledFrom &&
      one.nodes.length === other.nodes.length &&
      isSameFailure(one.failure, other.failure))
  );
}

function isSameFailure(one: PastFailure | null, other: PastFailure | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    one.nodeId === other.nodeId &&
    one.cause === other.cause &&
    one.category === other.category &&
    one.name === other.name &&
    one.calls === other.calls &&
    one.text === other.text &&
    one.also?.join('\0') === other.also?.join('\0')
  );
}
