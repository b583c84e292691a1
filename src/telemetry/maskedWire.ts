import type { Json, JsonObject } from '../base/json.ts';
import type { TextMask } from '../masking/textMask.ts';
import { isList, membersOf } from './wire.ts';
import type { WireValue } from './wire.ts';

/**
 * A value as it can be written, without what is secret in it. What masks it knows JSON alone, in which a member with a
 * number for its name comes first: so what it hid is put where it stood.
 */
export function maskedWire(
  name: string,
  value: WireValue,
  redactor: Pick<TextMask, 'named'>,
): WireValue {
  if (typeof value === 'string') return redactor.named(name, value);
  const json = jsonOf(value);
  return inPlace(value, json, redactor.named(name, json));
}

/** `json` is the value before it was masked. */
function inPlace(value: WireValue, json: Json | undefined, masked: Json): WireValue {
  // The text of a whole number may only be hidden.
  if (typeof value === 'bigint') return masked === String(value) ? value : masked;
  if (typeof masked !== 'object' || masked === null) return masked;
  if (typeof value !== 'object' || value === null) return masked;
  if (typeof json !== 'object' || json === null) return masked;
  if (isList(value)) {
    if (!isList(masked) || !isList(json)) return masked;
    return value.map((item, at) => inPlace(item, json[at], masked[at] ?? null));
  }
  if (isList(masked) || isList(json)) return masked;
  const shown = shownNames(json, masked);
  const copy = new Map<string, WireValue>();
  for (const [key, item] of membersOf(value)) {
    const name = shown?.get(key) ?? key;
    copy.set(name, inPlace(item, json[key], masked[name] ?? null));
  }
  return copy;
}

/**
 * What is seen of the names, which may hold secrets themselves; undefined where all of them are. Each has its place:
 * none that is hidden looks like a number.
 */
function shownNames(json: JsonObject, masked: JsonObject): Map<string, string> | undefined {
  const names = Object.keys(json);
  const shown = Object.keys(masked);
  if (names.every((name, at) => shown[at] === name)) return undefined;
  return new Map(names.map((name, at) => [name, shown[at] ?? name]));
}

function jsonOf(value: WireValue): Json {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(jsonOf);
  return Object.fromEntries([...membersOf(value)].map(([key, item]) => [key, jsonOf(item)]));
}
