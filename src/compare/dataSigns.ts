import type { NamedValue, NodeId, RunKey } from '../trace/execution.ts';
import type { PortType } from '../trace/portType.ts';
import type { TreeNode } from '../trace/tree.ts';
import type { ComparedRun } from './comparedRun.ts';
import { type DataSign, noSign } from './dataSign.ts';
import { type Given, inputSigns } from './inputSigns.ts';
import {
  byName,
  errorIn,
  isCut,
  keyOf,
  type Known,
  knownOf,
  nodesOf,
  nodesPerTurn,
  shapeKey,
} from './knownData.ts';
import { PayloadShape } from './payloadShape.ts';
import { valueTypeOf } from './valueType.ts';

/** The inputs of a node as its flow file declares them. */
export type DeclaredInputs = (nodeId: NodeId) => readonly PortType[] | undefined;

/** More nobody reads. */
const mostSigns = 20;
/** A flow has one start, or some that begin it in several ways. */
const mostStarts = 10;
/** Of those whose good runs are asked. */
const mostSuspects = 200;
/** How many good runs make an “always”: a list may be empty on some days. */
const leastAlways = 3;
/** The same for the form of what steps gave; of an execution that went well more: it needed none of it. */
const leastShapes = { good: 5, failed: leastAlways };
/** Of those whose form is compared; they stand first in the flow, and what is amiss later comes of it. */
const mostShaped = 500;
const longestText = 200;

/** What may be a sign, to be asked of good runs. */
interface Suspect {
  readonly sign: DataSign;
  readonly nodeId: NodeId | null;
  /** It is a sign where nothing is known of good runs. */
  readonly isPlain: boolean;
}

interface Shaped {
  readonly run: RunKey;
  readonly nodeId: NodeId;
  readonly section: DataSign['section'];
}

/** What was looked at in an execution. */
export interface LookedData {
  readonly run: ComparedRun;
  readonly suspects: readonly Suspect[];
  /** Whose form is compared: what they gave, and of those at which it begins what they were given. */
  readonly shaped: readonly Shaped[];
  /** Of one that failed: what the step was given that failed, and what the flow was started with. */
  readonly given: readonly Given[];
  /** Whether good runs would tell more. */
  readonly isWorthAsking: boolean;
}

/** Looks at what steps were given and gave; of a failed one also at what the step was given that failed. */
export function* lookAtData(
  run: ComparedRun,
  declared: DeclaredInputs,
): Generator<undefined, LookedData> {
  const suspects: Suspect[] = [];
  const shaped: Shaped[] = [];
  const given: Given[] = [];
  const starts: TreeNode[] = [];
  const take = (key: RunKey, nodeId: NodeId) => {
    const values = run.dataOf(key)?.input ?? [];
    // An attempt may have been noted without what it was given.
    if (values.length > 0)
      given.push({ run: key, nodeId, values, declared: declared(nodeId) ?? [] });
  };
  const isGood = run.summary.outcome === 'succeeded';
  let at = 0;
  for (const node of nodesOf(run)) {
    if (suspects.length >= mostSuspects) break;
    if (at++ % nodesPerTurn === 0) yield;
    // What failed and was got over is told as such; the end of a run that failed gives nothing.
    if (node.run?.status !== 'succeeded' || (!isGood && node.type === 'node-end')) continue;
    if (node.run.mixesRounds === true) continue;
    const begins = isStart(node) || at === 1;
    const isDeclared = begins && (declared(node.nodeId)?.length ?? 0) > 0;
    if (isDeclared && starts.length < mostStarts) starts.push(node);
    suspects.push(...suspectOutputs(run, node));
    if (shaped.length === mostShaped) continue;
    const section = isStart(node) ? 'input' : 'output';
    shaped.push({ run: node.key, nodeId: node.nodeId, section });
  }
  if (isGood) suspects.push(...suspectAnswer(run));
  const { failing } = run;
  if (!isGood && failing?.runKey != null && failing.nodeId !== null) {
    take(failing.runKey, failing.nodeId);
    if (given.length > 0) {
      shaped.push({ run: failing.runKey, nodeId: failing.nodeId, section: 'input' });
    }
    for (const { key, nodeId } of starts) if (key !== failing.runKey) take(key, nodeId);
  }
  return {
    ...{ run, suspects, shaped, given },
    isWorthAsking: shaped.length > 0 || suspects.length > 0,
  };
}

/** The most telling last. */
const telling: readonly DataSign['kind'][] = ['empty', 'cutAnswer', 'errorResult'];

/** What of it stands out against good runs of the flow and against the flow file, most telling first. */
export function* judgeData(
  looked: LookedData,
  good: readonly ComparedRun[],
): Generator<undefined, readonly DataSign[]> {
  const wanted = new Set(looked.suspects.map(({ nodeId }) => nodeId));
  for (const { nodeId } of looked.given) wanted.add(nodeId);
  const shapes = new Map(
    looked.shaped.map(({ nodeId, section }) => [shapeKey(nodeId, section), new PayloadShape()]),
  );
  for (const { nodeId } of looked.shaped) wanted.add(nodeId);
  const known: Map<string, Known>[] = [];
  for (const one of good) known.push(yield* knownOf(one, wanted, shapes));
  const inputs = looked.given.flatMap((given) => [...inputSigns(given, known)]);
  const outputs = looked.suspects.flatMap((suspect) => judged(suspect, known) ?? []);
  outputs.sort((a, b) => telling.indexOf(b.kind) - telling.indexOf(a.kind));
  const told = [...inputs, ...outputs];
  return [...told, ...(yield* shapeSigns(looked, shapes, told))].slice(0, mostSigns);
}

/** What starts a flow, in the words of the formats: what it was given is what the flow was started with. */
function isStart({ type }: TreeNode): boolean {
  return type === 'node-start' || /trigger$|^request$|^startEvent$/i.test(type);
}

/** Where what steps gave has another form than in good runs; not what is told already, nor what holds it. */
function* shapeSigns(
  { run, shaped }: LookedData,
  shapes: ReadonlyMap<string, PayloadShape>,
  told: readonly DataSign[],
): Generator<undefined, readonly DataSign[]> {
  const least = leastShapes[run.summary.outcome === 'succeeded' ? 'good' : 'failed'];
  const placeOf = ({ run: of, section, name }: Pick<DataSign, 'run' | 'section' | 'name'>) =>
    JSON.stringify([of, section, name]);
  const known = new Set(told.map(placeOf));
  const signs: DataSign[] = [];
  for (const [at, { run: key, nodeId, section }] of shaped.entries()) {
    if (at % nodesPerTurn === 0) yield;
    if (signs.length >= mostSigns) break;
    const values = run.dataOf(key)?.[section] ?? [];
    // An entry may have been noted without them.
    if (values.length === 0) continue;
    for (const odd of shapes.get(shapeKey(nodeId, section))?.oddIn(values, least) ?? []) {
      const sign: DataSign = { ...noSign, ...odd, section, run: key };
      if (!known.has(placeOf(sign))) signs.push(sign);
    }
  }
  return signs;
}

function suspectOutputs(run: ComparedRun, node: TreeNode): Suspect[] {
  const data = run.dataOf(node.key);
  const values = data?.output ?? [];
  const found = data !== undefined && isCut(data) ? [cutAnswer(values, node)] : [];
  const empty = [...byName(values)].flatMap(([name, all]): Suspect[] => {
    if (all.some(({ value }) => valueTypeOf(value) !== 'nothing')) return [];
    const sign = { ...noSign, kind: 'empty', section: 'output', run: node.key, name } as const;
    return [{ sign: { ...sign, index: all[0]?.index ?? 0 }, nodeId: node.nodeId, isPlain: false }];
  });
  const error = suspectError(values, node.key, node.nodeId);
  return [...found, ...(error === null ? [] : [error]), ...empty];
}

/** It stands at what the step gave first: what the model said. */
function cutAnswer(values: readonly NamedValue[], node: TreeNode): Suspect {
  const [first] = values;
  const sign = { ...noSign, kind: 'cutAnswer', section: 'output', run: node.key } as const;
  return {
    sign: { ...sign, name: first?.name ?? '', index: first === undefined ? null : 0 },
    ...{ nodeId: node.nodeId, isPlain: true },
  };
}

function suspectAnswer(run: ComparedRun): Suspect[] {
  const answer = run.ownData()?.answer;
  if (answer === undefined) return [];
  const suspect = suspectError([answer], null, null);
  if (suspect !== null) return [suspect];
  if (valueTypeOf(answer) !== 'nothing') return [];
  const sign = { ...noSign, kind: 'empty', section: 'output', run: null, index: 0 } as const;
  return [{ sign: { ...sign, name: answer.name }, nodeId: null, isPlain: false }];
}

function suspectError(
  values: readonly NamedValue[],
  run: RunKey | null,
  nodeId: NodeId | null,
): Suspect | null {
  const error = errorIn(values);
  if (error === null) return null;
  const { name, path, isPlain } = error;
  const index = values.findLastIndex((value) => value.name === name);
  const text = error.text.slice(0, longestText);
  return {
    sign: { ...noSign, kind: 'errorResult', section: 'output', run, name, index, path, text },
    nodeId,
    isPlain,
  };
}

/** What a step gave: it counts where no good run gave the like. */
function judged({ sign, nodeId, isPlain }: Suspect, good: readonly Map<string, Known>[]) {
  const known = good.flatMap((run) => run.get(keyOf(nodeId, sign.section, sign.name)) ?? []);
  const goodRuns = known.length;
  if (sign.kind === 'errorResult') {
    if (known.some(({ hasError }) => hasError)) return null;
    return isPlain || goodRuns >= leastAlways ? { ...sign, goodRuns } : null;
  }
  // Where that is usual, nobody minds.
  if (sign.kind === 'cutAnswer') {
    return known.some(({ wasCut }) => wasCut) ? null : { ...sign, goodRuns };
  }
  if (goodRuns < leastAlways || known.some(({ types }) => types.has('nothing'))) return null;
  return { ...sign, goodRuns };
}
