import type { Json, JsonObject } from '../base/json.ts';
import { isList, isObject } from './fields.ts';
import { parsePythonLiteral } from './pythonLiteral.ts';

/** A text of a text of a text: what goes deeper is no writer's doing. */
const deepest = 4;

/** A record whose trace, or each entry of it, was written as text: with what stands in the text. */
export function withTraceRead(
  root: JsonObject,
  parse: (text: string) => Json | undefined,
): JsonObject {
  const trace = root['trace'];
  const list = typeof trace === 'string' ? listIn(trace, parse) : trace;
  if (!isList(list)) return root;
  const isText = list.some((entry) => typeof entry === 'string');
  if (list === trace && !isText) return root;
  return { ...root, trace: list.map((entry) => read(entry, parse) ?? entry) };
}

/** The entries in a text: a list, one entry, or one on each line. */
function listIn(
  text: string,
  parse: (text: string) => Json | undefined,
): readonly Json[] | undefined {
  const value = read(text, parse);
  if (isList(value)) return value;
  if (isObject(value)) return [value];
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const entries = lines.flatMap((line) => read(line, parse) ?? []);
  return lines.length > 1 && entries.length === lines.length ? entries : undefined;
}

/** What a text stands for, in JSON or as Python prints it; a list or an object as it is, undefined for anything else. */
function read(value: Json, parse: (text: string) => Json | undefined): Json | undefined {
  let current: Json | undefined = value;
  for (let level = 0; typeof current === 'string' && level < deepest; level++) {
    current = parse(current) ?? parsePythonLiteral(current);
  }
  return isList(current) || isObject(current) ? current : undefined;
}
