import { assertNever } from '../base/assertNever.ts';
import { isWithin, type Condition } from '../query/terms.ts';
import type { StoredExecution } from '../store/executionStore.ts';

/** Whether an execution is like that, by its summary; a payload is not looked into here. */
export function matches(
  { summary, sortMs }: StoredExecution,
  name: string,
  condition: Exclude<Condition, { readonly kind: 'text' }>,
): boolean {
  switch (condition.kind) {
    case 'word':
      return holds(condition.text, [
        ...[name, summary.subject, summary.sid, summary.service, summary.outcome],
        ...[String(summary.code), summary.failing?.name ?? ''],
        ...summary.nodeIds,
        ...summary.nodeNames,
      ]);
    case 'status':
      return summary.outcome === condition.outcome;
    case 'node':
      return holds(condition.text, [
        ...[summary.failing?.name ?? ''],
        ...summary.nodeIds,
        ...summary.nodeNames,
      ]);
    case 'service':
      return holds(condition.text, [summary.service]);
    case 'sid':
      return holds(condition.text, [summary.sid]);
    case 'flow':
      return holds(condition.text, [name, summary.flowId, summary.subject]);
    case 'duration':
      return isWithin(summary.durationMs, condition.within);
    case 'code':
      return isWithin(summary.code, condition.within);
    case 'time':
      return isWithin(sortMs, condition.within);
    default:
      return assertNever(condition);
  }
}

function holds(part: string, texts: readonly string[]): boolean {
  return texts.some((text) => text.toLowerCase().includes(part));
}
