import type { NodeName } from './execution.ts';

/** Says which call lacks its code, where Node would say that something is not a function. */
export function needFunction(body: unknown, call: string): void {
  if (typeof body === 'function') return;
  throw new TypeError(
    `${call} lacks the function that it shall run: its last argument is ${kindOf(body)}.`,
  );
}

/** A node as it stands in a call. */
export function shownNode(node: unknown): string {
  const id = typeof node === 'object' && node !== null ? (node as { id?: unknown }).id : node;
  return typeof id === 'string' ? `'${id}'` : kindOf(node);
}

/** The name of a node; in JavaScript it may be missing. */
export function isNodeName(node: unknown): node is NodeName {
  const id = typeof node === 'object' && node !== null ? (node as { id?: unknown }).id : node;
  return typeof id === 'string' && id !== '';
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : typeof value === 'object' ? 'an object' : String(typeof value);
}
