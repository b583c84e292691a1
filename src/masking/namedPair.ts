import type { Json } from '../base/json.ts';
import type { NameJudge } from './secretNames.ts';
import { looksMade } from './secretSpan.ts';

const nameFields =
  /^(?:name|key|k|header|field|param|parameter|variable|label|id|selector|element|locator|(?:param|field)_?name)$/i;
const valueField = /^(?:value|val|v|text|content|default|defaultValue|(?:param|field)_?value)$/i;

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

const listedName = /^-{0,2}[A-Za-z\u4e00-\u9fff][\w\u4e00-\u9fff-]{1,40}:?$/;
const listedScheme = /^(?:bearer|basic|token|digest)$/i;

/**
 * Whether an item of a list is a secret because the one before names it: ["X-Api-Key", "…"], ["--password", "…"]. In
 * `["password", "user"]` two names stand: it must look like a secret, or follow an option.
 */
export function isNamedBefore(list: readonly Json[], index: number, names: NameJudge): boolean {
  const value = list[index];
  let before = list[index - 1];
  if (typeof value !== 'string' || typeof before !== 'string') return false;
  if (listedScheme.test(before)) before = list[index - 2] ?? '';
  if (typeof before !== 'string' || !listedName.test(before)) return false;
  const isMade = looksMade(value.replace(/^\w+ /, ''));
  if (!isMade && (!before.startsWith('--') || value.startsWith('-'))) return false;
  return names.isSecret(before);
}

/** `{"type": "ref", …}` points to another node's output. */
export function isReference(value: Json): boolean {
  return typeof value === 'object' && value !== null && 'type' in value && value['type'] === 'ref';
}
