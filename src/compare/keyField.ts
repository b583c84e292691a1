import type { Json } from '../base/json.ts';
import { isObject } from './jsonValues.ts';

/** By what a row is known: as a number and as a text it is the same one. */
export function keyText(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** What usually tells the rows of a table apart, best first. */
const likely = /^(?:id|uuid|guid|key|code|no|sn|sku|编号|单号|序号|代码)$/i;
const lessLikely = /(?:[_-]?(?:id|no|key|code|number)|Id|No|Key|Code|编号|单号|号码?)$/;
const named = /^(?:name|title|label|名称|姓名)$/i;

/** More fields than these no row is known by. */
const mostFields = 64;

/**
 * The field by which the objects of two lists can be told apart: each has it once, and the lists share most of the values.
 * Null where there is none.
 */
export function keyField(before: readonly Json[], after: readonly Json[]): string | null {
  if (!before.every(isObject) || !after.every(isObject)) return null;
  const [first] = after;
  if (first === undefined || before.length === 0) return null;
  const names = Object.keys(first).slice(0, mostFields);
  for (const form of [likely, lessLikely, named]) {
    for (const name of names) {
      if (form.test(name) && tells(name, before, after)) return name;
    }
  }
  return null;
}

function tells(name: string, before: readonly Json[], after: readonly Json[]): boolean {
  const old = valuesOf(name, before);
  const now = valuesOf(name, after);
  if (old === null || now === null) return false;
  let shared = 0;
  for (const value of now) if (old.has(value)) shared++;
  return shared * 2 >= Math.min(old.size, now.size);
}

/** Null where one is missing, has parts, or comes twice. */
function valuesOf(name: string, items: readonly Json[]): ReadonlySet<string> | null {
  const values = new Set<string>();
  for (const item of items) {
    const value = isObject(item) && Object.hasOwn(item, name) ? item[name] : undefined;
    if (value === undefined || value === null || value === '' || typeof value === 'object') {
      return null;
    }
    values.add(keyText(value));
  }
  return values.size === items.length ? values : null;
}
