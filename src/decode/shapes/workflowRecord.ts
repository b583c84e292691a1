import type { JsonObject } from '../../base/json.ts';
import type { Outcome } from '../../trace/execution.ts';
import { lastEntry, typeOf, type EntryGroup } from '../entries.ts';
import { textOf } from '../fields.ts';
import { usualShape, type RecordShape } from './recordShape.ts';

/** A run of a workflow, released or in the debugger. */
export const workflowRecord: RecordShape = {
  ...usualShape,
  kind: 'workflow',
  matches: (root) => textOf(root['sub']) === 'workflow',
  subject: (root) => textOf(root['flow_id']) || textOf(root['service_id']),
  outcome: workflowOutcome,
};

/** A client that goes away cuts the run off, and the record still says code 0: only the end is missing. */
function workflowOutcome(root: JsonObject, groups: readonly EntryGroup[]): Outcome {
  const outcome = usualShape.outcome(root);
  if (outcome !== 'succeeded' || textOf(root['answer']) !== '') return outcome;
  return groups.some((group) => typeOf(group.nodeId, lastEntry(group)) === 'node-end')
    ? outcome
    : 'cancelled';
}
