import type { Json } from '../base/json.ts';
import { openRecord } from '../decode/decodeExecution.ts';
import type { RedactionRules } from '../masking/redactionRules.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { NamedValue, NodeData } from '../trace/execution.ts';

/**
 * All texts of a record in the form that is shown, so masked: names, values and the leaves of values. It is read
 * as far as the caller goes, and whoever shares a loop can pause at each text, and should where there is `null`.
 */
export function* payloadTexts(
  record: ConsumedRecord,
  rules: RedactionRules,
): Generator<string | null> {
  const opened = openRecord(record, rules);
  yield null;
  const { summary, runs } = opened.execution();
  yield summary.message;
  for (const _ of opened.prepare()) yield null;
  const { question, answer, fields } = opened.executionData();
  yield* valueTexts([question, answer, ...fields]);
  for (const { key, name } of runs) {
    yield name;
    const data = opened.nodeData(key);
    if (data !== undefined) yield* nodeTexts(data);
  }
}

function* nodeTexts(data: NodeData): Generator<string> {
  yield* valueTexts([...data.input, ...data.output, ...data.config, ...data.other]);
  yield data.llmOutput;
  for (const { message } of data.logs) yield message;
  // A word may be broken over two frames.
  for (const { text, reasoning } of data.streams) yield* [text, reasoning];
}

function* valueTexts(values: readonly NamedValue[]): Generator<string> {
  for (const { name, value } of values) {
    yield name;
    yield* leaves(value);
  }
}

/** Names and leaves; without recursion, for values may be nested deeply. */
function* leaves(whole: Json): Generator<string> {
  const open: Json[] = [whole];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) {
      yield String(value);
      continue;
    }
    if (!Array.isArray(value)) yield* Object.keys(value);
    for (const item of Object.values(value) as Json[]) open.push(item);
  }
}
