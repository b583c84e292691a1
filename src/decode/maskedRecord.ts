import type { ConsumedRecord } from '../record/consumedRecord.ts';
import { collectSecrets } from './knownSecrets.ts';
import { parseRecord } from './parseRecord.ts';
import { createKnowingRedactor } from './redact.ts';
import { createRedactionRules, type RedactionRules } from './redaction/redactionRules.ts';

/**
 * A record as its service wrote it, as JSON on one line, unknown fields and all, with every secret masked;
 * throws an `Error` for one that `decodeRecord` rejects. Integers beyond 2^53 become decimal text, NaN and
 * infinities their words: what reads it again could not hold them either.
 */
export function maskedRecordText(
  record: ConsumedRecord,
  rules: RedactionRules = createRedactionRules(),
): string {
  const parsed = parseRecord(record, 'exact', rules);
  if (!parsed.ok) throw new Error(`Not readable as an execution: ${parsed.error.reason}`);
  const { root, text } = parsed.value;
  const redactor = createKnowingRedactor(() => collectSecrets(text, rules.names), rules);
  return JSON.stringify(rules.patterns.guard(() => redactor.named('', root)));
}
