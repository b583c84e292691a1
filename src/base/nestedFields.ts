import type { Json, JsonObject } from './json.ts';

/** A record nests three levels; a name of more dots is one of something else. */
const deepest = 8;

/** The fields of an object so far. A map: a name is data, and may be one that objects have themselves. */
type Level = Map<string, Json | Level>;

/**
 * The object whose fields are given by dotted names, as search engines flatten it: `status.code` stands in `status`. Of
 * a list they keep the fields apart, each with what all elements hold of it: what such a list was nobody knows any more,
 * and what stands in `lists` is left out then. A field that has a value holds none: `sid.keyword` is another form of it.
 */
export function nestedFields(
  fields: Iterable<readonly [name: string, value: Json]>,
  lists: ReadonlySet<string>,
): JsonObject {
  const root: Level = new Map();
  for (const [name, value] of fields) {
    const path = name.split('.');
    const last = path.pop() ?? '';
    if (path.length >= deepest || (path.length > 0 && lists.has(path[0] ?? ''))) continue;
    const at = levelAt(root, path);
    if (at !== undefined && !(at.has(last) && isEmptyObject(value))) at.set(last, value);
  }
  return asObject(root);
}

/** Undefined where something on the way is a value. */
function levelAt(root: Level, path: readonly string[]): Level | undefined {
  let at = root;
  for (const part of path) {
    const known = at.get(part);
    const isFree = known === undefined || isEmptyObject(known);
    const next: Json | Level = isFree ? new Map() : known;
    if (!(next instanceof Map)) return undefined;
    if (isFree) at.set(part, next);
    at = next;
  }
  return at;
}

/** An object that is empty stands beside its fields. */
function isEmptyObject(value: Json | Level): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof Map) &&
    !Array.isArray(value) &&
    Object.keys(value).length === 0
  );
}

function asObject(level: Level): JsonObject {
  return Object.fromEntries(
    [...level].map(([name, value]) => [name, value instanceof Map ? asObject(value) : value]),
  );
}
