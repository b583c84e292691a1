import { ok, type Result } from '../base/result.ts';
import type { JsonObject } from '../base/json.ts';
import type { Steps } from '../base/steps.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { RejectedRecord } from '../trace/rejected.ts';
import { indexOfRecord } from './bytes/indexer.ts';
import type { PlaceSizes } from './bytes/largePlaces.ts';
import type { RecordIndex } from './bytes/recordIndex.ts';
import { isPlainlyRecord } from './bytes/plainRecord.ts';
import { viewOfRecord } from './bytes/recordView.ts';
import {
  isRecord,
  maxBytes,
  type ParsedRecord,
  parseRecord,
  type ReadJson,
} from './parseRecord.ts';
import { indexedPieces } from './recordPieces.ts';
import type { GatheredSecrets } from './gatheredSecrets.ts';
import type { KnownRuns } from './runTable.ts';
import type { RedactionRules } from '../masking/redactionRules.ts';
import type { SeenWords } from '../masking/seenWords.ts';

/** A record whose fields are read from its bytes when somebody asks. */
class IndexedRecord implements ParsedRecord {
  readonly record: ConsumedRecord;
  readonly root: JsonObject;
  private readonly index: RecordIndex;

  constructor(record: ConsumedRecord, index: RecordIndex, root: JsonObject) {
    this.record = record;
    this.index = index;
    this.root = root;
  }

  get bytesAround(): Uint8Array {
    return this.index.json.bytes;
  }

  get seenWords(): SeenWords | undefined {
    return this.index.seenWords;
  }

  get knownRuns(): KnownRuns | undefined {
    return this.index.knownRuns;
  }

  get gatheredSecrets(): GatheredSecrets | undefined {
    return this.index.gatheredSecrets;
  }

  /** Only a record that says something which may be a secret is looked through. */
  get around(): string {
    return new TextDecoder().decode(this.bytesAround);
  }

  pieces(): Iterable<string> {
    return indexedPieces(this.index);
  }

  noteParts(): Steps<void> {
    return this.index.noteParts();
  }
}

/**
 * Reads what lists and trees show of a record without building the rest. The same as `parseRecord`, which reads what is
 * not plainly a record: in an envelope, in another encoding, damaged.
 */
export function indexRecord(
  record: ConsumedRecord,
  rules: RedactionRules,
): Result<ParsedRecord, RejectedRecord> {
  return indexed(record, true) ?? parseRecord(record, rules);
}

/** The same, with the parts of values of these sizes noted. */
export function indexRecordBy(sizes: PlaceSizes): ReadJson {
  return (record, rules) => indexed(record, true, sizes) ?? parseRecord(record, rules);
}

/** The same to be read at once: until the next record is read, and no longer. */
export function glanceAtRecord(
  record: ConsumedRecord,
  rules: RedactionRules,
): Result<ParsedRecord, RejectedRecord> {
  return indexed(record, false) ?? parseRecord(record, rules);
}

function indexed(
  record: ConsumedRecord,
  isKept: boolean,
  sizes?: PlaceSizes,
): Result<ParsedRecord, never> | undefined {
  const { value, brokenOff } = record;
  if (value === null || brokenOff !== undefined) return undefined;
  if (value.length > maxBytes) return undefined;
  const found = indexOfRecord(value, isKept);
  if (found === undefined) return undefined;
  const index = sizes === undefined ? found : found.noting(sizes);
  const root = viewOfRecord(index);
  return isPlainlyRecord(index) || isRecord(root)
    ? ok(new IndexedRecord(record, index, root))
    : undefined;
}
