import { withoutColoursIn } from '../base/colours.ts';
import type { Json } from '../base/json.ts';
import { parseJsonExactly } from '../base/jsonText.ts';
import type { NamedValue, ValueForm } from '../trace/execution.ts';
import { isStoredText } from '../trace/storedText.ts';
import { parsePythonLiteral } from './pythonLiteral.ts';
import type { Redactor } from '../masking/redact.ts';

/** Makes a value of a record readable: JSON and Python in text are parsed, the rest stays; then all is masked. */
export function readValue(
  name: string,
  raw: Json,
  round: number | null,
  redactor: Redactor,
): NamedValue {
  const { value, form } = parseValue(raw);
  return {
    name: redactor.text(name),
    value: withoutColoursIn(redactor.named(name, value)),
    form,
    round,
  };
}

function parseValue(raw: Json): { value: Json; form: ValueForm } {
  if (typeof raw !== 'string') return { value: raw, form: 'json' };
  if (isStoredText(raw)) return { value: raw, form: 'link' };
  if (/^\s*[[{]/.test(raw)) {
    const parsed = parseJsonExactly(raw);
    if (parsed.ok && isContainer(parsed.value)) return { value: parsed.value, form: 'jsonText' };
  }
  const literal = parsePythonLiteral(raw);
  if (literal !== undefined && isContainer(literal)) return { value: literal, form: 'python' };
  return { value: raw, form: 'text' };
}

function isContainer(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}
