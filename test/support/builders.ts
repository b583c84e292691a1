import type { ConsumedRecord } from '../../src/record/consumedRecord.ts';
import type { ExecutionSummary } from '../../src/trace/execution.ts';

/** A record with what the test cares about; the rest is ordinary. */
export function aRecord(parts: Partial<ConsumedRecord> = {}): ConsumedRecord {
  return {
    topic: 'spark-agent-builder',
    partition: 0,
    offset: '0',
    timestampMs: 0,
    key: null,
    value: new Uint8Array(),
    ...parts,
  };
}

/** A summary of a successful workflow execution with what the test cares about. */
export function aSummary(parts: Partial<ExecutionSummary> = {}): ExecutionSummary {
  const sid = parts.sid ?? 'spf00970001@hf1a2094e36ee0009782';
  return {
    key: `workflow/${sid}`,
    sid,
    service: 'workflow',
    kind: 'workflow',
    flowId: '7379450201923928066',
    subject: '7379450201923928066',
    outcome: 'succeeded',
    code: 0,
    message: '',
    beginMs: 1_000,
    endMs: 2_000,
    durationMs: 1_000,
    timeSource: 'record',
    failing: null,
    nodeIds: [],
    runCount: 0,
    usage: { questionTokens: 0, promptTokens: 0, completionTokens: 0, totalTokens: 0 },
    ...parts,
  };
}
