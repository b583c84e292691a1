import type { Json } from '../base/json.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { ExecutionData, NodeData, RunKey } from '../trace/execution.ts';
import { decodeData as decodeExecutionFields } from './executionData.ts';
import { textIn } from './fields.ts';
import { decodeData as decodeEntryData } from './nodeData.ts';
import { parseRecord } from './parseRecord.ts';
import type { Redactor } from './redact.ts';
import type { RedactionRules } from './redaction/redactionRules.ts';
import { readRecord } from './summary.ts';

/** Where one value stands: a part of what a node or an execution got and gave, and its place in it from 0. */
export interface ValuePlace {
  readonly section: 'input' | 'output' | 'config' | 'other';
  readonly index: number;
}

/** The only redactor that hides nothing; it stays in this file. */
const unmasked: Redactor = {
  text: (text) => text,
  named: (_name, value) => value,
  id: (id) => id,
};

/**
 * Decodes one value of a node, or of the execution itself with `runKey` null, without masking it; undefined where
 * none stands. For the reader who asked for just this one: nothing else of it leaves this function.
 */
export function revealValue(
  record: ConsumedRecord,
  rules: RedactionRules,
  runKey: RunKey | null,
  place: ValuePlace,
): Json | undefined {
  const parsed = parseRecord(record, 'exact', rules);
  if (!parsed.ok) return undefined;
  // Keys are masked, so that the one asked for is found among them.
  const read = readRecord(parsed.value, rules);
  if (runKey === null) return ofExecution(decodeExecutionFields(read, unmasked), place);
  const group = read.groups.find(({ key }) => key === runKey);
  if (group === undefined) return undefined;
  return ofNode(decodeEntryData(group, textIn(parsed.value.root, 'sid'), unmasked), place);
}

function ofNode(data: NodeData, { section, index }: ValuePlace): Json | undefined {
  const values = data[section];
  // What a model wrote stands behind the output.
  if (section === 'output' && index === values.length && data.llmOutput !== '')
    return data.llmOutput;
  return values[index]?.value;
}

function ofExecution(data: ExecutionData, { section, index }: ValuePlace): Json | undefined {
  switch (section) {
    case 'input':
      return data.question.value;
    case 'output':
      return data.answer.value;
    case 'other':
      return data.fields[index]?.value;
    case 'config':
      return undefined;
  }
}
