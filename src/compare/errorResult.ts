import type { Json, JsonObject } from '../base/json.ts';
import type { ValuePath } from './comparedRun.ts';
import { isList, isNothing, isObject } from './jsonValues.ts';

/** A result that says of itself that it is none. */
export interface ErrorResult {
  /** The way to what says so. */
  readonly path: ValuePath;
  /** It says that it failed, and of what: nothing else is meant by it. */
  readonly isPlain: boolean;
  /** What it says; empty where it says no more. */
  readonly text: string;
}

/** `{ data: { result: … } }` is as deep as services wrap what they give. */
const deepest = 3;
/** Of an object; a table by names has thousands of fields, and none of them is what we look for. */
const mostFields = 50;

const successNames = /^(?:success|succeeded|is_?success|ok)$/i;
/** As tools of the Model Context Protocol say it, with what went wrong as their content. */
const failureNames = /^is_?error$/i;
const contentName = 'content';
const stateNames = /^(?:status|state|result|outcome)$/i;
const failedWords = /^(?:error|err|fail|failed|failure|exception|失败|错误|异常)$/i;
const codeNames = /^(?:err(?:or)?_?(?:code|no)|(?:status|result|ret(?:urn)?)_?code|code|ret)$/i;
const errorNames = /^(?:errors?|err|exception|err(?:or)?_?(?:msg|message)|错误(?:信息)?)$/i;
const textNames = /^(?:(?:ret(?:urn)?_?|result_?)?(?:message|msg)|reason|detail)$/i;
/** What stands in the place of an error where there is none. */
const noError =
  /^(?:none|null|nil|n\/a|(?:request:)?ok|success(?:ful)?(?:ly)?|succeeded|no errors?|无|正常|(?:操作|处理|请求|调用|执行|查询)?成功|0|-|\[\]|\{\})[.。!！]?$/i;

/** Looks for an error among what a step gave, by the names that services use; texts are not read for words. */
export function errorResultOf(given: JsonObject): ErrorResult | null {
  const todo: { readonly value: JsonObject; readonly path: ValuePath }[] = [
    { value: given, path: [] },
  ];
  // Wide before deep: what is outside is meant.
  for (const { value, path } of todo) {
    const fields = Object.entries(value).slice(0, mostFields);
    const found = errorIn(fields);
    if (found !== null) return { ...found, path: [...path, found.name] };
    if (path.length >= deepest) continue;
    for (const [name, part] of fields) {
      if (isObject(part)) todo.push({ value: part, path: [...path, name] });
    }
  }
  return null;
}

type Field = readonly [name: string, value: Json];

function errorIn(
  fields: readonly Field[],
): { readonly name: string; readonly isPlain: boolean; readonly text: string } | null {
  const flag = fields.find(saysFailed);
  const error = fields.find(([name, value]) => errorNames.test(name) && isError(value));
  const said =
    error ??
    fields.find(([name, value]) => textNames.test(name) && isError(value)) ??
    fields.find(([name]) => name === contentName);
  const text = said === undefined ? '' : textOf(said[1]);
  const telling = flag ?? error;
  if (telling === undefined) return null;
  return { name: telling[0], isPlain: flag !== undefined && text !== '', text };
}

function saysFailed([name, value]: Field): boolean {
  if (failureNames.test(name)) return value === true || value === 'true' || value === 'True';
  if (successNames.test(name)) return value === false || value === 'false' || value === 'False';
  if (stateNames.test(name)) return typeof value === 'string' && failedWords.test(value.trim());
  if (!codeNames.test(name)) return false;
  // Written as texts most codes are names of something; none of them is negative.
  if (typeof value === 'string') return /^-\d{1,9}$/.test(value) || failedWords.test(value.trim());
  return typeof value === 'number' && isErrorCode(name, value);
}

/** `code` is often that of HTTP, or counts something else. */
function isErrorCode(name: string, code: number): boolean {
  if (/^err/i.test(name)) return code !== 0 && code !== 200;
  return code < 0 || (code >= 400 && code < 600);
}

/** Many services give the field always, with nothing in it; `false` and 0 say that there is no error. */
function isError(value: Json): boolean {
  if (typeof value === 'string') return value.trim() !== '' && !noError.test(value.trim());
  if (typeof value !== 'object' || isNothing(value)) return false;
  return !isObject(value) || Object.values(value).slice(0, mostFields).some(isSomething);
}

/** Neither empty nor 0, by which a whole error says that it is none. */
function isSomething(value: Json): boolean {
  return value !== 0 && value !== false && !isNothing(value);
}

function textOf(value: Json): string {
  if (typeof value === 'string') return value;
  if (isList(value)) return textOfContent(value[0]);
  const [, text] = isObject(value)
    ? (Object.entries(value)
        .slice(0, mostFields)
        .find(([name, part]) => textNames.test(name) && typeof part === 'string') ?? [])
    : [];
  return typeof text === 'string' ? text : '';
}

function textOfContent(part: Json | undefined): string {
  const text = isObject(part) ? part['text'] : undefined;
  return typeof text === 'string' ? text : '';
}
