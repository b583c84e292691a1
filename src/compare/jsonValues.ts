import type { Json, JsonObject } from '../base/json.ts';
import { exactJson } from '../base/jsonText.ts';
import { cutMark } from '../trace/cutMark.ts';
import { maskMark } from '../trace/masked.ts';

/** Whether it is a list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Whether it has fields. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether nothing is there: missing, null, an empty text, list or object; `None` is how the services write null as text. */
export function isNothing(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === 'None') return true;
  if (isList(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

/** Whether something of a text is masked. */
export function isMasked(value: Json | undefined): value is string {
  return typeof value === 'string' && value.includes(maskMark);
}

/** Deeper is nobody's data; what goes through values calls itself. */
const deepestText = 64;

/**
 * What a text holds that is JSON itself; undefined for others. A text within it is shorter by a sign for each of its quotes
 * on every level: to go through all levels is linear.
 */
export function insideText(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value) || isDeep(value)) return undefined;
  return exactJson(value);
}

function isDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === 0x5b || sign === 0x7b) depth++;
    else if (sign === 0x5d || sign === 0x7d) depth--;
    if (depth > deepestText) return true;
  }
  return false;
}

/** Whether two values are the same for sure: what is masked, or cut, may differ and look the same. */
export function surelySame(before: Json | undefined, after: Json | undefined): boolean {
  return areSame(before, after, (leaf) => leaf !== cutMark && !isMasked(leaf) && !isInPart(leaf));
}

/** As `rpa-trace-telemetry` writes it: of bytes how many they are, of a text of some megabytes its beginning. */
export function isInPart(value: Json | undefined): boolean {
  if (typeof value !== 'string') return false;
  return value.length < leastCut ? /^<\d+ bytes>$/.test(value) : value.endsWith(cutMark);
}

const leastCut = 1_000_000;

/** Whether two values are the same as far as anybody sees; `isSure`: whether that proves it of a leaf. */
export function areSame(
  before: Json | undefined,
  after: Json | undefined,
  isSure: (leaf: Json | undefined) => boolean = () => true,
): boolean {
  if (isList(before)) {
    if (!isList(after) || before.length !== after.length) return false;
    return before.every((item, index) => areSame(item, after[index], isSure));
  }
  if (!isObject(before)) return before === after && isSure(before);
  if (!isObject(after)) return false;
  const names = Object.keys(before);
  if (names.length !== Object.keys(after).length) return false;
  return names.every(
    (name) => Object.hasOwn(after, name) && areSame(before[name], after[name], isSure),
  );
}

/** The value as text, with the fields of objects in order: the same for equal values. `leaf` gives what stands for one. */
export function canonicalText(
  value: Json | undefined,
  leaf: (value: Json) => Json = (part) => part,
): string {
  return value === undefined ? '' : JSON.stringify(inOrder(value, leaf));
}

function inOrder(value: Json, leaf: (value: Json) => Json): Json {
  if (isList(value)) return value.map((item) => inOrder(item, leaf));
  // JSON has no word for a number that is larger than any, and would write `null`.
  if (value === Infinity || value === -Infinity) return String(value);
  if (!isObject(value)) return leaf(value);
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, inOrder(value[name] ?? null, leaf)]));
}

/** As it is read: texts without quotes. */
export function plainText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
