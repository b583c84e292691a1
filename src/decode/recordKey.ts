import type { Json } from '../base/json.ts';
import { hashEnds } from '../base/hash.ts';
import { digest } from '../masking/digest.ts';
import type { RedactionRules } from '../masking/redactionRules.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import { keyOfFlow } from '../trace/keyOfFlow.ts';
import { textIn, textOf } from './fields.ts';
import { keptId } from './keptSummary.ts';
import { indexRecord } from './indexRecord.ts';
import type { ParsedRecord } from './parseRecord.ts';
import { codeOf, type RecordShape } from './shapes/recordShape.ts';
import { shapeOf } from './shapes/shapeOf.ts';

/** What names the execution of a record, as it is shown: masked. */
interface Shown {
  readonly service: string;
  readonly sid: string;
}

/** Calls are told apart by their times; where these are the same, by how long the texts are and how they end. */
const hashedChars = 64;

/** The key of a record's execution: its service and sid, and of a called service the call as well. */
export function keyOf(parsed: ParsedRecord, shape: RecordShape, shown: Shown): ExecutionKey {
  // What is masked the same, two names or two ids, stays two. No salt here: the reader goes on looking at the same
  // execution when the engine was started anew.
  const own = (plain: string, masked: string) => (plain === masked ? plain : digest(plain));
  const { root } = parsed;
  const service = own(textOf(root['sub']), shown.service);
  return keyFrom(parsed, shape, service, own(textOf(root['sid']), shown.sid));
}

/**
 * Whether a record is of an execution. Which rules masked the key when the record came doesn't matter: rules that
 * changed since must not make the same record another one.
 */
export function isRecordOf(
  record: ConsumedRecord,
  key: ExecutionKey,
  rules: RedactionRules,
): boolean {
  const parsed = parsedOf(record, rules);
  if (parsed === undefined) return false;
  const { root } = parsed;
  const shape = shapeOf(root);
  const forms = (name: string) => [textIn(root, name), digest(textIn(root, name))];
  const sids = forms('sid');
  const flows = forms('flow_id');
  return forms('sub').some((service) =>
    sids.some((sid) => {
      const own = keptId(keyFrom(parsed, shape, service, sid));
      return own === key || flows.some((flow) => keyOfFlow(own, keptId(flow)) === key);
    }),
  );
}

function keyFrom(
  { root, record }: ParsedRecord,
  shape: RecordShape,
  service: string,
  sid: string,
): ExecutionKey {
  if (textOf(root['sid']) === '') return `${service}/${record.partition}:${record.offset}`;
  if (shape.sidIsUnique) return `${service}/${sid}`;
  const question = textOf(root['question']);
  const answer = textOf(root['answer']);
  const code = codeOf(root) ?? 'undefined';
  const times = [asWritten(root['start_time']), ' ', asWritten(root['end_time']), ' ', code];
  return `${service}/${sid}/${hashEnds([times, question, answer], hashedChars)}`;
}

/** What `textOf` gives, a number as itself. */
function asWritten(value: Json | undefined): string | number {
  return typeof value === 'number' ? value : textOf(value);
}

function parsedOf(record: ConsumedRecord, rules: RedactionRules): ParsedRecord | undefined {
  try {
    const parsed = rules.patterns.guard(() => indexRecord(record, rules));
    return parsed.ok ? parsed.value : undefined;
  } catch {
    // A shape that nobody foresaw is none that was decoded before.
    return undefined;
  }
}
