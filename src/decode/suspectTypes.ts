import type { ExecutionSummary } from '../trace/execution.ts';

/** Words of an error, as the services write them, that belong to one type of node. */
const errorWords: readonly { readonly type: RegExp; readonly message: RegExp }[] = [
  { type: /^rpa$/, message: /\brpa\b|task execution|query task|create task|robot|element/i },
  { type: /^(?:plugin|mcp)$/, message: /plugin|\btool\b|third-party|\bmcp\b|\blink\b|openapi/i },
  { type: /^ifly-code$/, message: /code execution|code node|traceback|syntaxerror/i },
  {
    type: /^(?:spark-llm|decision-making|extractor-parameter)$/,
    message: /\bllm\b|spark|model|token/i,
  },
  { type: /^knowledge/, message: /knowledge|retrieval|embedding/i },
  { type: /^database$/, message: /database|\bsql\b/i },
  { type: /^agent$/, message: /\bagent\b/i },
  { type: /^flow$/, message: /sub-?workflow|sub-?flow|flow node/i },
  { type: /^(?:iteration|loop)$/, message: /iteration|\bloop\b/i },
  { type: /^question-answer$/, message: /question.?answer/i },
  { type: /^node-variable$|^variable/, message: /variable/i },
  { type: /^memory/, message: /\bmemory\b/i },
];

/** The types of nodes that a message may be about; asked only where no entry says which node failed. */
export function suspectTypes({ outcome, failing, message }: ExecutionSummary): readonly RegExp[] {
  if (outcome === 'succeeded' || failing?.inferred === false) return [];
  return errorWords.filter((row) => row.message.test(message)).map(({ type }) => type);
}
