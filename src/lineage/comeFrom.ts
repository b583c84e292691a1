import type { FlowReference } from '../flow/flowDocument.ts';
import type { TreeNode } from '../trace/tree.ts';
import {
  keysOf,
  type LineageEnd,
  type LineageLink,
  type LineageRun,
  type LinkedSpot,
  type Spot,
  valueAt,
  valuesOf,
} from './lineage.ts';
import { earlierRuns, isBefore, outputOf, outputSpots } from './references.ts';
import { isSame, partSpotsOf, spotsOf } from './sameValues.ts';
import { isEmpty, isMasked, isTelling, longestText } from './telling.ts';

/** The way of a value back to where it began. */
export interface Origin {
  /** What was asked for first. */
  readonly steps: readonly LinkedSpot[];
  /** Where more than one may have given it, each of them. */
  readonly candidates: readonly LinkedSpot[];
  readonly end: LineageEnd;
}

/** Longer ways nobody walks. */
const mostSteps = 100;
/** A value that more nodes gave tells of none of them. */
const mostProducers = 3;
/** What is masked stands in no bytes: so many nodes before are looked into. */
const mostMasked = 300;
/** Of nodes whose texts may be a part. */
const mostParts = 300;
/** A quarter of a second, in which the engine answers nobody else: a page made of a table may hold 80,000 of its texts. */
const mostSigns = 250_000_000;

type Found =
  | { readonly kind: 'one'; readonly next: LinkedSpot }
  | { readonly kind: 'many'; readonly candidates: readonly LinkedSpot[] }
  | { readonly kind: 'end'; readonly end: LineageEnd };

/** Follows a value back to the start, or to the node that made it, changed it or gave nothing. */
export function comeFrom(run: LineageRun, asked: Spot): Origin {
  const steps: LinkedSpot[] = [{ ...asked, link: null }];
  const seen = new Set<string>();
  for (let at: Spot = asked; steps.length <= mostSteps;) {
    const key = JSON.stringify([at.node.key, at.section, at.index, at.path]);
    const found = seen.has(key)
      ? ({ kind: 'end', end: 'unknown' } as const)
      : at.section === 'input'
        ? producerOf(run, at)
        : handedOn(run, at);
    seen.add(key);
    if (found.kind === 'many') return { steps, candidates: found.candidates, end: 'ambiguous' };
    if (found.kind === 'end') {
      const candidates = found.end === 'made' ? madeOf(run, at) : [];
      return { steps, candidates, end: found.end };
    }
    steps.push(found.next);
    if (found.next.link?.isSame === false) return { steps, candidates: [], end: 'changed' };
    at = found.next;
  }
  return { steps, candidates: [], end: 'cut' };
}

/** Which output an input came from. */
function producerOf(run: LineageRun, at: Spot): Found {
  const referred = byReference(run, at);
  if (referred !== undefined) return referred;
  const item = itemOf(run, at);
  if (item !== undefined) return { kind: 'one', next: item };
  if (run.nodes[0] === at.node) return { kind: 'end', end: 'start' };
  return byValue(run, at);
}

function byReference(run: LineageRun, at: Spot): Found | undefined {
  const data = run.dataOf(at.node);
  const value = data === undefined ? undefined : valuesOf(data, 'input')[at.index];
  const references =
    run.portsOf(at.node.nodeId)?.references.filter(({ input }) => input === value?.name) ?? [];
  if (references.length === 0) return undefined;
  const { producers, spots } = referredSpots(run, at, references, value?.round ?? null);
  const same = spots.filter((spot) => isSame(run, at, spot) === true);
  const [first] = same;
  if (first !== undefined && same.length === 1) {
    return { kind: 'one', next: linked(first, 'observed', 'reference', true) };
  }
  const left = same.length > 1 ? same : spots;
  if (left.length > 1) {
    const isEqual = same.length > 1 ? true : null;
    return {
      kind: 'many',
      candidates: left.map((spot) => linked(spot, 'ambiguous', 'reference', isEqual)),
    };
  }
  const [only] = left;
  if (only !== undefined && valueAt(run, only) !== undefined) {
    return { kind: 'one', next: linked(only, 'inferred', 'reference', isSame(run, at, only)) };
  }
  const [producer] = producers;
  // The file names an output that the record doesn't hold: the node gave nothing there, or it never ran.
  if (producer === undefined || !isEmpty(valueAt(run, at))) return undefined;
  if (producers.some(({ nodeId }) => nodeId !== producer.nodeId)) return undefined;
  const index = run.dataOf(producer) === undefined ? 0 : Math.max(0, only?.index ?? 0);
  const nowhere: Spot = { node: producer, section: 'output', index, path: only?.path ?? '' };
  return { kind: 'one', next: linked(nowhere, 'inferred', 'reference', null) };
}

/** What the references of an input name: a variable that several set, a text that is made of several. */
function referredSpots(
  run: LineageRun,
  at: Spot,
  references: readonly FlowReference[],
  round: number | null,
) {
  const producers = new Set<TreeNode>();
  const spots = new Map<string, Spot>();
  for (const reference of references) {
    const output = outputOf(run, reference);
    const named = { ...output, keys: [...output.keys, ...keysOf(at.path)] };
    for (const node of earlierRuns(run, reference.source, at.node)) {
      producers.add(node);
      for (const spot of outputSpots(run, node, named, round)) {
        // Of several names for one output those that the record doesn't know lead nowhere.
        if (references.length > 1 && valueAt(run, spot) === undefined) continue;
        spots.set(JSON.stringify([node.key, spot.index, spot.path]), spot);
      }
    }
  }
  return { producers: [...producers], spots: [...spots.values()] };
}

/** What starts a round was given an item of the list that is gone through. */
function itemOf(run: LineageRun, at: Spot): LinkedSpot | undefined {
  if (!/iteration-node-start|loop-node-start/.test(at.node.type)) return undefined;
  const parent = run.parentOf(at.node);
  const [spot] = parent === undefined ? [] : spotsOf(run, parent, 'input', at);
  return spot === undefined ? undefined : linked(spot, 'inferred', 'value', true);
}

function byValue(run: LineageRun, at: Spot): Found {
  const value = valueAt(run, at);
  if (value === undefined || isEmpty(value)) return { kind: 'end', end: 'unknown' };
  if (!isMasked(value) && !isTelling(value)) return { kind: 'end', end: 'notTelling' };
  const text = longestText(value);
  const before = (isMasked(value) ? run.nodes : run.holding(text)).filter((node) =>
    isBefore(node, at.node),
  );
  const near = isMasked(value) ? before.slice(-mostMasked) : before;
  const givers = near
    .map((node) => ({ node, spots: spotsOf(run, node, 'output', at) }))
    .filter(({ spots }) => spots.length > 0);
  // Who was given it before only handed it on.
  const makers = givers.filter(({ node }) => spotsOf(run, node, 'input', at).length === 0);
  const found = chosen(
    (makers.length > 0 ? makers : givers).map(({ spots }) => spots),
    'value',
    true,
  );
  if (found !== undefined) return found;
  return isMasked(value) ? { kind: 'end', end: 'unknown' } : asPart(run, at, text, before);
}

/** As a part of a longer text, or made of shorter ones. */
function asPart(run: LineageRun, at: Spot, text: string, holding: readonly TreeNode[]): Found {
  if (typeof valueAt(run, at) !== 'string') return { kind: 'end', end: 'unknown' };
  const others = run.nodes.filter((node) => isBefore(node, at.node)).slice(-mostParts);
  const near = [...new Set([...holding.slice(-mostParts), ...others])];
  const budget = { signs: mostSigns };
  // The nearest first: it is more likely made of them.
  const spots = near.toReversed().map((node) => partSpotsOf(run, node, 'output', text, budget));
  const found = chosen(spots.filter((ofNode) => ofNode.length > 0).reverse(), 'part', false);
  return found ?? { kind: 'end', end: 'unknown' };
}

/** One node that gave it, or all of a few. */
function chosen(
  givers: readonly (readonly Spot[])[],
  by: LineageLink['by'],
  isEqual: boolean,
): Found | undefined {
  if (givers.length === 0) return undefined;
  if (givers.length > mostProducers) return { kind: 'end', end: 'notTelling' };
  const spots = givers.flatMap((ofNode) => ofNode.slice(0, mostProducers));
  const [only] = spots;
  if (only !== undefined && spots.length === 1) {
    return { kind: 'one', next: linked(only, 'inferred', by, isEqual) };
  }
  // Twice in one node: which of the two doesn't change who gave it.
  if (only !== undefined && givers.length === 1) {
    return { kind: 'one', next: linked(only, 'ambiguous', by, isEqual) };
  }
  return { kind: 'many', candidates: spots.map((spot) => linked(spot, 'ambiguous', by, isEqual)) };
}

/** Whether a node only handed on what it was given: then from where. */
function handedOn(run: LineageRun, at: Spot): Found {
  const value = valueAt(run, at);
  if (isEmpty(value)) return emptied(run, at);
  if (value === undefined) return { kind: 'end', end: 'unknown' };
  const isSure = isMasked(value) || isTelling(value);
  const same = spotsOf(run, at.node, 'input', at).filter(
    (spot) => isSure || nameOf(run, spot) === nameOf(run, at),
  );
  const [spot] = same.toSorted(
    (a, b) =>
      Number(nameOf(run, b) === nameOf(run, at)) - Number(nameOf(run, a) === nameOf(run, at)),
  );
  if (spot !== undefined) {
    return {
      kind: 'one',
      next: linked(spot, same.length === 1 ? 'inferred' : 'ambiguous', 'within', true),
    };
  }
  return { kind: 'end', end: isFirst(run, at.node) ? 'start' : 'made' };
}

/** The inputs that the texts of a node's settings are made of: each is a way on. */
function madeOf(run: LineageRun, { node }: Spot): LinkedSpot[] {
  const names = new Set(run.portsOf(node.nodeId)?.inTexts);
  const data = run.dataOf(node);
  if (names.size === 0 || data === undefined) return [];
  return data.input.flatMap(({ name }, index) => {
    const spot: Spot = { node, section: 'input', index, path: '' };
    return names.has(name) ? [linked(spot, 'inferred', 'text', false)] : [];
  });
}

/** A node that gave nothing was given nothing under that name, or made nothing of what it was given. */
function emptied(run: LineageRun, at: Spot): Found {
  const data = run.dataOf(at.node);
  if (data === undefined) return { kind: 'end', end: 'emptied' };
  const name = nameOf(run, at);
  const index = data.input.findIndex((input) => input.name === name && isEmpty(input.value));
  if (name === '' || index === -1) return { kind: 'end', end: 'emptied' };
  const spot: Spot = { node: at.node, section: 'input', index, path: '' };
  return { kind: 'one', next: linked(spot, 'inferred', 'within', true) };
}

function isFirst(run: LineageRun, node: TreeNode): boolean {
  return run.nodes[0] === node || /^node-start$/.test(node.type);
}

function nameOf(run: LineageRun, { node, section, index }: Spot): string {
  const data = run.dataOf(node);
  return data === undefined ? '' : (valuesOf(data, section)[index]?.name ?? '');
}

/** A spot with how it is known. */
export function linked(
  spot: Spot,
  how: LineageLink['how'],
  by: LineageLink['by'],
  same: boolean | null,
): LinkedSpot {
  return { ...spot, link: { how, by, isSame: same } };
}
