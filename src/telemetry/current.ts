import { scopes } from './traceContext.ts';
import { untracedNode } from './tracedNode.ts';
import type { TracedNode } from './tracedNode.ts';
import type { WorkflowLog } from './workflowLog.ts';

/** The node in which this code runs, to say something of it from anywhere; outside of one nobody listens. */
export function currentNode(): TracedNode {
  return scopes().getStore()?.node ?? untracedNode;
}

/** The sid of the execution in which this code runs; undefined outside of one. */
export function currentSid(): string | undefined {
  return scopes().getStore()?.execution.log.sid;
}

/** The record of the execution in which this code runs, as it is so far; undefined outside of one. */
export function currentRecord(): WorkflowLog | undefined {
  return scopes().getStore()?.execution.log;
}
