import type { Milliseconds } from '../trace/execution.ts';

/** What stands in the index. */
interface Indexed {
  readonly sortMs: Milliseconds;
  readonly summary: { readonly key: string; readonly flowId: string };
}

/** Executions by their flow, each flow's in order of time: what was called at a moment is found without a scan. */
export class FlowIndex<Entry extends Indexed> {
  private readonly flows = new Map<string, Entry[]>();

  /** Takes an entry; one of the same key must have been removed before. */
  add(entry: Entry): void {
    const { flowId } = entry.summary;
    if (flowId === '') return;
    const entries = this.flows.get(flowId);
    if (entries === undefined) this.flows.set(flowId, [entry]);
    else entries.splice(firstFrom(entries, entry.sortMs + 1), 0, entry);
  }

  remove({ summary, sortMs }: Entry): void {
    const entries = this.flows.get(summary.flowId);
    if (entries === undefined) return;
    for (let at = firstFrom(entries, sortMs); at < entries.length; at++) {
      if (entries[at]?.summary.key !== summary.key) continue;
      entries.splice(at, 1);
      break;
    }
    if (entries.length === 0) this.flows.delete(summary.flowId);
  }

  /** The executions of a flow with a time from `fromMs` to `toMs`, oldest first. */
  between(flowId: string, fromMs: Milliseconds, toMs: Milliseconds): readonly Entry[] {
    const entries = this.flows.get(flowId) ?? [];
    let end = firstFrom(entries, fromMs);
    const begin = end;
    while ((entries[end]?.sortMs ?? Number.POSITIVE_INFINITY) <= toMs && end < entries.length)
      end++;
    return entries.slice(begin, end);
  }

  clear(): void {
    this.flows.clear();
  }
}

/** Index of the first entry at `ms` or later. */
function firstFrom(entries: readonly Indexed[], ms: Milliseconds): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = entries[middle];
    if (entry !== undefined && entry.sortMs < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
