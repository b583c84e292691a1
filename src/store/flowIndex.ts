import type { Milliseconds } from '../trace/execution.ts';
import { TimeOrder, type Timed } from './timeOrder.ts';

/** What stands in the index. */
interface Indexed extends Timed {
  readonly summary: { readonly flowId: string };
}

/** Executions by their flow, each flow's in order of time: what was called at a moment is found without a scan. */
export class FlowIndex<Entry extends Indexed> {
  private readonly flows = new Map<string, TimeOrder<Entry>>();

  /** Takes an entry; one that is there already must have been removed before. */
  add(entry: Entry): void {
    const { flowId } = entry.summary;
    if (flowId === '') return;
    let entries = this.flows.get(flowId);
    if (entries === undefined) this.flows.set(flowId, (entries = new TimeOrder()));
    entries.add(entry);
  }

  remove(entry: Entry): void {
    const { flowId } = entry.summary;
    const entries = this.flows.get(flowId);
    entries?.remove(entry);
    if (entries?.size === 0) this.flows.delete(flowId);
  }

  /** At most `most` executions of a flow with a time from `fromMs` to `toMs`, oldest first. */
  between(
    flowId: string,
    fromMs: Milliseconds,
    toMs: Milliseconds,
    most: number,
  ): readonly Entry[] {
    return this.flows.get(flowId)?.between(fromMs, toMs, most) ?? [];
  }

  clear(): void {
    this.flows.clear();
  }
}
