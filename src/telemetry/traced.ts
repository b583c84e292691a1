import type { NodeName } from './execution.ts';
import { NodeOrder } from './nodeOrder.ts';
import { scopes } from './traceContext.ts';
import { untracedNode } from './tracedNode.ts';
import type { TracedNode } from './tracedNode.ts';

/**
 * Runs the code of a node and records it: times, input, what it returns, what it throws. Nodes within it are
 * its children. Outside of an execution the code just runs. Answers what the code answers.
 *
 *     const fields = await traced('extract', { mail }, () => extract(mail));
 */
export function traced<T>(
  node: NodeName,
  input: Readonly<Record<string, unknown>>,
  body: (node: TracedNode) => T,
): T {
  const storage = scopes();
  const scope = storage.getStore();
  if (scope === undefined) return body(untracedNode);
  const { execution } = scope;
  const begun = execution.safely(() => execution.beginNode(scope, node, input));
  if (begun === undefined) return body(untracedNode);
  const own = {
    execution,
    nodeId: begun.node.log.nodeId,
    logId: begun.node.logId,
    span: begun.node.span ?? scope.span,
    round: undefined,
    order: new NodeOrder(),
  };
  const { span } = begun.node;
  const run = () => storage.run(own, body, begun.node);
  let result: T;
  try {
    result = span === undefined ? run() : span.run(run);
  } catch (error) {
    execution.safely(() => execution.failNode(begun, error));
    throw error;
  }
  if (!isThenable(result)) {
    execution.safely(() => execution.endNode(begun, result));
    return result;
  }
  // A promise of its own: whoever awaits it sees the node ended.
  return result.then(
    (value) => {
      execution.safely(() => execution.endNode(begun, value));
      return value;
    },
    (error: unknown) => {
      execution.safely(() => execution.failNode(begun, error));
      throw error;
    },
  ) as T;
}

/**
 * Runs the code once for each item, one after the other, as an iteration node: what is traced within knows its
 * round. Answers what the rounds answer.
 */
export async function tracedEach<Item, T>(
  node: NodeName,
  items: Iterable<Item> | AsyncIterable<Item>,
  body: (item: Item, round: number) => T | Promise<T>,
): Promise<T[]> {
  const input = Array.isArray(items) ? { items: items as readonly unknown[] } : {};
  return traced(node, input, async () => {
    const results: T[] = [];
    const storage = scopes();
    const scope = storage.getStore();
    for await (const item of items) {
      const round = results.length;
      const run = () => body(item, round);
      results.push(
        await (scope === undefined
          ? run()
          : storage.run({ ...scope, round, order: new NodeOrder() }, run)),
      );
    }
    return results;
  });
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'then' in value &&
    typeof value.then === 'function'
  );
}
