import type { Json } from '../base/json.ts';
import type { Redactor } from '../masking/redact.ts';
import type { WireValue } from './wire.ts';

/**
 * A value as it can be written, without what is secret in it. What masks it knows JSON alone, in which a member with a
 * number for its name comes first: so what it hid is put where it stood.
 */
export function maskedWire(
  name: string,
  value: WireValue,
  redactor: Pick<Redactor, 'named' | 'text'>,
): WireValue {
  if (typeof value === 'string') return redactor.named(name, value);
  const json = jsonOf(value);
  return inPlace(value, redactor.named(name, json), redactor);
}

function inPlace(value: WireValue, masked: Json, redactor: Pick<Redactor, 'text'>): WireValue {
  // The text of a whole number may only be hidden.
  if (typeof value === 'bigint') return masked === String(value) ? value : masked;
  if (typeof masked !== 'object' || masked === null) return masked;
  if (isList(value)) {
    return isList(masked)
      ? value.map((item, index) => inPlace(item, masked[index] ?? null, redactor))
      : masked;
  }
  if (typeof value !== 'object' || value === null || isList(masked)) return masked;
  const copy = new Map<string, WireValue>();
  for (const [key, item] of membersOf(value)) {
    // A name may hold a secret itself.
    const shown = Object.hasOwn(masked, key) ? key : redactor.text(key);
    const hidden = (masked as Readonly<Record<string, Json>>)[shown];
    if (hidden !== undefined) copy.set(shown, inPlace(item, hidden, redactor));
  }
  return copy;
}

function jsonOf(value: WireValue): Json {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(jsonOf);
  return Object.fromEntries([...membersOf(value)].map(([key, item]) => [key, jsonOf(item)]));
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

function membersOf(value: Exclude<WireValue, readonly WireValue[]>): Iterable<[string, WireValue]> {
  if (value instanceof Map) return value as Map<string, WireValue>;
  return Object.entries(value as Readonly<Record<string, WireValue>>);
}
