import { addWritten, writeAmounts } from './amounts.ts';
import type { BucketList, BucketRoom } from './bucketRoom.ts';
import { ByteReader, ByteWriter } from './byteStream.ts';
import {
  addCode,
  addFailures,
  amountsOfFlows,
  countsOfFlows,
  countsOfNodes,
  emptyRollup,
  type FlowSums,
  madeIn,
  type NodeSums,
  type Rollup,
} from './rollup.ts';

// The places in this list are in files: new words go to the end, and none leaves.
const words = [
  ...['succeeded', 'failed', 'cancelled', 'running', 'stalled', 'unreported'],
  ...['recovered', 'unended', 'build', 'toolCall'],
];

/** A rollup as bytes: what most ask for first. */
export function packRollup(rollup: Rollup): Uint8Array {
  const out = new ByteWriter();
  writeAmounts(out, rollup.succeeded);
  out.count(rollup.outcomes.size);
  for (const [word, times] of rollup.outcomes) {
    out.byte(words.indexOf(word));
    out.count(times);
  }
  writeAmounts(out, rollup.failed);
  writeAmounts(out, rollup.others);
  out.count(rollup.failures.size);
  for (const [key, { count, ran, firstMs, lastMs }] of rollup.failures) {
    out.text(key);
    for (const value of [count, ran, firstMs, lastMs - firstMs]) out.count(value);
  }
  if (rollup.flow !== null) writeFlowSums(out, rollup.flow);
  if (rollup.node !== null) writeNodeSums(out, rollup.node);
  return out.done();
}

function writeFlowSums(out: ByteWriter, sums: FlowSums): void {
  out.count(sums.codes.size);
  for (const [code, times] of sums.codes) {
    out.whole(code);
    out.count(times);
  }
  out.count(sums.classes.size);
  for (const [place, { succeeded, failed }] of sums.classes) {
    for (const value of [place, succeeded, failed]) out.count(value);
  }
  for (const kind of amountsOfFlows) writeAmounts(out, sums[kind]);
  for (const kind of countsOfFlows) out.count(sums[kind]);
  out.count(sums.lastMs);
  // At the end, where rows of before have nothing.
  writeAmounts(out, sums.payload);
  writeAmounts(out, sums.delay);
}

function writeNodeSums(out: ByteWriter, sums: NodeSums): void {
  for (const kind of countsOfNodes) out.count(sums[kind]);
  writeAmounts(out, sums.waited);
}

/** How executions ended, and how long the successful ones took: what most ask for. */
export type Ends = Pick<Rollup, 'outcomes' | 'succeeded'>;

/** Adds that alone: what stands behind it is most of the bytes. */
export function addPackedEnds(into: Ends, bytes: Uint8Array, room: BucketRoom): void {
  const from = new ByteReader(bytes);
  addWritten(into.succeeded, from, room);
  readOutcomes(from, into);
}

function readOutcomes(from: ByteReader, into: Ends): void {
  for (let left = from.count(); left > 0; left--) {
    const word = words[from.byte()] ?? '';
    into.outcomes.set(word, (into.outcomes.get(word) ?? 0) + from.count());
  }
}

/** Adds what stands in such bytes, and gives the durations of those that went well, kept in `room`. */
export function addPacked(into: Rollup, from: ByteReader, room: BucketRoom): BucketList {
  const succeeded = room.kept(addWritten(into.succeeded, from, room));
  readOutcomes(from, into);
  addWritten(into.failed, from, room);
  addWritten(into.others, from, room);
  for (let left = from.count(); left > 0; left--) {
    const key = from.text();
    const [count, ran, firstMs] = [from.count(), from.count(), from.count()];
    addFailures(into.failures, key, { count, ran, firstMs, lastMs: firstMs + from.count() });
  }
  if (into.flow !== null) readFlowSums(from, into.flow, room);
  if (into.node !== null) readNodeSums(from, into.node, room);
  return succeeded;
}

function readFlowSums(from: ByteReader, into: FlowSums, room: BucketRoom): void {
  for (let left = from.count(); left > 0; left--) {
    const code = from.whole();
    addCode(into.codes, code, from.count());
  }
  for (let left = from.count(); left > 0; left--) {
    const known = madeIn(into.classes, from.count(), () => ({ succeeded: 0, failed: 0 }));
    known.succeeded += from.count();
    known.failed += from.count();
  }
  for (const kind of amountsOfFlows) addWritten(into[kind], from, room);
  for (const kind of countsOfFlows) into[kind] += from.count();
  into.lastMs = Math.max(into.lastMs, from.count());
  if (!from.isAtEnd) addWritten(into.payload, from, room);
  if (!from.isAtEnd) addWritten(into.delay, from, room);
}

function readNodeSums(from: ByteReader, into: NodeSums, room: BucketRoom): void {
  for (const kind of countsOfNodes) into[kind] += from.count();
  addWritten(into.waited, from, room);
}

/** A rollup from its bytes. */
export function unpackRollup(bytes: Uint8Array, nodeId: string | null, room: BucketRoom): Rollup {
  const rollup = emptyRollup(nodeId);
  addPacked(rollup, new ByteReader(bytes), room);
  return rollup;
}

/** What was rolled up of the nodes of a flow, by the numbers of their ids, as one. */
export function packNodes(nodes: ReadonlyMap<number, Rollup>): Uint8Array {
  const out = new ByteWriter();
  for (const [id, rollup] of nodes) {
    const bytes = packRollup(rollup);
    out.count(id);
    out.count(bytes.length);
    out.raw(bytes);
  }
  return out.done();
}

/** The bytes of each, to be read before the next. */
export function* unpackNodes(
  bytes: Uint8Array,
): Generator<readonly [id: number, bytes: ByteReader]> {
  const from = new ByteReader(bytes);
  while (!from.isAtEnd) yield [from.count(), from.part(from.count())];
}
