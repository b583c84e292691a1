import type { Json } from '../base/json.ts';
import { ancestors, childPath, isBranch, type JsonPath, partAt } from '../find/jsonPath.ts';
import type { LeftOutParts, NamedValue } from '../trace/execution.ts';

/** What is given of the lists, objects and texts of a value that go on, by their places in it. */
export type GivenParts = ReadonlyMap<JsonPath, LeftOutParts>;

/** Of what is not in it all is given. */
export const allGiven: GivenParts = new Map();

/** What is given of a value. */
export function givenPartsOf({ leftOut }: Pick<NamedValue, 'leftOut'>): GivenParts {
  if (leftOut === undefined) return allGiven;
  return new Map(leftOut.map((part) => [part.path.reduce(childPath, ''), part]));
}

/** Whether a part, or a part of it, is given in part. */
export function goesOn(given: GivenParts, path: JsonPath): boolean {
  return [...given.keys()].some((one) => one === path || one.startsWith(`${path}/`));
}

/** The part at a place of the whole, with its place among those that are given; undefined where it is not given. */
export function givenPartAt(
  value: Json,
  path: JsonPath,
  given: GivenParts = allGiven,
): Json | undefined {
  if (given.size === 0) return partAt(value, path);
  let part: Json | undefined = value;
  for (const step of ancestors(path)) {
    if (part === undefined || !isBranch(part)) return undefined;
    const from = Array.isArray(part) ? (given.get(step.path)?.from ?? 0) : 0;
    part = partAt(part, childPath('', from > 0 ? String(Number(step.key) - from) : step.key));
  }
  return part;
}

/** Whether a place of a value is given; of a text, its signs from one to another. */
export function isGiven(
  value: NamedValue,
  path: JsonPath,
  signs: { readonly offset: number; readonly length: number },
): boolean {
  const given = givenPartsOf(value);
  const part = givenPartAt(value.value, path, given);
  if (part === undefined) return false;
  const text = given.get(path);
  if (text === undefined || typeof part !== 'string') return true;
  const { from = 0 } = text;
  const end = Math.min(text.size, signs.offset + signs.length);
  return signs.offset >= from && end <= from + part.length;
}
