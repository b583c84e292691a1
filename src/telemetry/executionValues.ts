import type { Mask } from './mask.ts';
import { dumps } from './pythonText.ts';
import { toWireMembers, toWireValue } from './wireValue.ts';

/** As the services mark what runs within a node; the panel makes its tree from it. */
export function placeOf(parent: string, round: number | undefined): Record<string, unknown> {
  return round === undefined
    ? { parent_iteration_node_id: parent }
    : { parent_iteration_node_id: parent, iteration_index: round };
}

/** A question or an answer: a text is itself. */
export function jsonOf(value: unknown, mask: Mask | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  return dumps(isPlainObject(value) ? toWireMembers(value, mask) : toWireValue(value, mask));
}

/** Whether the members of a value are values of their own: no class, no list. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
