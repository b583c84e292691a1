import type { Json } from '../base/json.ts';
import type { FlowPorts } from '../flow/flowDocument.ts';
import type { JsonPath } from '../find/jsonPath.ts';
import type { NamedValue, NodeData, NodeId } from '../trace/execution.ts';
import type { TreeNode } from '../trace/tree.ts';

/**
 * How a link is known. `observed`: the flow file says so, and the record holds the same value at both ends; `inferred`:
 * one of the two alone; `ambiguous`: more than one may be it.
 */
export interface LineageLink {
  readonly how: 'observed' | 'inferred' | 'ambiguous';
  /** `reference`: by the flow file; `value`: by an equal value; `part`: one is a part of the other; `within`: handed on within a node. */
  readonly by: 'reference' | 'value' | 'part' | 'within';
  /** Whether the same stands at both ends; null where it can't be told. */
  readonly isSame: boolean | null;
}

/**
 * Why a way ends: at the start of the execution; where a node made the value out of others, made it another, or gave
 * nothing; where more than one may have given it; where nobody is known; or after so many steps.
 */
export type LineageEnd =
  | 'start'
  | 'made'
  | 'changed'
  | 'emptied'
  | 'ambiguous'
  | 'unknown'
  | 'notTelling'
  | 'cut'
  | 'users';

/** A value, or a part of one, of a node run. */
export interface Spot {
  readonly node: TreeNode;
  readonly section: 'input' | 'output';
  /** Which value of the section. */
  readonly index: number;
  /** Within the value. */
  readonly path: JsonPath;
}

/** A spot with how it is known to be on the way. */
export interface LinkedSpot extends Spot {
  readonly link: LineageLink | null;
}

/** An execution whose values are followed. */
export interface LineageRun {
  /** What ran, in the order of its completion. */
  readonly nodes: readonly TreeNode[];
  readonly runsOf: (nodeId: NodeId) => readonly TreeNode[];
  readonly parentOf: (node: TreeNode) => TreeNode | undefined;
  /** What the flow file says of a node. */
  readonly portsOf: (nodeId: NodeId) => FlowPorts | undefined;
  /** The nodes that are given something another gives, by the flow file. */
  readonly usersOf: (nodeId: NodeId) => readonly NodeId[];
  /** Masked. */
  readonly dataOf: (node: TreeNode) => NodeData | undefined;
  /** Those in whose bytes a text stands, or may stand; in the order of their completion. */
  readonly holding: (text: string) => readonly TreeNode[];
  /** Stands for what is masked at a spot; undefined where that isn't known. */
  readonly markAt: (spot: Spot) => string | undefined;
}

/** The values of a section as the inspector shows them. */
export function valuesOf(data: NodeData, section: Spot['section']): readonly NamedValue[] {
  if (section === 'input' || data.llmOutput === '') return data[section];
  const { llmOutput: value } = data;
  return [...data.output, { name: 'llm_output', value, form: 'text', round: null }];
}

/** What stands at a spot; undefined where nothing does. */
export function valueAt(run: LineageRun, { node, section, index, path }: Spot): Json | undefined {
  const data = run.dataOf(node);
  const whole = data === undefined ? undefined : valuesOf(data, section)[index]?.value;
  return whole === undefined ? undefined : within(whole, keysOf(path));
}

/** The keys of a path. */
export function keysOf(path: JsonPath): readonly string[] {
  return path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~2', '#').replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A part of a value. */
export function within(whole: Json, keys: readonly string[]): Json | undefined {
  let value: Json | undefined = whole;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string, Json>>)[key];
  }
  return value;
}
