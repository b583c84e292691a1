import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { ExecutionSummary } from '../trace/execution.ts';
import { maskedRecordText } from './maskedRecord.ts';
import type { RedactionRules } from '../masking/redactionRules.ts';

/**
 * A record as a line of a trace file, masked: as its service wrote it. Where times or order come from the
 * broker's timestamp, which no service writes into a record, it stands in an envelope as other tools export it.
 */
export function savedLine(
  record: ConsumedRecord,
  summary: ExecutionSummary,
  rules: RedactionRules,
): string {
  const value = maskedRecordText(record, rules);
  const { topic, partition, offset, timestampMs } = record;
  const isNeeded = summary.timeSource === 'recordTimestamp' || summary.beginMs === null;
  if (timestampMs === null || !isNeeded) return value;
  const envelope = JSON.stringify({ topic, partition, offset, timestamp: timestampMs });
  return `${envelope.slice(0, -1)},"value":${value}}`;
}
