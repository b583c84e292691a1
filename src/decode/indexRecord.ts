import { ok, type Result } from '../base/result.ts';
import type { JsonObject } from '../base/json.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { RejectedRecord } from '../trace/rejected.ts';
import { RecordIndex } from './bytes/recordIndex.ts';
import { viewOfRecord } from './bytes/recordView.ts';
import { isRecord, maxBytes, type ParsedRecord, parseRecord } from './parseRecord.ts';
import type { RedactionRules } from '../masking/redactionRules.ts';

/** A record whose fields are read from its bytes when somebody asks. */
class IndexedRecord implements ParsedRecord {
  readonly record: ConsumedRecord;
  readonly root: JsonObject;
  private readonly bytes: Uint8Array;

  constructor(record: ConsumedRecord, bytes: Uint8Array, root: JsonObject) {
    this.record = record;
    this.bytes = bytes;
    this.root = root;
  }

  /** Only a record that says something which may be a secret is looked through. */
  get around(): string {
    return new TextDecoder().decode(this.bytes);
  }
}

/** Smaller ones JSON.parse builds whole in the time that it takes to step over them. */
const leastBytes = 16 * 1024;

/**
 * Reads what lists and trees show of a record without building the rest. The same as `parseRecord`, which reads what is
 * not plainly a record: in an envelope, in another encoding, damaged.
 */
export function indexRecord(
  record: ConsumedRecord,
  rules: RedactionRules,
  least = leastBytes,
): Result<ParsedRecord, RejectedRecord> {
  const { value } = record;
  const isFit = value !== null && value.length >= least && value.length <= maxBytes;
  const index = isFit ? RecordIndex.of(value) : undefined;
  if (index === undefined) return parseRecord(record, rules);
  const root = viewOfRecord(index);
  return isRecord(root)
    ? ok(new IndexedRecord(record, index.json.bytes, root))
    : parseRecord(record, rules);
}
