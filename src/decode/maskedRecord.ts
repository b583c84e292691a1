import type { Json, JsonObject } from '../base/json.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import { isList, isObject, listIn } from './fields.ts';
import { readLog } from './logs.ts';
import { readStreams } from './logStreams.ts';
import { parseRecord } from './parseRecord.ts';
import { RecordSecrets } from './recordSecrets.ts';
import { createKnowingRedactor, type Redactor } from '../masking/redact.ts';
import type { RedactionRules } from '../masking/redactionRules.ts';
import type { LogLine } from '../trace/execution.ts';
import { maskMark } from '../trace/masked.ts';

/**
 * A record as its service wrote it, as JSON on one line, unknown fields and all, with every secret masked;
 * throws an `Error` for one that `decodeRecord` rejects. Integers beyond 2^53 become decimal text, NaN and
 * infinities their words: what reads it again could not hold them either.
 */
export function maskedRecordText(record: ConsumedRecord, rules: RedactionRules): string {
  const parsed = parseRecord(record, rules);
  if (!parsed.ok) throw new Error(`Not readable as an execution: ${parsed.error.reason}`);
  const { root } = parsed.value;
  const { names } = rules;
  const secrets = new RecordSecrets(parsed.value.pieces(), names, parsed.value.gatheredSecrets);
  const redactor = createKnowingRedactor(() => secrets.all(), rules);
  const masked = rules.patterns.guard(() => withOwnIds(root, redactor.named('', root), redactor));
  return JSON.stringify(masked);
}

/** By these a record is joined with others, and its entries with each other. */
const recordIds = ['sid', 'flow_id', 'service_id', 'bot_id', 'app_id', 'uid', 'chat_id'];
const entryIds = ['id', 'sid', 'node_id', 'func_id', 'next_log_ids', 'parent_log_id'];

/** Two ids that are masked stay two. */
function withOwnIds(root: JsonObject, masked: Json, redactor: Redactor): Json {
  if (!isObject(masked)) return masked;
  const record = withIds(root, masked, recordIds, redactor);
  const entries = masked['trace'];
  if (!isList(entries)) return record;
  const plain = listIn(root, 'trace');
  const trace = entries.map((entry, index) => {
    const before = plain[index];
    if (!isObject(entry) || !isObject(before)) return entry;
    return withoutParts(before, withIds(before, entry, entryIds, redactor), redactor);
  });
  return { ...record, trace };
}

/** A secret that is broken over the frames of a stream shows in none of them. */
function withoutParts(plain: JsonObject, masked: JsonObject, redactor: Redactor): JsonObject {
  const { logs } = masked;
  if (!isList(logs)) return masked;
  const lines = listIn(plain, 'logs').map(readLog);
  const { broken } = readStreams(lines, redactor);
  if (broken.size === 0) return masked;
  const hidden = ({ level, time }: LogLine) => {
    const [shownLevel, shownTime] = [redactor.text(level), redactor.text(time)];
    return JSON.stringify({ level: shownLevel, message: maskMark, time: shownTime });
  };
  return {
    ...masked,
    logs: logs.map((log, index) => {
      const line = lines[index];
      return broken.has(index) && line !== undefined ? hidden(line) : log;
    }),
  };
}

function withIds(
  plain: JsonObject,
  masked: JsonObject,
  names: readonly string[],
  redactor: Redactor,
): JsonObject {
  const changed = names.flatMap((name) => {
    const before = plain[name];
    const id = before === undefined ? undefined : maskedId(before, masked[name], redactor);
    return id === undefined ? [] : [[name, id] as const];
  });
  return changed.length === 0 ? masked : { ...masked, ...Object.fromEntries(changed) };
}

function maskedId(plain: Json, masked: Json | undefined, redactor: Redactor): Json | undefined {
  if (typeof plain === 'string') {
    if (typeof masked !== 'string' || masked === plain) return undefined;
    const id = redactor.id(plain);
    // Its name says that it is secret, or another place of the record does.
    return id === plain ? redactor.marked(masked, plain) : id;
  }
  if (!isList(plain) || !isList(masked)) return undefined;
  return plain.map((id, index) => maskedId(id, masked[index], redactor) ?? masked[index] ?? null);
}
