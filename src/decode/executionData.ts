import type { Json } from '../base/json.ts';
import type { ExecutionData, NamedValue } from '../trace/execution.ts';
import type { Redactor } from '../masking/redact.ts';
import { wholeRoot } from './bytes/recordView.ts';
import type { ReadRecord } from './summary.ts';
import { enterSection, maskedValue, readFields, readValue } from './values.ts';

/** Fields of a record that are shown in a place of their own. */
const recordFields = new Set([
  ...['sid', 'sub', 'question', 'answer', 'start_time', 'end_time', 'duration'],
  ...['status', 'usage', 'trace'],
]);

/** Decodes what an execution itself got and gave, masked. */
export function decodeData({ parsed, shape }: ReadRecord, redactor: Redactor): ExecutionData {
  const root = wholeRoot(parsed.root);
  const question = root['question'] ?? '';
  const readable = typeof question === 'string' ? shape.readQuestion(question) : undefined;
  enterSection(redactor, 'input');
  const asked =
    readable === undefined
      ? readValue('question', question, null, redactor)
      : special(readable, shape.kind === 'link' ? 'jsonText' : 'python', redactor);
  enterSection(redactor, 'output');
  const answer = readValue('answer', root['answer'] ?? '', null, redactor);
  enterSection(redactor, 'other');
  const others = Object.entries(root).filter(([name]) => !recordFields.has(name));
  return { question: asked, answer, fields: readFields(others, redactor) };
}

function special(value: Json, form: NamedValue['form'], redactor: Redactor): NamedValue {
  return { name: 'question', ...maskedValue('question', value, redactor), form, round: null };
}
