import { type ExecutionKey, type ExecutionSummary } from '../trace/execution.ts';

/** Beyond so many ids, of flows and of nodes, nobody runs flows; each costs a reference. */
const mostIds = 100_000;
const several = Symbol('several');

/**
 * Of which flows an execution is known to have succeeded: told by ids alone, so that each row of a list can be asked. Once
 * known it stays known; what left since the comparison says itself.
 */
export class SucceededFlows {
  private readonly byId = new Map<string, ExecutionKey | typeof several>();

  observe(summary: ExecutionSummary): void {
    if (summary.outcome !== 'succeeded') return;
    for (const id of idsOf(summary)) {
      const known = this.byId.get(id);
      if (known === summary.key || known === several) continue;
      if (known === undefined && this.byId.size >= mostIds) continue;
      this.byId.set(id, known === undefined ? summary.key : several);
    }
  }

  /** Whether there may be another one of its flow that succeeded. */
  hasOther(summary: ExecutionSummary): boolean {
    if (this.byId.size >= mostIds) return true;
    return idsOf(summary).some((id) => {
      const known = this.byId.get(id);
      return known !== undefined && known !== summary.key;
    });
  }

  clear(): void {
    this.byId.clear();
  }
}

/** What two executions of one flow have in common: its id, else a node of it, else what ran. */
function idsOf({ kind, flowId, nodeIds, subject }: ExecutionSummary): readonly string[] {
  if (flowId !== '') return [`${kind} flow ${flowId}`];
  if (nodeIds.length === 0) return [`${kind} subject ${subject}`];
  return nodeIds.map((id) => `${kind} node ${id}`);
}
