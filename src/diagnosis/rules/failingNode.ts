import type { Clue } from '../clue.ts';
import type { Facts } from '../facts.ts';
import type { Evidence } from '../finding.ts';

/** Which node it was and how we know. */
export function failingNode({ context, failingRun, execution }: Facts): Clue | null {
  const { failing } = context;
  if (failing === null) return null;
  return {
    rule: 'failingNode',
    category: 'node',
    cause: null,
    code: null,
    evidence: failingRun === null ? inferredFrom(failing.afterNodeId) : entryOf(),
    confidence: failing.inferred ? 'likely' : 'certain',
  };

  function entryOf(): Evidence[] {
    const runKey = failingRun?.key ?? null;
    const evidence: Evidence[] = [{ field: 'running_status', value: 'false', runKey }];
    const count = failingRun?.count ?? 1;
    if (count > 1) evidence.push({ field: 'count', value: `×${String(count)}`, runKey });
    return evidence;
  }

  function inferredFrom(afterNodeId: string | null): Evidence[] {
    const last = execution.runs.find((run) => run.nodeId === afterNodeId);
    if (last === undefined) return [];
    return [{ field: 'next_log_ids', value: last.name, runKey: last.key }];
  }
}
