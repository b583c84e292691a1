import type { Json, JsonObject } from './json.ts';

/** A record nests three levels; a name of more dots is one of something else. */
const deepest = 8;

interface Level {
  [name: string]: Json | Level;
}

/**
 * The object whose fields are given by dotted names, as search engines flatten it: `status.code` stands in `status`. Of
 * a list they keep the fields apart, each with what all elements hold of it: what such a list was nobody knows any more,
 * and `lists` are left out then.
 */
export function nestedFields(
  fields: Iterable<readonly [name: string, value: Json]>,
  lists: ReadonlySet<string>,
): JsonObject {
  const root = level();
  for (const [name, value] of fields) {
    const path = name.split('.');
    const last = path.pop() ?? '';
    if (path.length >= deepest || (path.length > 0 && lists.has(path[0] ?? ''))) continue;
    let at = root;
    for (const part of path) {
      const next = at[part];
      at = isLevel(next) ? next : (at[part] = level());
    }
    // An object that is empty stands beside its fields.
    if (!isLevel(at[last])) at[last] = value;
  }
  return root as JsonObject;
}

/** Without a prototype: a name is data. */
function level(): Level {
  return Object.create(null) as Level;
}

function isLevel(value: Json | Level | undefined): value is Level {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
