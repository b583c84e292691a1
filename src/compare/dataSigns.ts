import type { NamedValue, NodeData, NodeId, RunKey } from '../trace/execution.ts';
import type { PortType } from '../trace/portType.ts';
import type { TreeNode } from '../trace/tree.ts';
import type { ComparedRun, ValuePath } from './comparedRun.ts';
import { errorResultOf } from './errorResult.ts';
import { PayloadShape } from './payloadShape.ts';
import { isOfType, typeOfPort, type ValueType, valueTypeOf } from './valueType.ts';

/** What stands out in the data of an execution, with the place that shows it; what is missing, at the way to it. */
export interface DataSign {
  /** `errorResult`: the step went well, and gave an error; `cutAnswer`: its model was at the end of what it may say. */
  readonly kind: 'missing' | 'empty' | 'otherType' | 'errorResult' | 'cutAnswer';
  readonly section: 'input' | 'output';
  /** The run in which it stands; null: what the execution gave. */
  readonly run: RunKey | null;
  readonly name: string;
  /** Which of the section's values; null for one that is missing. */
  readonly index: number | null;
  /** Within the value. */
  readonly path: ValuePath;
  /** Of which type it is, where it should be of another. */
  readonly type: ValueType | null;
  /** What the flow file declares, or what it was in good runs; null where it is only told that it is not as it was. */
  readonly expected: ValueType | null;
  /** Whether the flow file says so; else the good runs do. */
  readonly isDeclared: boolean;
  /** How many good runs had it otherwise. */
  readonly goodRuns: number;
  /** What an error says, masked, in short. */
  readonly text: string;
}

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
/** So many nodes are decoded before others have their turn. */
const nodesPerTurn = 50;

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

/** What a step was given, and what the flow file declares of that. */
interface Given {
  readonly run: RunKey;
  readonly nodeId: NodeId;
  readonly values: readonly NamedValue[];
  readonly declared: readonly PortType[];
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

/** What a node had in a good run under a name. */
interface Known {
  readonly nodeId: NodeId | null;
  readonly section: DataSign['section'];
  readonly name: string;
  readonly types: Set<ValueType | null>;
  readonly forms: Set<NamedValue['form']>;
  hasError: boolean;
  /** What a model said there was cut. */
  wasCut: boolean;
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

const shapeKey = (nodeId: NodeId, section: DataSign['section']) => `${section} ${nodeId}`;

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

/** Those that ran, but for what they called: that has data of its own. */
function* nodesOf({ tree }: ComparedRun): Generator<TreeNode, void> {
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

const noSign = {
  ...{ path: [], type: null, expected: null, isDeclared: false, goodRuns: 0, text: '' },
} as const;

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

/** Why a model ended, in the words of those that write it beside their answers, not into them: it may say no more. */
const atItsEnd =
  /["'](?:finish_?reason|stop_reason)["']: ?["'](?:length|max_tokens|max_output_tokens)["']/i;

function isCut({ logs }: NodeData): boolean {
  return logs.some(({ message }) => atItsEnd.test(message));
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
  const result = errorResultOf(Object.fromEntries(values.map(({ name, value }) => [name, value])));
  const [name, ...path] = result?.path ?? [];
  if (result === null || typeof name !== 'string') return null;
  const index = values.findLastIndex((value) => value.name === name);
  const text = result.text.slice(0, longestText);
  return {
    sign: { ...noSign, kind: 'errorResult', section: 'output', run, name, index, path, text },
    nodeId,
    isPlain: result.isPlain,
  };
}

function byName(values: readonly NamedValue[]) {
  const names = new Map<string, { readonly value: NamedValue; readonly index: number }[]>();
  values.forEach((value, index) => {
    const same = names.get(value.name);
    if (same === undefined) names.set(value.name, [{ value, index }]);
    else same.push({ value, index });
  });
  return names;
}

const keyOf = (nodeId: NodeId | null, section: DataSign['section'], name: string) =>
  JSON.stringify([nodeId, section, name]);

function* knownOf(
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
    const name = section === 'output' ? suspectError(values, null, nodeId)?.sign.name : undefined;
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

function* inputSigns(
  { run, nodeId, values, declared }: Given,
  good: readonly Map<string, Known>[],
): Generator<DataSign, void> {
  const given = byName(values);
  const names = new Set([...declared.map(({ name }) => name), ...given.keys()]);
  const sameNode = good.map((one) => namesOf(one, nodeId)).filter(({ length }) => length > 0);
  for (const name of sameNode.flat()) names.add(name);
  const base = { ...noSign, section: 'input', run } as const;
  for (const name of names) {
    const known = good.flatMap((one) => one.get(keyOf(nodeId, 'input', name)) ?? []);
    const port = declared.find((one) => one.name === name);
    // A good run that ran without it needed none.
    const isRequired = port !== undefined && port.isOptional !== true;
    const isWanted = sameNode.length === 0 ? isRequired : known.length === sameNode.length;
    const isDeclared = sameNode.length === 0;
    const sign = inputSign(given.get(name) ?? [], port, known, { isWanted, isDeclared });
    if (sign === null) continue;
    yield { ...base, ...sign, name, goodRuns: known.length };
  }
}

/** What the step was given in a good run; nothing where it did not run. */
function namesOf(good: ReadonlyMap<string, Known>, nodeId: NodeId): readonly string[] {
  return [...good.values()].flatMap((known) =>
    known.nodeId === nodeId && known.section === 'input' ? known.name : [],
  );
}

type InputSign = Pick<DataSign, 'kind' | 'index' | 'type' | 'expected' | 'isDeclared'>;

function inputSign(
  given: readonly { readonly value: NamedValue; readonly index: number }[],
  port: PortType | undefined,
  good: readonly Known[],
  { isWanted, isDeclared }: { readonly isWanted: boolean; readonly isDeclared: boolean },
): InputSign | null {
  const [first] = given;
  if (given.every(({ value }) => valueTypeOf(value) === 'nothing')) {
    if (!isWanted || good.some(({ types }) => types.has('nothing'))) return null;
    const kind = first === undefined ? 'missing' : 'empty';
    return { kind, index: first?.index ?? null, type: null, expected: null, isDeclared };
  }
  for (const { value, index } of given) {
    const type = valueTypeOf(value);
    if (type === null || type === 'nothing') continue;
    const expected = expectedType(value, type, port, good);
    if (expected === null) continue;
    return { kind: 'otherType', index, type, ...expected };
  }
  return null;
}

/** The type that it should have; null where it has it, or nothing tells. A good run that had it like this is right. */
function expectedType(
  value: NamedValue,
  type: ValueType,
  port: PortType | undefined,
  good: readonly Known[],
): Pick<DataSign, 'expected' | 'isDeclared'> | null {
  if (good.some(({ types }) => types.has(type))) return null;
  if (port?.type != null) {
    if (isOfType(value, port.type)) return null;
    return { expected: typeOfPort(port.type), isDeclared: true };
  }
  const types = new Set(good.flatMap((one) => [...one.types]));
  const [expected = null] = types;
  if (types.size !== 1 || expected === null || expected === 'nothing') return null;
  // Services of another release write the same as a text; a list is no object in any of them.
  const isPlain = [type, expected].every((one) => one === 'list' || one === 'object');
  const isWrittenTheSame = good.every(({ forms }) => forms.size === 1 && forms.has(value.form));
  return isPlain || isWrittenTheSame ? { expected, isDeclared: false } : null;
}
