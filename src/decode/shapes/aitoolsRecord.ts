import type { Json } from '../../base/json.ts';
import { textOf } from '../fields.ts';
import { parsePythonLiteral } from '../pythonLiteral.ts';
import { timesUpToRecord } from '../times.ts';
import { usualShape, type RecordShape } from './recordShape.ts';

/** A call of a built-in tool (`ocr`, `smarttts`, …). Its body doesn't say how long it took. */
export const aitoolsRecord: RecordShape = {
  ...usualShape,
  kind: 'aitools',
  matches: (root) => /^(?:aitools|spl)$/.test(textOf(root['sub'])),
  subject: (root) => textOf(root['log_caller']) || textOf(root['service_id']),
  times: timesUpToRecord,
  readQuestion,
  sidIsUnique: false,
};

/** The service of 2025 wrote the JSON of a Python text. */
function readQuestion(question: string): Json | undefined {
  if (!question.startsWith('"')) return undefined;
  try {
    const text: unknown = JSON.parse(question);
    return typeof text === 'string' ? (parsePythonLiteral(text) ?? text) : undefined;
  } catch {
    return undefined;
  }
}
