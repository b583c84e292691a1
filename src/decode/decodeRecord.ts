import { err, ok, type Result } from '../base/result.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { ExecutionSummary } from '../trace/execution.ts';
import type { RejectedRecord } from '../trace/rejected.ts';
import { keptSummary } from './keptSummary.ts';
import { glanceAtRecord } from './indexRecord.ts';
import { type ReadJson, reject } from './parseRecord.ts';
import type { RedactionRules } from '../masking/redactionRules.ts';
import { readRecord, summarize } from './summary.ts';

/** What the list of executions needs of a record. */
export interface DecodedRecord {
  /** Long texts of it are cut. */
  readonly summary: ExecutionSummary;
  /** False for a snapshot of an execution that goes on. */
  readonly final: boolean;
}

/**
 * Decodes a record as it arrives; never throws. Only what the summary shows is masked, because a topic may
 * bring thousands of records a second and few of them are ever opened; `read` builds no more than that.
 */
export function decodeRecord(
  record: ConsumedRecord,
  rules: RedactionRules,
  read: ReadJson = glanceAtRecord,
): Result<DecodedRecord, RejectedRecord> {
  try {
    return rules.patterns.guard(() => {
      const parsed = read(record, rules);
      if (!parsed.ok) return parsed;
      const summary = keptSummary(summarize(readRecord(parsed.value, rules)));
      return ok({ summary, final: summary.outcome !== 'running' });
    });
  } catch (error) {
    // A shape that nobody foresaw; the kind of error says enough, its words may hold the record's.
    return err(reject(record, 'undecodable', error instanceof Error ? error.name : 'error', rules));
  }
}
