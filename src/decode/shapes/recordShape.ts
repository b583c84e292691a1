import type { Json, JsonObject } from '../../base/json.ts';
import type { ExecutionKind, Outcome } from '../../trace/execution.ts';
import type { EntryGroup } from '../entries.ts';
import { numberOf, objectOf } from '../fields.ts';
import { recordTimes, type ExecutionTimes } from '../times.ts';

/** What is particular to the records of one service. */
export interface RecordShape {
  readonly kind: ExecutionKind;
  matches(root: JsonObject): boolean;
  /** What ran, not masked. */
  subject(root: JsonObject): string;
  times(root: JsonObject, timestampMs: number | null): ExecutionTimes;
  /** The outcome of a record that is no snapshot. */
  outcome(root: JsonObject, groups: readonly EntryGroup[]): Outcome;
  /** The question in a form that can be read; undefined leaves it as it is. Not masked. */
  readQuestion(question: string): Json | undefined;
  /**
   * Whether the sid alone names the execution. Records of called services don't: a workflow's sid travels to
   * each robot it calls, and two calls of one millisecond may make the same sid.
   */
  readonly sidIsUnique: boolean;
}

/** What is usual; a shape says what differs. */
export const usualShape = {
  times: recordTimes,
  outcome: outcomeByCode,
  readQuestion: () => undefined,
  sidIsUnique: true,
} satisfies Partial<RecordShape>;

/** The status code of a record; undefined when it reports none. */
export function codeOf(root: JsonObject): number | undefined {
  const status = objectOf(root['status']);
  return status === undefined ? undefined : numberOf(status['code']);
}

function outcomeByCode(root: JsonObject): Outcome {
  const code = codeOf(root);
  if (code === undefined) return 'unreported';
  return code === 0 ? 'succeeded' : 'failed';
}
