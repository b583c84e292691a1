import type { Json } from '../base/json.ts';
import { isList } from './fields.ts';
import { cutMark, deepestValue } from '../trace/cutMark.ts';

/**
 * JSON of a value of any depth. JSON.stringify looks at all levels above at each, and exhausts the stack at some
 * thousands of them.
 */
export function jsonOf(value: Json): string {
  return isDeep(value) ? writtenLevelByLevel(value) : JSON.stringify(value);
}

function isDeep(whole: Json): boolean {
  let level: Json[] = [whole];
  for (let depth = 0; depth < deepestValue; depth++) {
    const next: Json[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      for (const item of Object.values<Json>(value)) {
        if (typeof item === 'object' && item !== null) next.push(item);
      }
    }
    if (next.length === 0) return false;
    level = next;
  }
  return true;
}

function writtenLevelByLevel(whole: Json): string {
  const parts: string[] = [];
  // What is left to write, the next one last: values, and signs between them.
  const todo: ({ readonly value: Json } | string)[] = [{ value: whole }];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (typeof next === 'string') {
      parts.push(next);
      continue;
    }
    const { value } = next;
    if (typeof value !== 'object' || value === null) {
      parts.push(JSON.stringify(value));
      continue;
    }
    const isList = Array.isArray(value);
    const entries: [string, Json][] = Object.entries(value);
    parts.push(isList ? '[' : '{');
    todo.push(isList ? ']' : '}');
    for (let index = entries.length - 1; index >= 0; index--) {
      const [name, item] = entries[index] ?? ['', null];
      todo.push({ value: item });
      const sign = index === 0 ? '' : ',';
      todo.push(isList ? sign : `${sign}${JSON.stringify(name)}:`);
    }
  }
  return parts.join('');
}

/** A value that what is behind us can copy: what is deeper than `deepestValue` is cut, as it is where it is masked. */
export function cutDeep(value: Json, depth = 0): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepestValue) return cutMark;
  if (isList(value)) return value.map((item) => cutDeep(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, cutDeep(item, depth + 1)]),
  );
}
