import { missingSuccessor } from '../../trace/locateFailingNode.ts';
import type { Milliseconds } from '../../trace/execution.ts';
import type { Facts } from '../facts.ts';
import type { Evidence, Finding } from '../finding.ts';
import { remediesOf } from '../causes.ts';

/** Parallel rounds run the same node many times. */
const mostNodes = 5;

/**
 * Code 0 with an empty answer and no end node is no success: somebody went away or cancelled. Snapshots
 * that stop coming without an end say no more than that.
 */
export function cutOff(facts: Facts): Finding | null {
  const { outcome } = facts.execution.summary;
  if (outcome !== 'cancelled' && outcome !== 'stalled') return null;
  const cause = outcome === 'stalled' ? 'stalled' : null;
  return {
    rule: 'cutOff',
    severity: 'warning',
    category: 'cancelled',
    cause,
    node: nodeOf(facts),
    code: null,
    evidence:
      outcome === 'stalled'
        ? silence(facts)
        : [
            { source: { kind: 'code' }, value: '0', runKey: null },
            { source: { kind: 'answer' }, value: '', runKey: null },
          ],
    remedies: remediesOf('cancelled', cause),
    confidence: outcome === 'stalled' ? 'possible' : 'likely',
  };
}

/** When the last snapshot came, and what ran then. */
function silence({ execution, context: { reportedMs } }: Facts): Evidence[] {
  const running = execution.runs.filter(({ status }) => status === 'running').slice(0, mostNodes);
  return [
    { source: { kind: 'executionState' }, value: 'running', runKey: null },
    ...(reportedMs === undefined ? [] : [snapshotAt(reportedMs)]),
    ...running.map(({ key, name, nodeId }) => ({
      source: { kind: 'runningNode' } as const,
      value: name === '' ? nodeId : name,
      runKey: key,
    })),
  ];
}

function snapshotAt(atMs: Milliseconds): Evidence {
  return {
    source: { kind: 'snapshot', atMs },
    value: new Date(atMs).toISOString(),
    runKey: null,
  };
}

/** The node that was at work, which leaves no entry; without a flow file the last one that did. */
function nodeOf({ execution, context }: Facts): Finding['node'] {
  const running = execution.runs.findLast(({ status }) => status === 'running');
  const last = running ?? execution.runs.at(-1);
  if (last === undefined) return null;
  const next =
    running === undefined && context.flow !== null
      ? missingSuccessor(execution, context.flow, last.nodeId)
      : undefined;
  return next === undefined
    ? { nodeId: last.nodeId, runKey: last.key, name: last.name }
    : { nodeId: next.id, runKey: null, name: next.name };
}
