import type { Json, JsonObject } from '../base/json.ts';

/**
 * A place in a value: `/items/3/name`, with `~0`, `~1` and `~2` for a tilde, a slash and a `#` in a key; empty for
 * the whole. Where it goes on inside a text that is JSON stands a `#`.
 */
export type JsonPath = string;

/** An array or an object. */
export type JsonBranch = readonly Json[] | JsonObject;

/** Tells arrays and objects from leaves. */
export function isBranch(value: Json): value is JsonBranch {
  return typeof value === 'object' && value !== null;
}

/** How many parts a branch has. */
export function branchSize(value: JsonBranch): number {
  return isArray(value) ? value.length : Object.keys(value).length;
}

/** The parts of a branch from one of them on, at most `most`. */
export function partsOf(
  value: JsonBranch,
  most = Infinity,
  from = 0,
): { key: string; value: Json }[] {
  if (isArray(value)) {
    return value
      .slice(from, from + most)
      .map((part, index) => ({ key: String(from + index), value: part }));
  }
  const keys = Object.keys(value);
  // hasOwn is implied by keys(): `__proto__` as data is an own key here and reads as one.
  return keys.slice(from, from + most).map((key) => ({ key, value: value[key] ?? null }));
}

/** The place of a part. */
export function childPath(path: JsonPath, key: string): JsonPath {
  return `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('#', '~2')}`;
}

/** The branches above a place, from the whole down, each with the part's key below it. */
export function ancestors(path: JsonPath): { path: JsonPath; key: string }[] {
  const steps = path.split('/').slice(1);
  let above = '';
  return steps.map((step) => {
    const entry = {
      path: above,
      key: step.replaceAll('~2', '#').replaceAll('~1', '/').replaceAll('~0', '~'),
    };
    above = `${above}/${step}`;
    return entry;
  });
}

/** The part at a place; undefined where there is none. */
export function partAt(value: Json, path: JsonPath): Json | undefined {
  let at: Json | undefined = value;
  for (const { key } of ancestors(path)) {
    if (at === undefined || !isBranch(at) || !Object.hasOwn(at, key)) return undefined;
    at = isArray(at) ? at[Number(key)] : at[key];
  }
  return at;
}

function isArray(value: JsonBranch): value is readonly Json[] {
  return Array.isArray(value);
}

/** The value as text for the clipboard and the editor: a text as it is, all else as indented JSON. */
export function valueText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
