import type { NodeState } from '../protocol/graph.ts';
import type { Milliseconds } from '../trace/execution.ts';
import type { NodeStatus } from '../trace/tree.ts';

/** The state of a node at a moment of its execution; at the end, with null, as it is told. */
export function statusAt(
  { run, spans }: Pick<NodeState, 'run' | 'spans'>,
  moment: Milliseconds | null,
): NodeStatus {
  const last = run?.status ?? 'notRun';
  if (moment === null) return last;
  let status: NodeStatus = 'notRun';
  for (const [index, span] of (spans ?? []).entries()) {
    if (span.beginMs > moment) break;
    const isOpen = span.endMs === null || span.endMs > moment;
    // Several rounds end as the worst of them; each before the last as itself.
    const isLast = index === (spans?.length ?? 0) - 1;
    status = isOpen ? 'running' : isLast ? last : span.status;
  }
  return status;
}

/** Of the nodes that run at a moment the place of the one that began last; null where none does. */
export function runningAt(states: Iterable<NodeState>, moment: Milliseconds | null): number | null {
  let last = { place: null as number | null, beginMs: -Infinity };
  for (const state of states) {
    if (statusAt(state, moment) !== 'running') continue;
    const begun = state.spans?.findLast(({ beginMs }) => moment === null || beginMs <= moment);
    const beginMs = begun?.beginMs ?? 0;
    if (beginMs >= last.beginMs) last = { place: state.place, beginMs };
  }
  return last.place;
}

/** The next moment while an execution is played: all of it in `playMs`, whatever it took; null at its end. */
export function nextMoment(
  moment: Milliseconds,
  passedMs: Milliseconds,
  { beginMs, endMs }: { readonly beginMs: Milliseconds; readonly endMs: Milliseconds },
  playMs = 8_000,
): Milliseconds | null {
  const next = moment + ((endMs - beginMs) * passedMs) / playMs;
  return next >= endMs ? null : Math.max(beginMs, next);
}
