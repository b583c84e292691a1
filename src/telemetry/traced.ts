import type { Boundary } from './callSite.ts';
import type { NodeName } from './nodeName.ts';
import { needFunction, shownNode } from './forgotten.ts';
import { beginRun, settled } from './nodeRun.ts';
import { scopes } from './traceContext.ts';
import { untracedNode } from './tracedNode.ts';
import type { TracedNode } from './tracedNode.ts';

/**
 * Runs the code of a node and records it: times, input, what it returns, what it throws. Nodes within it are
 * its children. Outside of an execution the code just runs. Answers what the code answers.
 *
 *     const fields = await traced('extract', { mail }, () => extract(mail));
 *     await traced('tidy up', () => tidyUp());
 */
export function traced<T>(node: NodeName, input: object, body: (node: TracedNode) => T): T;
export function traced<T>(node: NodeName, body: (node: TracedNode) => T): T;
export function traced<T>(
  node: NodeName,
  inputOrBody: object | ((node: TracedNode) => T),
  body?: (node: TracedNode) => T,
): T {
  return body === undefined
    ? tracedFrom(traced, node, {}, inputOrBody as (node: TracedNode) => T)
    : tracedFrom(traced, node, inputOrBody, body);
}

/** The same for what is built on it: `boundary` is the function that the robot called. */
export function tracedFrom<T>(
  boundary: Boundary,
  node: NodeName,
  input: object,
  body: (node: TracedNode) => T,
): T {
  needFunction(body, `traced(${shownNode(node)}, …)`);
  const scope = scopes().getStore();
  const run = scope && beginRun(scope, node, input, boundary);
  if (run === undefined) return body(untracedNode);
  return settled(() => run.run(() => body(run.begun.node)), run.end, run.fail);
}
