import { openRecord } from '../decode/decodeExecution.ts';
import type { RulesOfNow } from '../masking/redactionRules.ts';
import type { CountedNode } from '../metrics/nodeInstruments.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';

/**
 * The runs of nodes in a record, as metrics count them. It is read a second time for them, as long as the first time took:
 * only while there is an endpoint. What can't be read again counts for none.
 */
export function countedNodes(
  record: ConsumedRecord,
  { rules }: RulesOfNow,
): readonly CountedNode[] {
  try {
    const { runs } = openRecord(record, rules).execution();
    return runs.map(({ nodeId, type, status, durationMs }) => ({
      ...{ nodeId, type, status, durationMs },
    }));
  } catch {
    return [];
  }
}
