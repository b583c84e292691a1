import type { PastExecution } from '../analysis/pastExecution.ts';
import type { Milliseconds, NodeId } from '../trace/execution.ts';
import { ByteReader, ByteWriter } from './byteStream.ts';
import {
  addDuration,
  type Durations,
  mergeDurations,
  readDurations,
  writeDurations,
} from './durations.ts';

/** What is left of the executions of a flow, or of the runs of one of its nodes, that began in an hour or a day. */
export interface Rollup {
  /** How many ended in which way: outcomes of executions, statuses of runs. */
  readonly outcomes: Map<string, number>;
  /** The same by code, where it isn't 0; those that came last together as `otherCodes`. */
  readonly codes: Map<number, number>;
  /** Of those that went well. */
  readonly succeeded: Durations;
  /** Of the others. */
  readonly others: Durations;
  /** Of all that have one. */
  durationMs: Milliseconds;
  succeededMs: Milliseconds;
  tokens: number;
  /** Of their records; of runs none. */
  bytes: number;
}

/** A rollup with what it is of. */
export interface RollupRow {
  /** The begin of the hour, or of the day. */
  readonly atMs: Milliseconds;
  readonly flow: string;
  /** Null: the flow itself. */
  readonly nodeId: NodeId | null;
  readonly rollup: Rollup;
}

/** More codes than a service has in an hour; a robot may make up any. */
const mostCodes = 50;
/** No service gives it. */
export const otherCodes = -(2 ** 40);

/** One of nothing. */
export function emptyRollup(): Rollup {
  return {
    ...{ outcomes: new Map(), codes: new Map(), succeeded: new Map(), others: new Map() },
    ...{ durationMs: 0, succeededMs: 0, tokens: 0, bytes: 0 },
  };
}

/** Rolls up executions of one hour: by flow, and by node in it. */
export function rollUp(
  executions: Iterable<PastExecution>,
): Map<string, Map<NodeId | null, Rollup>> {
  const flows = new Map<string, Map<NodeId | null, Rollup>>();
  for (const execution of executions) {
    const { outcome, code, durationMs, tokens, recordBytes } = execution;
    const rollups = madeIn(flows, execution.flow, () => new Map<NodeId | null, Rollup>());
    count(madeIn(rollups, null, emptyRollup), outcome, durationMs, tokens, code, recordBytes);
    for (const node of execution.nodes) {
      const rollup = madeIn(rollups, node.nodeId, emptyRollup);
      count(rollup, node.status, node.durationMs, node.tokens, 0, 0);
    }
  }
  return flows;
}

function count(
  rollup: Rollup,
  word: string,
  durationMs: Milliseconds | null,
  tokens: number,
  code: number,
  bytes: number,
): void {
  add(rollup.outcomes, word, 1);
  if (code !== 0) addCode(rollup.codes, code, 1);
  rollup.tokens += tokens;
  rollup.bytes += bytes;
  if (durationMs === null) return;
  const isSuccess = word === 'succeeded';
  addDuration(isSuccess ? rollup.succeeded : rollup.others, durationMs);
  rollup.durationMs += durationMs;
  if (isSuccess) rollup.succeededMs += durationMs;
}

/** Adds what another one counted: hours to a day, days to a range. */
export function mergeRollup(into: Rollup, from: Rollup): void {
  for (const [word, times] of from.outcomes) add(into.outcomes, word, times);
  for (const [code, times] of from.codes) addCode(into.codes, code, times);
  mergeDurations(into.succeeded, from.succeeded);
  mergeDurations(into.others, from.others);
  into.durationMs += from.durationMs;
  into.succeededMs += from.succeededMs;
  into.tokens += from.tokens;
  into.bytes += from.bytes;
}

function addCode(codes: Map<number, number>, code: number, times: number): void {
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

// The places in this list are in files: new words go to the end, and none leaves.
const words = [
  ...['succeeded', 'failed', 'cancelled', 'running', 'stalled', 'unreported'],
  ...['recovered', 'unended'],
];

/** As bytes. */
export function packRollup(rollup: Rollup): Uint8Array {
  const out = new ByteWriter();
  out.count(rollup.outcomes.size);
  for (const [word, times] of rollup.outcomes) {
    out.byte(words.indexOf(word));
    out.count(times);
  }
  out.count(rollup.codes.size);
  for (const [code, times] of rollup.codes) {
    out.whole(code);
    out.count(times);
  }
  writeDurations(out, rollup.succeeded);
  writeDurations(out, rollup.others);
  out.count(rollup.durationMs);
  out.count(rollup.succeededMs);
  out.count(rollup.tokens);
  out.count(rollup.bytes);
  return out.done();
}

/** From such bytes. */
export function unpackRollup(bytes: Uint8Array): Rollup {
  const from = new ByteReader(bytes);
  const rollup = emptyRollup();
  for (let left = from.count(); left > 0; left--) {
    const word = words[from.byte()] ?? '';
    rollup.outcomes.set(word, from.count());
  }
  for (let left = from.count(); left > 0; left--) {
    const code = from.whole();
    rollup.codes.set(code, from.count());
  }
  mergeDurations(rollup.succeeded, readDurations(from));
  mergeDurations(rollup.others, readDurations(from));
  rollup.durationMs = from.count();
  rollup.succeededMs = from.count();
  rollup.tokens = from.count();
  rollup.bytes = from.count();
  return rollup;
}
