import type { LearningMask } from './learningMask.ts';
import { dumps } from './pythonText.ts';
import type { TextRoom } from './textRoom.ts';
import { textOf, toWireMembers, toWireValue } from './wireValue.ts';

/** As the services mark what runs within a node; the panel makes its tree from it. */
export function placeOf(
  parent: string,
  round: number | undefined,
): Record<string, string | number> {
  return round === undefined
    ? { parent_iteration_node_id: parent }
    : { parent_iteration_node_id: parent, iteration_index: round };
}

/** A question or an answer, masked: a text is itself, anything else is written as JSON. */
export function shownText(value: unknown, mask: LearningMask | undefined, room: TextRoom): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return mask?.text(textOf(value, room)) ?? textOf(value, room);
  // By its fields. To look for them again in the JSON would take ten times as long, and cut what is hidden already.
  const masked = isPlainObject(value)
    ? toWireMembers(value, mask, room)
    : toWireValue(value, mask, '', room);
  return mask?.hide(dumps(masked)) ?? dumps(masked);
}

/**
 * Names each value that a node was given: the members of an object of whatever kind, a map's entries, and anything else
 * as `input`. Methods are no values.
 */
export function eachNamedValue(input: unknown, take: (name: string, value: unknown) => void): void {
  if (input === undefined || input === null) return;
  if (input instanceof Map) {
    for (const [name, value] of input) take(textOf(name), value);
    return;
  }
  if (typeof input !== 'object' || isOneValue(input)) {
    take('input', input);
    return;
  }
  const members = input as Readonly<Record<string, unknown>>;
  // Own ones, and what a class or a prototype has as a plain field.
  for (const name in members) {
    const value = members[name];
    if (typeof value !== 'function') take(name, value);
  }
}

/** A list, bytes, a date, an error: whole, and no record of values. */
function isOneValue(input: object): boolean {
  return (
    Array.isArray(input) ||
    ArrayBuffer.isView(input) ||
    input instanceof Set ||
    input instanceof Error ||
    ('toJSON' in input && typeof input.toJSON === 'function')
  );
}

/** Whether the members of a value are values of their own: no class, no list. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  try {
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null;
  } catch {
    return false;
  }
}
