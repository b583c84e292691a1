import type { Json } from '../../base/json.ts';
import { parseJsonExactly } from '../../base/jsonText.ts';
import { isList, isObject, textOf } from '../fields.ts';
import { decodeBase64Json } from '../../masking/base64Text.ts';
import { usualShape, type RecordShape } from './recordShape.ts';

/** A call of a tool over HTTP or MCP. What it sends (header, query, body) stands as JSON in base64. */
export const linkRecord: RecordShape = {
  ...usualShape,
  kind: 'link',
  matches: (root) => /\blink\b/.test(textOf(root['sub'])),
  subject: (root) => textOf(root['service_id']) || textOf(root['log_caller']),
  readQuestion,
  sidIsUnique: false,
};

function readQuestion(question: string): Json | undefined {
  const parsed = parseJsonExactly(question);
  return parsed.ok ? unfold(parsed.value, 0) : undefined;
}

/** payload.message.header is the deepest place where base64 stands. */
function unfold(value: Json, depth: number): Json {
  if (typeof value === 'string') {
    if (!/^(?:ey|ew|W)[\w+/]{6,}={0,2}$/.test(value)) return value;
    const json = decodeBase64Json(value);
    const parsed = json === undefined ? undefined : parseJsonExactly(json);
    return parsed?.ok === true ? parsed.value : value;
  }
  if (depth >= 4) return value;
  if (isList(value)) return value.map((item) => unfold(item, depth + 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, unfold(item, depth + 1)]),
  );
}
