import { type ExecutionKind, isToolCall } from '../trace/execution.ts';
import { msg } from './translate.ts';

/** What an execution is where it is no run of a robot or a workflow, to be translated; else empty. */
export function kindText(kind: ExecutionKind): string {
  return isToolCall(kind) ? msg('tool call') : '';
}
