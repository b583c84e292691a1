import type { FlowReference } from '../flow/flowDocument.ts';
import { childPath } from '../find/jsonPath.ts';
import type { TreeNode } from '../trace/tree.ts';
import { keysOf, type LineageRun, type Spot, valuesOf } from './lineage.ts';

/** An output that a flow file names: by its name now, and the way in it. */
export interface NamedOutput {
  readonly name: string;
  readonly keys: readonly string[];
}

/** What a reference names in its source: the id of the output goes before its name, which may be an older one. */
export function outputOf(run: LineageRun, { source, outputId, path }: FlowReference): NamedOutput {
  const [name = '', ...keys] = stepsOf(path);
  const byId =
    outputId === '' ? undefined : run.portsOf(source)?.outputs.find(({ id }) => id === outputId);
  return { name: byId?.name ?? name, keys };
}

/** Where a node begins with what it is given: that is what it gives, and many records tell it only once. */
export function isStart({ type }: Pick<TreeNode, 'type'>): boolean {
  return /(?:^|-)node-start$/.test(type);
}

/** The spots of an output in a run of its node: one, or one for each round that is kept. */
export function outputSpots(
  run: LineageRun,
  node: TreeNode,
  named: NamedOutput,
  round: number | null,
): readonly Spot[] {
  const given = spotsOfName(run, node, 'output', named, round);
  if (given.length > 0 || !isStart(node)) return given;
  return spotsOfName(run, node, 'input', named, round);
}

function spotsOfName(
  run: LineageRun,
  node: TreeNode,
  section: Spot['section'],
  { name, keys }: NamedOutput,
  round: number | null,
): readonly Spot[] {
  const data = run.dataOf(node);
  if (data === undefined) return [];
  const path = keys.reduce(childPath, '');
  const values = valuesOf(data, section);
  // A file may name all that a node gave, which is one value.
  const isOnly = name === '' && new Set(values.map((value) => value.name)).size === 1;
  const named = values.flatMap((value, index) =>
    value.name === name || isOnly ? [{ value, spot: { node, section, index, path } }] : [],
  );
  const ofRound = named.filter(({ value }) => round === null || value.round === round);
  return (ofRound.length > 0 ? ofRound : named).map(({ spot }) => spot);
}

/** The runs of a node that had ended before another began, of the same round where rounds are told apart. */
export function earlierRuns(run: LineageRun, source: string, user: TreeNode): readonly TreeNode[] {
  const all = run.runsOf(source).filter((node) => isBefore(node, user));
  const near = all.filter((node) => node.run?.iterationIndex === user.run?.iterationIndex);
  return near.length > 0 ? near : all;
}

/** Whether one had ended when another ended: of what is nested, who holds the other is never before it. */
export function isBefore(one: TreeNode, other: TreeNode): boolean {
  if (one.run === null || other.run === null || one.run === other.run) return false;
  if (one.endMs !== null && other.beginMs !== null && one.endMs > other.beginMs) return false;
  return one.run.order < other.run.order && !isOtherRound(one, other);
}

function isOtherRound({ run: one }: TreeNode, { run: other }: TreeNode): boolean {
  if (one?.iterationIndex == null || other?.iterationIndex == null) return false;
  return (
    one.iterationParent === other.iterationParent && one.iterationIndex !== other.iterationIndex
  );
}

/** The steps of `data.rows[0]`. */
export function stepsOf(path: string): string[] {
  return path.match(/[^.[\]]+/g) ?? [];
}

/** The way that is left where a whole is named and a part asked for, or the other way round. */
export function restOf(path: string, keys: readonly string[]): readonly string[] | undefined {
  const asked = keysOf(path);
  const isAbove = keys.every((key, index) => index >= asked.length || asked[index] === key);
  return isAbove ? asked.slice(keys.length) : undefined;
}
