import { childPath } from '../find/jsonPath.ts';
import type { TreeNode } from '../trace/tree.ts';
import { byReference, linked } from './comeFrom.ts';
import { type LineageRun, type LinkedSpot, type Spot, valueAt, valuesOf } from './lineage.ts';
import { earlierRuns, isBefore, outputOf, restOf } from './references.ts';
import { givenSpotsOf, isSame, spotsOf } from './sameValues.ts';
import { isEmpty, isMasked, isTelling, longestText } from './telling.ts';

/** Who used a value. */
export interface Uses {
  readonly users: readonly LinkedSpot[];
  readonly more: number;
}

/** More nobody reads one by one. */
const mostUsers = 200;
/** What is masked stands in no bytes: so many nodes behind are looked into. */
const mostMasked = 300;

/** All that were given a value that a node gave: by the flow file, and else by an equal value of telling length. */
export function usedBy(run: LineageRun, at: Spot): Uses {
  const referring = referringTo(run, at);
  const known = new Set(referring.map(({ node }) => node));
  const others = byValue(run, at).filter(({ node }) => !known.has(node));
  // Both ends of a link say the same of it.
  const found = [...referring, ...others].flatMap((user) => asFromThere(run, at, user));
  const users = found.sort((a, b) => (a.node.run?.order ?? 0) - (b.node.run?.order ?? 0));
  return { users: users.slice(0, mostUsers), more: Math.max(0, users.length - mostUsers) };
}

/** The link as it is told of the input; none where that surely came from elsewhere. */
function asFromThere(run: LineageRun, at: Spot, user: LinkedSpot): readonly LinkedSpot[] {
  const from = byReference(run, user);
  if (from === undefined || from.kind === 'end') return [user];
  const spots = from.kind === 'one' ? [from.next] : from.candidates;
  const there = spots.find(({ node, section, index }) => {
    return node === at.node && (section !== at.section || index === at.index);
  });
  if (there !== undefined) return [{ ...user, link: there.link }];
  const isElsewhere = spots.some(({ link }) => link?.how === 'observed');
  return isElsewhere ? [] : [{ ...user, ...linked(user, 'ambiguous', 'value', true) }];
}

function referringTo(run: LineageRun, at: Spot): LinkedSpot[] {
  const data = run.dataOf(at.node);
  const name = data === undefined ? undefined : valuesOf(data, 'output')[at.index]?.name;
  if (name === undefined) return [];
  const users = new Set(run.usersOf(at.node.nodeId));
  return run.nodes.flatMap((node) => {
    if (!users.has(node.nodeId) || !isGivenBy(run, at.node, node)) return [];
    return inputsOf(run, at, name, node);
  });
}

/** Of several runs of a node each was given what the one before it gave. */
function isGivenBy(run: LineageRun, source: TreeNode, user: TreeNode): boolean {
  return isBefore(source, user) && earlierRuns(run, source.nodeId, user).includes(source);
}

function inputsOf(run: LineageRun, at: Spot, name: string, node: TreeNode): LinkedSpot[] {
  const data = run.dataOf(node);
  if (data === undefined) return [];
  const references = run.portsOf(node.nodeId)?.references ?? [];
  const given = run.dataOf(at.node);
  // A file may name all that a node gave, which is one value.
  const isOnly =
    given !== undefined && new Set(valuesOf(given, 'output').map((value) => value.name)).size === 1;
  const found = references.flatMap((reference) => {
    if (reference.source !== at.node.nodeId) return [];
    const output = outputOf(run, reference);
    const isNamed = output.name === name || (output.name === '' && isOnly);
    const rest = isNamed ? restOf(at.path, output.keys) : undefined;
    if (rest === undefined) return [];
    return valuesOf(data, 'input').flatMap((value, index) => {
      if (value.name !== reference.input) return [];
      const spot: Spot = { node, section: 'input', index, path: rest.reduce(childPath, '') };
      // Where a part of it is used, it is a part that is the same.
      const part: Spot = {
        ...at,
        path: output.keys.length > 0 ? output.keys.reduce(childPath, '') : at.path,
      };
      const same = isSame(run, rest.length > 0 || output.keys.length === 0 ? at : part, spot);
      return [linked(spot, same === true ? 'observed' : 'inferred', 'reference', same)];
    });
  });
  // A variable goes by several names.
  return [...new Map(found.map((spot) => [`${String(spot.index)} ${spot.path}`, spot])).values()];
}

function byValue(run: LineageRun, at: Spot): LinkedSpot[] {
  const value = valueAt(run, at);
  if (value === undefined || isEmpty(value)) return [];
  if (!isMasked(value) && !isTelling(value)) return [];
  const holding = isMasked(value) ? run.nodes : run.holding(longestText(value));
  const behind = holding.filter((node) => isBefore(at.node, node));
  // Who else gave it may be who it came from, though he was given it before.
  const others = holding.filter(
    (node) => node !== at.node && givenSpotsOf(run, node, at).length > 0,
  );
  return (isMasked(value) ? behind.slice(0, mostMasked) : behind).flatMap((node) => {
    const isAlone = !others.some((other) => isBefore(other, node));
    return spotsOf(run, node, 'input', at).map((spot) =>
      linked(spot, isAlone ? 'inferred' : 'ambiguous', 'value', true),
    );
  });
}
