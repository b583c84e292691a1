import type { Clue } from '../clue.ts';
import { type Facts, isInBody } from '../facts.ts';
import type { Evidence } from '../finding.ts';
import type { NodeRun } from '../../trace/execution.ts';

/** Which node it was and how we know. */
export function failingNode(facts: Facts): Clue | null {
  const { context, failingRun } = facts;
  const { failing } = context;
  if (failing === null) return null;
  return {
    rule: 'failingNode',
    category: 'node',
    cause: null,
    code: null,
    evidence:
      failingRun === null ? inferredFrom(facts, failing.afterNodeId) : entryOf(facts, failingRun),
    confidence: failing.inferred ? 'likely' : 'certain',
  };
}

function entryOf(facts: Facts, run: NodeRun): Evidence[] {
  // A node that never ended says nothing of how it went.
  if (run.status === 'unended') return [];
  const evidence: Evidence[] = [
    { source: { kind: 'runningStatus' }, value: 'false', runKey: run.key },
  ];
  if (run.count > 1) evidence.push(repetition(facts, run));
  return evidence;
}

/** The engine enters a node once per failed attempt and once more when it gives up; in a body, once per round. */
function repetition(facts: Facts, run: NodeRun): Evidence {
  const attempts = run.count - 1;
  return isInBody(facts, run.nodeId) === false
    ? { source: { kind: 'attempts', count: attempts }, value: String(attempts), runKey: run.key }
    : { source: { kind: 'count', count: run.count }, value: `×${run.count}`, runKey: run.key };
}

function inferredFrom({ execution }: Facts, afterNodeId: string | null): Evidence[] {
  const last = execution.runs.find((run) => run.nodeId === afterNodeId);
  if (last === undefined) return [];
  return [{ source: { kind: 'next' }, value: last.name, runKey: last.key }];
}
