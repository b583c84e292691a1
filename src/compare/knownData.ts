import type { NamedValue, NodeData, NodeId } from '../trace/execution.ts';
import type { TreeNode } from '../trace/tree.ts';
import type { ComparedRun } from './comparedRun.ts';
import type { DataSign } from './dataSign.ts';
import { errorResultOf } from './errorResult.ts';
import type { PayloadShape } from './payloadShape.ts';
import { type ValueType, valueTypeOf } from './valueType.ts';

/** What a node had in a good run under a name. */
export interface Known {
  readonly nodeId: NodeId | null;
  readonly section: DataSign['section'];
  readonly name: string;
  readonly types: Set<ValueType | null>;
  readonly forms: Set<NamedValue['form']>;
  hasError: boolean;
  /** What a model said there was cut. */
  wasCut: boolean;
}

/** So many nodes are decoded before others have their turn. */
export const nodesPerTurn = 50;

/** What is known of a value goes by its place. */
export const keyOf = (nodeId: NodeId | null, section: DataSign['section'], name: string) =>
  JSON.stringify([nodeId, section, name]);

/** The same of all values of a section. */
export const shapeKey = (nodeId: NodeId, section: DataSign['section']) => `${section} ${nodeId}`;

/** What a good run had, of the nodes that are wanted; the form of what they had goes to `shapes`. */
export function* knownOf(
  run: ComparedRun,
  wanted: ReadonlySet<NodeId | null>,
  shapes: ReadonlyMap<string, PayloadShape>,
): Generator<undefined, Map<string, Known>> {
  const known = new Map<string, Known>();
  const add = (
    nodeId: NodeId | null,
    section: DataSign['section'],
    values: readonly NamedValue[],
  ) => {
    for (const value of values) {
      const key = keyOf(nodeId, section, value.name);
      const of: Known = known.get(key) ?? {
        ...{ nodeId, section, name: value.name },
        ...{ types: new Set(), forms: new Set(), hasError: false, wasCut: false },
      };
      of.types.add(valueTypeOf(value));
      of.forms.add(value.form);
      known.set(key, of);
    }
    const name = section === 'output' ? errorIn(values)?.name : undefined;
    const of = name === undefined ? undefined : known.get(keyOf(nodeId, section, name));
    if (of !== undefined) of.hasError = true;
  };
  let at = 0;
  for (const { nodeId, key, run: nodeRun } of nodesOf(run)) {
    if (at++ % nodesPerTurn === 0) yield;
    if (!wanted.has(nodeId)) continue;
    const data = run.dataOf(key);
    for (const section of ['input', 'output'] as const) {
      const values = data?.[section] ?? [];
      add(nodeId, section, values);
      if (nodeRun?.status === 'succeeded') shapes.get(shapeKey(nodeId, section))?.add(values);
    }
    const said = known.get(keyOf(nodeId, 'output', data?.output[0]?.name ?? ''));
    if (said !== undefined && data !== undefined && isCut(data)) said.wasCut = true;
  }
  const answer = wanted.has(null) ? run.ownData()?.answer : undefined;
  if (answer !== undefined) add(null, 'output', [answer]);
  return known;
}

/** Those that ran, but for what they called: that has data of its own. */
export function* nodesOf({ tree }: ComparedRun): Generator<TreeNode, void> {
  // A list of what is left instead of recursion: a tree may be deep.
  const todo = [...tree].reverse();
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    for (let at = node.children.length - 1; at >= 0; at--) {
      const child = node.children[at];
      if (child !== undefined) todo.push(child);
    }
    if (node.subExecution === null && node.run !== null) yield node;
  }
}

/** The error that values tell, though the step went well; null for none. */
export function errorIn(values: readonly NamedValue[]) {
  const result = errorResultOf(Object.fromEntries(values.map(({ name, value }) => [name, value])));
  const [name, ...path] = result?.path ?? [];
  if (result === null || typeof name !== 'string') return null;
  return { name, path, text: result.text, isPlain: result.isPlain };
}

/** Why a model ended, in the words of those that write it beside their answers, not into them: it may say no more. */
const atItsEnd =
  /["'](?:finish_?reason|stop_reason)["']: ?["'](?:length|max_tokens|max_output_tokens)["']/i;

/** Whether a model was at the end of what it may say. */
export function isCut({ logs }: NodeData): boolean {
  return logs.some(({ message }) => atItsEnd.test(message));
}

/** Values by their names, each with its place. */
export function byName(values: readonly NamedValue[]) {
  const names = new Map<string, { readonly value: NamedValue; readonly index: number }[]>();
  values.forEach((value, index) => {
    const same = names.get(value.name);
    if (same === undefined) names.set(value.name, [{ value, index }]);
    else same.push({ value, index });
  });
  return names;
}
