import type { Json } from '../base/json.ts';
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
import { earlierRuns, isBefore, isStart, outputOf, outputSpots } from './references.ts';
import { givenSpotsOf, isSame, partSpotsOf, spotsOf, spotsWhere } from './sameValues.ts';
import { areRelated, holdsWord, isEmpty, isMasked, isTelling, longestText } from './telling.ts';

/** The way of a value back to where it began. */
export interface Origin {
  /** What was asked for first. */
  readonly steps: readonly LinkedSpot[];
  /** Where more than one may have given it, each of them; also those through whom it may have come, and what it was made of. */
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

export type Found =
  | {
      readonly kind: 'one';
      readonly next: LinkedSpot;
      /** It stands there too, and may have come from there: who gave it first is known all the same. */
      readonly others?: readonly LinkedSpot[];
    }
  | { readonly kind: 'many'; readonly candidates: readonly LinkedSpot[] }
  | {
      readonly kind: 'end';
      readonly end: LineageEnd;
      readonly candidates?: readonly LinkedSpot[];
    };

/** Follows a value back to the start, or to the node that made it, changed it or gave nothing. */
export function comeFrom(run: LineageRun, asked: Spot): Origin {
  const steps: LinkedSpot[] = [{ ...asked, link: null }];
  const beside: LinkedSpot[] = [];
  const seen = new Set<string>();
  const ended = (end: LineageEnd, candidates: readonly LinkedSpot[] = []): Origin => ({
    ...{ steps, candidates: beyond([...beside, ...candidates], steps), end },
  });
  for (let at: Spot = asked; steps.length <= mostSteps;) {
    const key = keyOf(at);
    const found = seen.has(key)
      ? ({ kind: 'end', end: 'unknown' } as const)
      : at.section === 'input'
        ? producerOf(run, at)
        : handedOn(run, at);
    seen.add(key);
    if (found.kind === 'many') return ended('ambiguous', found.candidates);
    if (found.kind === 'end') return ended(found.end, found.candidates);
    const { next, others = [] } = found;
    steps.push(next);
    beside.push(...others);
    // Within a node the way goes on from what holds it.
    if (next.link?.isSame === false && next.node !== at.node) return ended('changed');
    at = next;
  }
  return ended('cut');
}

function keyOf({ node, section, index, path }: Spot): string {
  return JSON.stringify([node.key, section, index, path]);
}

/** Each once, without those that the way leads through. */
function beyond(candidates: readonly LinkedSpot[], steps: readonly Spot[]): LinkedSpot[] {
  const seen = new Set(steps.map(keyOf));
  return candidates.filter((spot) => {
    const key = keyOf(spot);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Which output an input came from. */
function producerOf(run: LineageRun, at: Spot): Found {
  const referred = byReference(run, at);
  if (referred !== undefined) return referred;
  const item = itemOf(run, at);
  if (item !== undefined) return { kind: 'one', next: item };
  if (isFirst(run, at.node)) return { kind: 'end', end: 'start' };
  return byValue(run, at);
}

/** Which output the flow file names for an input; undefined where it names none, or the record has none of them. */
export function byReference(run: LineageRun, at: Spot): Found | undefined {
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
  const related = spots.filter((spot) => isRelated(run, at, spot));
  const there = spots.filter((spot) => valueAt(run, spot) !== undefined);
  // Of several those that gave it, else a part of it, else anything.
  const [left = spots] = [same, related, there].filter((some) => some.length > 0);
  if (left.length > 1) {
    return {
      kind: 'many',
      candidates: left.map((spot) => linked(spot, 'ambiguous', 'reference', isSame(run, at, spot))),
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

/** Whether it holds something of the value, or stands in it. */
function isRelated(run: LineageRun, at: Spot, spot: Spot): boolean {
  const [value, other] = [valueAt(run, at), valueAt(run, spot)];
  return value !== undefined && other !== undefined && areRelated(value, other);
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
  if (!at.node.type.endsWith('-node-start')) return undefined;
  const parent = run.parentOf(at.node);
  const spots = parent === undefined ? [] : spotsOf(run, parent, 'input', at);
  // Of items that are the same the one of this round.
  const round = String(at.node.run?.iterationIndex);
  const [spot] = [...spots.filter(({ path }) => keysOf(path)[0] === round), ...spots];
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
    .map((node) => ({ node, spots: givenSpotsOf(run, node, at) }))
    .filter(({ spots }) => spots.length > 0);
  const found = chosen(run, at, givers);
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
  const found = spots.filter((ofNode) => ofNode.length > 0).reverse();
  if (found.length === 0) return { kind: 'end', end: 'unknown' };
  if (found.length > mostProducers) return { kind: 'end', end: 'notTelling' };
  return oneOrMany(
    found.flatMap((ofNode) => ofNode.slice(0, mostProducers)),
    'part',
    false,
  );
}

interface Giver {
  readonly node: TreeNode;
  readonly spots: readonly Spot[];
}

/**
 * Who gave it first; who was given it before handed it on, and is nearer: through whom it came nobody knows. Where each was
 * given it, the first of them.
 */
function chosen(run: LineageRun, at: Spot, givers: readonly Giver[]): Found | undefined {
  const isMaker = ({ node, spots }: Giver) =>
    spots[0]?.section === 'input' || spotsOf(run, node, 'input', at).length === 0;
  const made = givers.filter(isMaker);
  const makers = made.length > 0 ? made : givers.slice(0, 1);
  if (makers.length === 0) return undefined;
  if (makers.length > mostProducers) return { kind: 'end', end: 'notTelling' };
  const spots = makers.flatMap((one) => one.spots.slice(0, mostProducers));
  const handers = givers.filter((one) => !makers.includes(one)).slice(-mostProducers);
  const nearer = handers.flatMap((one) => one.spots.slice(0, 1));
  const [first] = spots;
  if (makers.length > 1 || first === undefined)
    return oneOrMany([...spots, ...nearer], 'value', true);
  const others = [...spots.slice(1), ...nearer];
  const how = others.length === 0 ? 'inferred' : 'ambiguous';
  return {
    kind: 'one',
    next: linked(first, how, 'value', true),
    others: others.map((spot) => linked(spot, 'ambiguous', 'value', true)),
  };
}

function oneOrMany(spots: readonly Spot[], by: LineageLink['by'], same: boolean): Found {
  const [only] = spots;
  if (only !== undefined && spots.length === 1) {
    return { kind: 'one', next: linked(only, 'inferred', by, same) };
  }
  return { kind: 'many', candidates: spots.map((spot) => linked(spot, 'ambiguous', by, same)) };
}

/** Whether a node only handed on what it was given, or took it out of that: then from where. */
function handedOn(run: LineageRun, at: Spot): Found {
  const value = valueAt(run, at);
  if (isEmpty(value)) return emptied(run, at);
  if (value === undefined) return { kind: 'end', end: 'unknown' };
  const same = spotsOf(run, at.node, 'input', at);
  const inPlace = same.filter((spot) => at.path !== '' && spot.path === at.path);
  if (inPlace.length === 1) return ofOneInput(inPlace, inPlace, 'within', true);
  const named = same.filter((spot) => ownName(run, spot) === ownName(run, at));
  const isSure = isMasked(value) || isTelling(value);
  const all = isSure ? same : named;
  if (all.length > 0) return ofOneInput(named.length === 1 ? named : all, all, 'within', true);
  if (isFirst(run, at.node)) return { kind: 'end', end: 'start' };
  // It was given such a value, but many are.
  if (same.length > 0) return { kind: 'end', end: 'notTelling', candidates: ambiguous(same) };
  const holders = isMasked(value) ? [] : holdersOf(run, at.node, value);
  if (holders.length === 0) return { kind: 'end', end: 'made', candidates: madeOf(run, at) };
  if (isSure) return ofOneInput(holders, holders, 'part', false);
  return { kind: 'end', end: 'notTelling', candidates: ambiguous(holders, 'part', false) };
}

/** One input, though it holds it more than once; the way ends where several do. */
function ofOneInput(
  fitting: readonly Spot[],
  all: readonly Spot[],
  by: LineageLink['by'],
  same: boolean,
): Found {
  const [first] = fitting;
  if (first === undefined || fitting.some(({ index }) => index !== first.index)) {
    return { kind: 'many', candidates: ambiguous(all, by, same) };
  }
  const others = all.filter((spot) => spot !== first);
  const how = others.length === 0 ? 'inferred' : 'ambiguous';
  return {
    kind: 'one',
    next: linked(first, how, by, same),
    others: ambiguous(others, by, same),
  };
}

/** More of them nobody tells apart. */
const mostAlike = 20;

function ambiguous(
  spots: readonly Spot[],
  by: LineageLink['by'] = 'within',
  same = true,
): LinkedSpot[] {
  return spots.slice(0, mostAlike).map((spot) => linked(spot, 'ambiguous', by, same));
}

/** The texts that a node was given in which a value stands as a word; of one sign nobody knows. */
function holdersOf(run: LineageRun, node: TreeNode, value: Json): Spot[] {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  if (text.length < 2) return [];
  const budget = { signs: mostSigns };
  return spotsWhere(run, node, 'input', (other) => {
    if (typeof other !== 'string' || other.length <= text.length) return false;
    budget.signs -= other.length;
    return budget.signs > 0 && holdsWord(other, text);
  });
}

/**
 * The inputs that the texts of a node's settings are made of: each is a way on. Those that hold nothing of what was made are
 * left out where others do, and else told as such.
 */
function madeOf(run: LineageRun, at: Spot): LinkedSpot[] {
  const { node } = at;
  const names = new Set(run.portsOf(node.nodeId)?.inTexts);
  const data = run.dataOf(node);
  if (names.size === 0 || data === undefined) return [];
  const spots = data.input.flatMap(({ name }, index): Spot[] =>
    names.has(name) ? [{ node, section: 'input', index, path: '' }] : [],
  );
  const holding = spots.filter((spot) => isRelated(run, at, spot));
  return holding.length > 0
    ? holding.map((spot) => linked(spot, 'inferred', 'text', null))
    : spots.map((spot) => linked(spot, 'inferred', 'text', false));
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
  return run.nodes[0] === node || isStart(node);
}

/** What a spot is called: by its key, or by the name of its value. */
function ownName(run: LineageRun, spot: Spot): string {
  return keysOf(spot.path).at(-1) ?? nameOf(run, spot);
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
