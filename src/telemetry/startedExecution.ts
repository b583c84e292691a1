import type { Execution, Scope } from './execution.ts';
import type { NodeName } from './nodeName.ts';
import { NodeOrder } from './nodeOrder.ts';
import { startNodeIn, untracedStart } from './startedNode.ts';
import type { StartedNode } from './startedNode.ts';
import { scopes } from './traceContext.ts';

/** An execution that is ended by hand: for hooks and fixtures, whose begin and end are two functions. */
export interface StartedExecution {
  /** Names the execution. */
  readonly sid: string;
  /** Runs code within the execution: what is traced there are its nodes. */
  readonly run: <T>(body: () => T) => T;
  /** Begins a node of it, wherever this is called from. */
  readonly startNode: (node: NodeName, input?: object) => StartedNode;
  /** Ends it well, with its answer, and sends its record. Who ends it a second time is not heard. */
  readonly end: (result?: unknown) => void;
  /** Ends it with an error, and sends its record. */
  readonly fail: (error: unknown) => void;
}

/** An execution that could not be recorded. */
export const untracedExecution: StartedExecution = {
  sid: '',
  run: (body) => body(),
  startNode: () => untracedStart,
  end: () => undefined,
  fail: () => undefined,
};

/** An execution that has begun, as somebody holds it; `onEnd` is called once. */
export function startedExecution(execution: Execution, onEnd: () => void): StartedExecution {
  const { span } = execution;
  const scope: Scope = {
    execution,
    nodeId: undefined,
    node: undefined,
    open: undefined,
    span,
    round: undefined,
    order: new NodeOrder(),
  };
  const once = (end: () => void) => {
    if (execution.isOver) return;
    execution.safely(end);
    execution.safely(onEnd);
  };
  const startNode = (node: NodeName, input: object = {}) =>
    startNodeIn(scope, node, input, startNode);
  return {
    sid: execution.log.sid,
    run: (body) => {
      const within = () => scopes().run(scope, body);
      return span === undefined ? within() : span.run(within);
    },
    startNode,
    end: (result) => {
      once(() => {
        execution.succeed(result);
      });
    },
    fail: (error) => {
      once(() => {
        execution.fail(error);
      });
    },
  };
}
