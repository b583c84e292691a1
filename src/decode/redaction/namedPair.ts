import type { Json } from '../../base/json.ts';
import { looksMade } from './secretSpan.ts';

const nameFields = /^(?:name|key|header|field|param|parameter|variable)$/i;
const valueField = /^(?:value|val|content|default|defaultValue)$/i;

/** The name in an object that names its value: `{"name": "token", "value": …}`; undefined when it is none. */
export function nameOfPair(entries: readonly (readonly [string, Json])[]): string | undefined {
  if (entries.length > 12 || !entries.some(([key]) => holdsValue(key))) return undefined;
  const found = entries.find(([key, value]) => nameFields.test(key) && typeof value === 'string');
  return typeof found?.[1] === 'string' ? found[1] : undefined;
}

/** Whether the value of a pair stands under this key. */
export function isValueOfPair(key: string, value: Json): boolean {
  // A reference to another node's output is no secret, only the names of both.
  return valueField.test(key) && !isReference(value);
}

/** `schema` holds the value of a flow's own inputs: {"value": {"type": "literal", "content": …}}. */
export function holdsValue(key: string): boolean {
  return valueField.test(key) || key === 'schema';
}

/** ["X-Api-Key", "…"]: a name and a value that looks like a secret; `["password", "user"]` are two names. */
export function isListPair(list: readonly Json[]): list is readonly [string, string] {
  const [name, value] = list;
  if (list.length !== 2 || typeof name !== 'string' || typeof value !== 'string') return false;
  return looksMade(value.replace(/^\w+ /, ''));
}

/** `{"type": "ref", …}` points to another node's output. */
export function isReference(value: Json): boolean {
  return typeof value === 'object' && value !== null && 'type' in value && value['type'] === 'ref';
}
