import type { Finding } from '../finding.ts';
import type { Facts } from '../facts.ts';
import { remediesOf } from '../remedies.ts';

/** Code 0 with an empty answer and no end node is no success: somebody went away or cancelled. */
export function cutOff({ execution }: Facts): Finding | null {
  if (execution.summary.outcome !== 'cancelled') return null;
  const last = execution.runs.at(-1);
  return {
    rule: 'cutOff',
    severity: 'warning',
    category: 'cancelled',
    cause: null,
    node: last === undefined ? null : { nodeId: last.nodeId, runKey: last.key, name: last.name },
    code: null,
    evidence: [
      { field: 'status.code', value: '0', runKey: null },
      { field: 'answer', value: '', runKey: null },
    ],
    remedies: remediesOf('cancelled', null),
    confidence: 'likely',
  };
}
