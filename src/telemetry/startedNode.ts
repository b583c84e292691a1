import type { Boundary } from './callSite.ts';
import type { Scope } from './execution.ts';
import type { NodeName } from './nodeName.ts';
import { beginRun } from './nodeRun.ts';
import { scopes } from './traceContext.ts';
import { untracedNode } from './tracedNode.ts';
import type { TracedNode } from './tracedNode.ts';

/** A node that is ended by hand: for hooks and fixtures, whose begin and end are two functions. */
export interface StartedNode {
  /** What the code of the node says about its run. */
  readonly node: TracedNode;
  /** Runs code within the node: what is traced there are its children. */
  readonly run: <T>(body: () => T) => T;
  /** Ends it well, with what it gave. Who ends it a second time is not heard. */
  readonly end: (result?: unknown) => void;
  /** Ends it with an error. */
  readonly fail: (error: unknown) => void;
}

/**
 * Begins a node of the execution in which this code runs; somebody has to end it. Outside of an execution nothing
 * is recorded.
 */
export function startNode(node: NodeName, input: object = {}): StartedNode {
  return startNodeIn(scopes().getStore(), node, input, startNode);
}

/** The same within a given scope. */
export function startNodeIn(
  scope: Scope | undefined,
  node: NodeName,
  input: object,
  boundary: Boundary,
): StartedNode {
  const run = scope && beginRun(scope, node, input, boundary);
  if (run === undefined) return untracedStart;
  return { node: run.begun.node, run: run.run, end: run.end, fail: run.fail };
}

/** A node that nobody looks at. */
export const untracedStart: StartedNode = {
  node: untracedNode,
  run: (body) => body(),
  end: () => undefined,
  fail: () => undefined,
};
