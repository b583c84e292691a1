import type { Boundary } from './callSite.ts';
import type { NodeName } from './nodeName.ts';
import { needFunction, shownNode } from './forgotten.ts';
import { beginRun, ended, settled } from './nodeRun.ts';
import type { NodeRun } from './nodeRun.ts';
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
  // Who nests thousands of nodes has no room for more of ours on the stack than this and what sets the context.
  const [input, code] =
    body === undefined ? [{}, inputOrBody as (node: TracedNode) => T] : [inputOrBody, body];
  needFunction(code, `traced(${shownNode(node)}, …)`);
  const run = runHere(traced, node, input);
  if (run === undefined) return code(untracedNode);
  const { begun, scope } = run;
  let result: T;
  try {
    result =
      begun.node.span === undefined
        ? scopes().run(scope, code, begun.node)
        : run.run(() => code(begun.node));
  } catch (error) {
    try {
      run.fail(error);
    } catch {
      begun.open.isOver = true;
    }
    throw error;
  }
  try {
    return ended(result, run.end, run.fail);
  } catch {
    // The stack is at its end: it is put away with the execution, and the robot has its answer.
    begun.open.isOver = true;
    return result;
  }
}

/** The same for what is built on it: `boundary` is the function that the robot called. */
export function tracedFrom<T>(
  boundary: Boundary,
  node: NodeName,
  input: object,
  body: (node: TracedNode) => T,
): T {
  needFunction(body, `traced(${shownNode(node)}, …)`);
  const run = runHere(boundary, node, input);
  if (run === undefined) return body(untracedNode);
  return settled(() => run.run(() => body(run.begun.node)), run.end, run.fail);
}

/** Begins the node where this code runs. */
function runHere(boundary: Boundary, node: NodeName, input: object): NodeRun | undefined {
  const scope = scopes().getStore();
  return scope && beginRun(scope, node, input, boundary);
}
