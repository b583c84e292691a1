import type { ExecutionKey } from './execution.ts';

/** The key of an execution whose sid one of another flow has as well. */
export function keyOfFlow(key: ExecutionKey, flowId: string): ExecutionKey {
  return `${key}/${flowId}`;
}
