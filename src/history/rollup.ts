import { classOf } from '../analysis/distribution.ts';
import {
  hasEnded,
  type PastExecution,
  type PastFailure,
  type PastNode,
} from '../analysis/pastExecution.ts';
import { isRun } from '../analysis/sixFigures.ts';
import {
  type ExecutionKind,
  isToolCall,
  type Milliseconds,
  type NodeId,
} from '../trace/execution.ts';
import { addAmount, type Amounts, mergeAmounts, noAmounts } from './amounts.ts';

/** What is left of the executions of a flow, or of the runs of one of its nodes, that began in an hour or a day. */
export interface Rollup {
  /** How many ended in which way: outcomes of executions, statuses of runs. Apart from these `build` and `toolCall`. */
  readonly outcomes: Map<string, number>;
  /** Durations of those that went well. */
  readonly succeeded: Amounts;
  readonly failed: Amounts;
  /** Of the others. */
  readonly others: Amounts;
  /** Executions that failed at this node, or at none that a record names, by what of. */
  readonly failures: Map<string, Failures>;
  /** Null: it is that of a node. */
  readonly flow: FlowSums | null;
  /** Null: it is that of a flow. */
  readonly node: NodeSums | null;
}

/** Executions that failed of the same. */
export interface Failures {
  count: number;
  /** Of those that ran the node as well. */
  ran: number;
  /** Begins of the first and of the last. */
  firstMs: Milliseconds;
  lastMs: Milliseconds;
}

/** What is counted of the executions of a flow alone. */
export interface FlowSums {
  /** Failed ones by code; those that came last together as `otherCodes`. */
  readonly codes: Map<number, number>;
  /** Durations by their class of the distribution: buckets have other bounds. */
  readonly classes: Map<number, { succeeded: number; failed: number }>;
  readonly bytes: Amounts;
  /** Of those in which somebody looked for it. */
  readonly payload: Amounts;
  readonly tokens: Amounts;
  readonly logLines: Amounts;
  /** Of those whose process says what it used. */
  readonly cpuMs: Amounts;
  readonly memoryBytes: Amounts;
  /** In ten thousandths. */
  readonly loop: Amounts;
  /** In microseconds, of those whose process says how late its event loop was. */
  readonly delay: Amounts;
  storedValues: number;
  /** Ended well after a later attempt of a node. */
  saved: number;
  /** Of which only the summary is known. */
  summaries: number;
  /** Begin of the last. */
  lastMs: Milliseconds;
}

/** What is counted of the runs of a node alone. */
export interface NodeSums {
  /** Executions that ran it. */
  executions: number;
  /** Without what nodes within it took. */
  ownMs: Milliseconds;
  lostMs: Milliseconds;
  tokens: number;
  logLines: number;
  readonly waited: Amounts;
}

/** What flows and their nodes are called; the latest name of each. */
export type Names = Map<string, FlowName>;

/** What a flow is called, and what of services runs it. */
export interface FlowName {
  name: string;
  /** Null where only builds or calls of tools are known. */
  kind: ExecutionKind | null;
  readonly nodes: Map<NodeId, NodeName>;
}

/** What a node is called. */
export interface NodeName {
  readonly name: string;
  readonly type: string;
}

/** Rollups by flow and node; null stands for the flow itself. */
export type RolledUp = Map<string, Map<NodeId | null, Rollup>>;

/** More codes than a service has in an hour; a robot may make up any. */
const mostCodes = 50;
/** No service gives it. */
export const otherCodes = -(2 ** 40);
/** More causes than the catalogue has; texts of a record are none. */
const mostFailures = 200;
/** Of whole numbers: shares of the loop's time are in ten thousandths, its delays in microseconds. */
export const loopScale = 10_000;
export const delayScale = 1_000;

/** One of nothing. */
export function emptyRollup(nodeId: NodeId | null): Rollup {
  return {
    ...{ outcomes: new Map(), failures: new Map() },
    ...{ succeeded: noAmounts(), failed: noAmounts(), others: noAmounts() },
    flow: nodeId === null ? noFlowSums() : null,
    node: nodeId === null ? null : noNodeSums(),
  };
}

function noFlowSums(): FlowSums {
  return {
    ...{ codes: new Map(), classes: new Map() },
    ...{ bytes: noAmounts(), payload: noAmounts(), tokens: noAmounts(), logLines: noAmounts() },
    ...{ cpuMs: noAmounts(), memoryBytes: noAmounts(), loop: noAmounts(), delay: noAmounts() },
    ...{ storedValues: 0, saved: 0, summaries: 0, lastMs: 0 },
  };
}

function noNodeSums(): NodeSums {
  return { executions: 0, ownMs: 0, lostMs: 0, tokens: 0, logLines: 0, waited: noAmounts() };
}

/** Rolls up executions: by flow, and by node in it. What they are called goes to `names`. */
export function rollUp(
  executions: Iterable<PastExecution>,
  names: Names = new Map(),
  flows: RolledUp = new Map(),
): RolledUp {
  for (const execution of executions) {
    const rollups = madeIn(flows, execution.flow, () => new Map<NodeId | null, Rollup>());
    const own = rollupIn(rollups, null);
    if (isRun(execution)) addRun(execution, rollups, own);
    else add(own.outcomes, isToolCall(execution.kind) ? 'toolCall' : 'build', 1);
    learnNames(names, execution);
  }
  return flows;
}

function addRun(execution: PastExecution, rollups: Map<NodeId | null, Rollup>, own: Rollup): void {
  addEnd(own, execution.outcome, execution.durationMs);
  if (own.flow !== null) addToFlow(own.flow, execution);
  const came = new Set<NodeId>();
  for (const node of execution.nodes) {
    const rollup = rollups.get(node.nodeId) ?? rollupIn(rollups, node.nodeId);
    addEnd(rollup, node.status, node.durationMs);
    if (rollup.node !== null) addToNode(rollup.node, node, !came.has(node.nodeId));
    came.add(node.nodeId);
  }
  const { failure } = execution;
  if (failure === null || !hasEnded(execution)) return;
  const { nodeId } = failure;
  const { failures } = rollupIn(rollups, nodeId);
  const atMs = execution.beginMs ?? 0;
  const ran = nodeId !== null && came.has(nodeId) ? 1 : 0;
  addFailures(failures, failureKey(failure), { count: 1, ran, firstMs: atMs, lastMs: atMs });
}

/** That of the flow itself (null) or of a node, made where there is none. */
export function rollupIn(rollups: Map<NodeId | null, Rollup>, nodeId: NodeId | null): Rollup {
  return madeIn(rollups, nodeId, () => emptyRollup(nodeId));
}

function addEnd(rollup: Rollup, word: string, durationMs: Milliseconds | null): void {
  add(rollup.outcomes, word, 1);
  if (durationMs === null) return;
  addAmount(word === 'succeeded' || word === 'failed' ? rollup[word] : rollup.others, durationMs);
}

function addToFlow(sums: FlowSums, execution: PastExecution): void {
  const { outcome, code, durationMs, nodes, resources, tokens } = execution;
  const { recordBytes, payloadBytes } = execution;
  if (outcome === 'failed') addCode(sums.codes, code, 1);
  if (durationMs !== null && (outcome === 'succeeded' || outcome === 'failed')) {
    madeIn(sums.classes, classOf(durationMs), () => ({ succeeded: 0, failed: 0 }))[outcome]++;
  }
  addAmount(sums.bytes, recordBytes);
  if (payloadBytes > 0) addAmount(sums.payload, payloadBytes);
  addAmount(sums.tokens, tokens);
  addAmount(
    sums.logLines,
    nodes.reduce((sum, { logCount }) => sum + logCount, 0),
  );
  if (resources !== null) {
    addAmount(sums.cpuMs, resources.cpuMs);
    addAmount(sums.memoryBytes, resources.memoryBytes);
    addAmount(sums.loop, resources.eventLoopUtilization * loopScale);
    const { eventLoopDelayMs } = resources;
    if (eventLoopDelayMs !== null) addAmount(sums.delay, eventLoopDelayMs * delayScale);
  }
  sums.storedValues += execution.storedValues;
  if (outcome === 'succeeded' && nodes.some(({ status }) => status === 'recovered')) sums.saved++;
  if (execution.isSummary === true) sums.summaries++;
  sums.lastMs = Math.max(sums.lastMs, execution.beginMs ?? 0);
}

function addToNode(sums: NodeSums, node: PastNode, isFirst: boolean): void {
  if (isFirst) sums.executions++;
  sums.ownMs += node.ownMs ?? 0;
  sums.lostMs += node.lostMs;
  sums.tokens += node.tokens;
  sums.logLines += node.logCount;
  if (node.waitedMs !== null) addAmount(sums.waited, node.waitedMs);
}

function learnNames(names: Names, execution: PastExecution): void {
  const { flow, name, kind, nodes, failure } = execution;
  const known = madeIn(names, flow, () => ({ name, kind: null, nodes: new Map() }));
  known.name = name;
  if (isRun(execution)) known.kind = kind;
  for (const node of nodes) {
    const before = known.nodes.get(node.nodeId);
    if (before?.name === node.name && before.type === node.type) continue;
    known.nodes.set(node.nodeId, { name: node.name, type: node.type });
  }
  const at = failure?.nodeId ?? null;
  if (at === null || failure === null || known.nodes.has(at)) return;
  known.nodes.set(at, { name: failure.name, type: '' });
}

/** What an execution failed of, as the key of those that failed of the same. */
function failureKey({ cause, category }: PastFailure): string {
  return `${cause ?? ''}${between}${category}`;
}

const between = '*';

/** From such a key. A word of another version is no harm: whoever has no text for one shows the word. */
export function failureOf(key: string): Pick<PastFailure, 'cause' | 'category'> {
  const [cause = '', category = ''] = key.split(between);
  return {
    cause: cause === '' ? null : (cause as PastFailure['cause']),
    category: category as PastFailure['category'],
  };
}

/** Adds what another one counted: hours to a day, days to a range. */
export function mergeRollup(into: Rollup, from: Rollup): void {
  for (const [word, times] of from.outcomes) add(into.outcomes, word, times);
  mergeAmounts(into.succeeded, from.succeeded);
  mergeAmounts(into.failed, from.failed);
  mergeAmounts(into.others, from.others);
  for (const [key, failures] of from.failures) addFailures(into.failures, key, failures);
  if (into.flow !== null && from.flow !== null) mergeFlowSums(into.flow, from.flow);
  if (into.node !== null && from.node !== null) mergeNodeSums(into.node, from.node);
}

function mergeFlowSums(into: FlowSums, from: FlowSums): void {
  for (const [code, times] of from.codes) addCode(into.codes, code, times);
  for (const [place, { succeeded, failed }] of from.classes) {
    const known = madeIn(into.classes, place, () => ({ succeeded: 0, failed: 0 }));
    known.succeeded += succeeded;
    known.failed += failed;
  }
  for (const kind of amountsOfFlows) mergeAmounts(into[kind], from[kind]);
  mergeAmounts(into.payload, from.payload);
  mergeAmounts(into.delay, from.delay);
  for (const kind of countsOfFlows) into[kind] += from[kind];
  into.lastMs = Math.max(into.lastMs, from.lastMs);
}

// In the order in which they stand in files: another one goes to the end.
export const amountsOfFlows = [
  ...(['bytes', 'tokens', 'logLines', 'cpuMs', 'memoryBytes', 'loop'] as const),
];
export const countsOfFlows = [...(['storedValues', 'saved', 'summaries'] as const)];
export const countsOfNodes = [
  ...(['executions', 'ownMs', 'lostMs', 'tokens', 'logLines'] as const),
];

function mergeNodeSums(into: NodeSums, from: NodeSums): void {
  for (const kind of countsOfNodes) into[kind] += from[kind];
  mergeAmounts(into.waited, from.waited);
}

/** Counts executions that failed of the same. */
export function addFailures(all: Map<string, Failures>, key: string, more: Failures): void {
  const known = all.get(key);
  if (known === undefined) {
    if (all.size < mostFailures) all.set(key, { ...more });
    return;
  }
  known.count += more.count;
  known.ran += more.ran;
  known.firstMs = Math.min(known.firstMs, more.firstMs);
  known.lastMs = Math.max(known.lastMs, more.lastMs);
}

/** Counts executions that failed with a code. */
export function addCode(codes: Map<number, number>, code: number, times: number): void {
  add(codes, codes.has(code) || codes.size < mostCodes ? code : otherCodes, times);
}

function add<K>(counts: Map<K, number>, key: K, times: number): void {
  counts.set(key, (counts.get(key) ?? 0) + times);
}

/** The value of a key, made where there is none. */
export function madeIn<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
