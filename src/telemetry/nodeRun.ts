import type { Boundary } from './callSite.ts';
import { fieldOf } from './fieldOf.ts';
import type { BegunNode, Scope } from './execution.ts';
import type { NodeName } from './nodeName.ts';
import { NodeOrder } from './nodeOrder.ts';
import { scopes } from './traceContext.ts';

/** A node that was begun: code runs within it, until somebody ends it. */
export interface NodeRun {
  readonly begun: BegunNode;
  /** Where its code runs. */
  readonly scope: Scope;
  readonly run: <T>(body: () => T) => T;
  readonly end: (result: unknown) => void;
  readonly fail: (error: unknown) => void;
}

/** Begins a node where the code of `scope` runs; undefined if it could not be recorded. */
export function beginRun(
  scope: Scope,
  node: NodeName,
  input: object,
  boundary: Boundary,
): NodeRun | undefined {
  const { execution } = scope;
  // Before it begins: what could fail behind that would leave it open.
  const storage = scopes();
  const order = new NodeOrder();
  const begun = execution.begin(scope, node, input, boundary);
  if (begun === undefined) return undefined;
  const { open } = begun;
  const { span, log } = begun.node;
  const own: Scope = {
    execution,
    nodeId: log.nodeId,
    node: begun.node,
    open,
    span: span ?? scope.span,
    round: undefined,
    order,
  };
  return {
    begun,
    scope: own,
    run: (body) => {
      const within = () => storage.run(own, body);
      return span === undefined ? within() : span.run(within);
    },
    // Once: what can be awaited may tell its end twice.
    end: (result) => {
      if (open.isOver) return;
      open.isOver = true;
      execution.safely(() => execution.endNode(begun, result));
    },
    fail: (error) => {
      if (open.isOver) return;
      open.isOver = true;
      execution.safely(() => execution.failNode(begun, error));
    },
  };
}

/** Runs `body` and says how it ended, when it did; answers or throws what the body does. */
export function settled<T>(
  body: () => T,
  end: (value: unknown) => void,
  fail: (error: unknown) => void,
): T {
  let result: T;
  try {
    result = body();
  } catch (error) {
    fail(error);
    throw error;
  }
  return ended(result, end, fail);
}

/** Says how it ended, now or when what was answered is there; answers the same. */
export function ended<T>(
  result: T,
  end: (value: unknown) => void,
  fail: (error: unknown) => void,
): T {
  if (!isThenable(result)) {
    end(result);
    return result;
  }
  // A promise of its own: whoever awaits it sees the node ended.
  try {
    return result.then(
      (value) => {
        end(value);
        return value;
      },
      (error: unknown) => {
        fail(error);
        throw error;
      },
    ) as T;
  } catch {
    // It is no promise; whoever awaits it learns that.
    end(undefined);
    return result;
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof fieldOf(value, 'then') === 'function';
}
