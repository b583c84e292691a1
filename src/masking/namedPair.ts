import type { Json, JsonObject } from '../base/json.ts';
import type { NameJudge } from './secretNames.ts';
import { looksMade } from './secretSpan.ts';

const noNames: readonly string[] = [];
/** A longer one is a sentence. */
const longestName = 80;
const nameFields =
  /^(?:name|key|k|header|field|param|parameter|variable|label|id|selector|element|locator|property|prop|attr(?:ibute)?|column|arg(?:ument)?|(?:param|field|variable|var|arg|property|attribute|key|item|element|control)_?name|名称|名字|名|键|列名|列|栏位|参数名?|参数名称|字段名?|字段名称|变量名?|属性名?|标签|项|项目|控件|元素|输入框|target|into|widget|目标|目标元素)$/i;
/** What names a place to type into, and what such a place ends with: `PasswordBox`. */
const placeField =
  /^(?:selector|element|locator|control|target|into|widget|field|目标|目标元素|控件|元素|输入框)(?:_?name)?$/i;
export const placeEnding = /[ _-]?(?:text ?box|box|field|input|edit|element|control)$/i;
const valueField =
  /^(?:value|val|v|text|content|data|default|default_?value|current_?value|new_?value|input(?:_?(?:value|text))?|argument|setting|answer|entered|typed|(?:param|field|variable|var|arg|property|attribute|key|item)_?value|值|内容|参数值|字段值|变量值|属性值|文本|输入|输入值|输入内容|填写内容|默认值|当前值|current|expected|keys|key_?strokes|entered_?text)$/i;

/** The names in an object that names its value: `{"name": "token", "value": …}`; most objects have none. */
export function namesOfPair(entries: readonly (readonly [string, Json])[]): readonly string[] {
  if (entries.length > 12 || !entries.some(([key]) => holdsValue(key))) return noNames;
  return entries.flatMap(([key, value]) => {
    // {"element": {"name": "密码输入框"}, "text": …}
    const named =
      placeField.test(key) && isObject(value) ? (value['name'] ?? value['名称']) : value;
    if (typeof named !== 'string' || named.length > longestName || !nameFields.test(key)) return [];
    return [placeField.test(key) ? named.replace(placeEnding, '') : named];
  });
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
  if (/^\/p:./i.test(value) && typeof before === 'string' && /^\/u/i.test(before)) return true;
  if (typeof before !== 'string' || !listedName.test(before)) return false;
  const isMade = looksMade(value.replace(/^\w+ /, ''));
  if (!isMade && (!before.startsWith('--') || value.startsWith('-'))) return false;
  return names.isSecret(before);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `{"type": "ref", …}` points to another node's output. */
export function isReference(value: Json): boolean {
  return typeof value === 'object' && value !== null && 'type' in value && value['type'] === 'ref';
}
