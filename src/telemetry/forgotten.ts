import { fieldOf } from './fieldOf.ts';

/** Says which call lacks its code, where Node would say that something is not a function. */
export function needFunction(body: unknown, call: string): void {
  if (typeof body === 'function') return;
  throw new TypeError(
    `${call} lacks the function that it shall run: its last argument is ${kindOf(body)}.`,
  );
}

/** A node as it stands in a call. */
export function shownNode(node: unknown): string {
  const id = idOf(node);
  return typeof id === 'string' ? `'${id}'` : kindOf(node);
}

/** Whether it is the name of a node; in JavaScript it may be missing. */
export function isNodeName(node: unknown): boolean {
  const id = idOf(node);
  return typeof id === 'string' && id !== '';
}

function idOf(node: unknown): unknown {
  return typeof node === 'object' ? fieldOf(node, 'id') : node;
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : typeof value === 'object' ? 'an object' : typeof value;
}
