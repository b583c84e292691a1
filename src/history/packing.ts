import type { PastExecution, PastFailure, PastNode } from '../analysis/pastExecution.ts';
import type { ExecutionKind, Milliseconds, NodeRun, Outcome } from '../trace/execution.ts';
import type { ResourceUse } from '../trace/recordFacts.ts';
import { ByteReader, ByteWriter } from './byteStream.ts';
import type { DatedRecord } from './historyRecord.ts';
import { delayScale, loopScale } from './rollup.ts';

/** Texts that many executions share, once: by a number from 1 on. */
export interface Dictionary {
  /** 0 where it takes no more: the text then stands where it is used. */
  idOf(text: string): number;
  textOf(id: number): string;
  /** The same, taken apart at each NUL: the texts of a node, of which each hour has thousands. */
  partsOf(id: number): readonly string[];
}

// The places in these lists are in files: new words go to the end, and none leaves.
const outcomes: readonly Outcome[] = [
  ...(['succeeded', 'failed', 'cancelled', 'running', 'stalled', 'unreported'] as const),
];
const kinds: readonly ExecutionKind[] = [
  ...(['workflow', 'build', 'rpa', 'link', 'aitools', 'agent', 'other'] as const),
];
const statuses: readonly NodeRun['status'][] = [
  ...(['succeeded', 'failed', 'recovered', 'running', 'unended'] as const),
];

/** What of such a byte is the place of a word: the flags stand above. */
const wordBits = 7;
/** Behind the outcome, in one byte. */
const has = { duration: 8, failure: 16, resources: 32, sidKey: 64, workflow: 128 } as const;
/** Behind the kind, in one byte. */
const ofKind = { also: 8 } as const;
/** Behind the status of a node, in one byte; `rest`: a second byte follows. */
const ofNode = { begin: 8, duration: 16, allOwn: 32, waited: 64, rest: 128 } as const;
const ofRest = { count: 1, own: 2, lost: 4, tokens: 8, logs: 16, resources: 32 } as const;

/** As the platform makes them: a service, 8 hexadecimal digits, a place, 20 more. Half of it in bytes. */
const usualSid = /^([a-z]{3})([0-9a-f]{8})@([a-z]{2})([0-9a-f]{20})$/;
const sidBytes = 14;
/** Between what a node is known by. */
export const between = '\0';
/** Of each byte. */
const digitsOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** An execution as bytes; its begin stands beside them. What a text of a node shares with others stands elsewhere. */
export function packExecution(record: DatedRecord, texts: Dictionary): Uint8Array {
  const { execution, position, masks } = record;
  const { sid, key, durationMs, failure, resources } = execution;
  const out = new PackWriter(texts);
  const service = key.slice(0, Math.max(0, key.indexOf('/')));
  const isSidKey = key === `${service}/${sid}`;
  out.byte(
    outcomes.indexOf(execution.outcome) |
      (durationMs === null ? 0 : has.duration) |
      (failure === null ? 0 : has.failure) |
      (resources === null ? 0 : has.resources) |
      (isSidKey ? has.sidKey : 0) |
      (record.isSub ? has.workflow : 0),
  );
  const also = failure?.also ?? [];
  out.byte(kinds.indexOf(execution.kind) | (also.length === 0 ? 0 : ofKind.also));
  out.sid(sid);
  if (isSidKey) out.shared(service);
  else out.text(key);
  out.shared(execution.flow);
  out.shared(execution.name);
  out.shared(execution.revision);
  out.shared(masks);
  out.whole(execution.code);
  if (durationMs !== null) out.count(durationMs);
  out.count(execution.tokens);
  out.count(execution.recordBytes);
  out.count(execution.storedValues);
  out.count(position.partition);
  out.count(Number(position.offset));
  if (failure !== null) writeFailure(out, failure);
  if (resources !== null) writeResources(out, resources);
  out.count(execution.nodes.length);
  let atMs = execution.beginMs;
  for (const node of execution.nodes) atMs = writeNode(out, node, atMs);
  // At the end, where rows of before have nothing.
  const [calls, from] = [failure?.calls ?? '', execution.calledFrom ?? ''];
  const delayMs = resources?.eventLoopDelayMs ?? null;
  const hasMore = delayMs !== null || calls !== '' || from !== '';
  if (hasMore || execution.payloadBytes > 0) out.count(execution.payloadBytes);
  if (hasMore) out.shared(calls);
  if (hasMore) out.text(from);
  if (delayMs !== null) out.count(delayMs * delayScale);
  return out.done();
}

/** The same bytes, as those of what stands under a workflow; null where they are. */
export function packedAsSub(bytes: Uint8Array): Uint8Array | null {
  const flags = bytes[0] ?? 0;
  if ((flags & has.workflow) !== 0) return null;
  const sub = bytes.slice();
  sub[0] = flags | has.workflow;
  return sub;
}

/** An execution from its bytes and its begin; throws where they are not what `packExecution` made. */
export function unpackExecution(
  bytes: Uint8Array,
  beginMs: Milliseconds,
  texts: Dictionary,
): DatedRecord {
  const from = new PackReader(bytes, texts);
  const flags = from.byte();
  const more = from.byte();
  const kind = wordAt(kinds, more & wordBits);
  const sid = from.sid();
  const key = (flags & has.sidKey) === 0 ? from.text() : `${from.shared()}/${sid}`;
  const names = { flow: from.shared(), name: from.shared(), revision: from.shared() };
  const masks = from.shared();
  const code = from.whole();
  const durationMs = (flags & has.duration) === 0 ? null : from.count();
  const sums = { tokens: from.count(), recordBytes: from.count(), storedValues: from.count() };
  const position = { partition: from.count(), offset: String(from.count()) };
  const failure =
    (flags & has.failure) === 0 ? null : readFailure(from, (more & ofKind.also) !== 0);
  const resources = (flags & has.resources) === 0 ? null : readResources(from);
  const nodes: PastNode[] = [];
  let atMs = beginMs;
  for (let left = from.count(); left > 0; left--) {
    const node = readNode(from, atMs);
    atMs = node.beginMs ?? atMs;
    nodes.push(node);
  }
  const payloadBytes = from.isAtEnd ? 0 : from.count();
  const hasMore = !from.isAtEnd;
  const [calls, calledFrom] = hasMore ? [from.shared(), from.text()] : ['', ''];
  const eventLoopDelayMs = from.isAtEnd ? null : from.count() / delayScale;
  const outcome = wordAt(outcomes, flags & wordBits);
  const execution: PastExecution & { readonly beginMs: Milliseconds } = {
    ...{ key, sid, kind, outcome, code, beginMs, durationMs, nodes },
    resources: resources === null ? null : { ...resources, eventLoopDelayMs },
    failure: failure === null || calls === '' ? failure : { ...failure, calls },
    ...names,
    ...{ ...sums, payloadBytes },
    ...(calledFrom === '' ? {} : { calledFrom }),
  };
  return { execution, position, masks, isSub: (flags & has.workflow) !== 0 };
}

/** What counting over time needs of an execution. */
export interface ExecutionHead {
  readonly flow: string;
  readonly kind: ExecutionKind;
  readonly outcome: Outcome;
  readonly durationMs: Milliseconds | null;
  readonly isSub: boolean;
}

/** The same bytes, read as far as that: of a million executions each microsecond counts. */
export function unpackHead(bytes: Uint8Array, texts: Dictionary): ExecutionHead {
  const from = new PackReader(bytes, texts);
  const flags = from.byte();
  const kind = wordAt(kinds, from.byte() & wordBits);
  from.skipSid();
  if ((flags & has.sidKey) === 0) from.raw(from.count());
  else from.skipShared();
  const flow = from.shared();
  for (const _ of skippedInHead) from.skipShared();
  from.whole();
  const durationMs = (flags & has.duration) === 0 ? null : from.count();
  const outcome = wordAt(outcomes, flags & wordBits);
  return { flow, kind, outcome, durationMs, isSub: (flags & has.workflow) !== 0 };
}

/** Name, revision and masks. */
const skippedInHead = [0, 1, 2];

function writeFailure(out: PackWriter, failure: PastFailure): void {
  // An empty id is none: no node has one.
  out.shared(failure.nodeId ?? '');
  out.shared(failure.name);
  out.shared(failure.cause ?? '');
  out.shared(failure.category);
  out.text(failure.text);
  const { also = [] } = failure;
  if (also.length === 0) return;
  out.count(also.length);
  for (const text of also) out.text(text);
}

function readFailure(from: PackReader, hasAlso: boolean): PastFailure {
  const nodeId = from.shared();
  const name = from.shared();
  // Words of a later version, or of one before, are no harm: whoever has no text for one shows the word.
  const cause = from.shared() as Exclude<PastFailure['cause'], null> | '';
  const category = from.shared() as PastFailure['category'];
  const text = from.text();
  const also = Array.from({ length: hasAlso ? from.count() : 0 }, () => from.text());
  const told = { nodeId: nodeId || null, name, cause: cause || null, category, text };
  return also.length === 0 ? told : { ...told, also };
}

function writeResources(out: ByteWriter, use: ResourceUse): void {
  out.count(use.cpuMs);
  out.count(use.memoryBytes);
  out.count(use.eventLoopUtilization * loopScale);
}

function readResources(from: ByteReader): ResourceUse {
  return {
    cpuMs: from.count(),
    memoryBytes: from.count(),
    eventLoopUtilization: from.count() / loopScale,
    eventLoopDelayMs: null,
  };
}

/** Gives the time from which the next node is counted: most begin when another ends. */
function writeNode(out: PackWriter, node: PastNode, atMs: Milliseconds): Milliseconds {
  const { beginMs, durationMs, ownMs, waitedMs, resources } = node;
  const isAllOwn = ownMs === durationMs;
  const rest =
    (node.count === 1 ? 0 : ofRest.count) |
    (isAllOwn || ownMs === null ? 0 : ofRest.own) |
    (node.lostMs === 0 ? 0 : ofRest.lost) |
    (node.tokens === 0 ? 0 : ofRest.tokens) |
    (node.logCount === 0 ? 0 : ofRest.logs) |
    (resources === null ? 0 : ofRest.resources);
  out.shared([node.nodeId, node.name, node.type].join(between));
  out.byte(
    statuses.indexOf(node.status) |
      (beginMs === null ? 0 : ofNode.begin) |
      (durationMs === null ? 0 : ofNode.duration) |
      (isAllOwn ? ofNode.allOwn : 0) |
      (waitedMs === null ? 0 : ofNode.waited) |
      (rest === 0 ? 0 : ofNode.rest),
  );
  if (rest !== 0) out.byte(rest);
  if (beginMs !== null) out.whole(beginMs - atMs);
  if (durationMs !== null) out.count(durationMs);
  if (waitedMs !== null) out.count(waitedMs);
  if (rest & ofRest.count) out.count(node.count);
  if (rest & ofRest.own) out.count(ownMs ?? 0);
  if (rest & ofRest.lost) out.count(node.lostMs);
  if (rest & ofRest.tokens) out.count(node.tokens);
  if (rest & ofRest.logs) out.count(node.logCount);
  if (resources !== null) writeResources(out, resources);
  return beginMs ?? atMs;
}

function readNode(from: PackReader, atMs: Milliseconds): PastNode {
  const [nodeId = '', name = '', type = ''] = from.sharedParts();
  const flags = from.byte();
  const rest = (flags & ofNode.rest) === 0 ? 0 : from.byte();
  const beginMs = flags & ofNode.begin ? atMs + from.whole() : null;
  const durationMs = flags & ofNode.duration ? from.count() : null;
  const waitedMs = flags & ofNode.waited ? from.count() : null;
  const count = rest & ofRest.count ? from.count() : 1;
  const ownMs = rest & ofRest.own ? from.count() : flags & ofNode.allOwn ? durationMs : null;
  const status = wordAt(statuses, flags & wordBits);
  // An hour has thousands: none is put together of parts.
  return {
    nodeId,
    name,
    type,
    status,
    count,
    beginMs,
    durationMs,
    ownMs,
    waitedMs,
    lostMs: rest & ofRest.lost ? from.count() : 0,
    tokens: rest & ofRest.tokens ? from.count() : 0,
    logCount: rest & ofRest.logs ? from.count() : 0,
    resources: rest & ofRest.resources ? readResources(from) : null,
  };
}

function wordAt<T>(words: readonly T[], at: number): T {
  const word = words[at];
  if (word === undefined) throw new RangeError(`There is no word ${String(at)}`);
  return word;
}

class PackWriter extends ByteWriter {
  private readonly texts: Dictionary;

  constructor(texts: Dictionary) {
    super();
    this.texts = texts;
  }

  shared(text: string): void {
    const id = this.texts.idOf(text);
    this.count(id);
    if (id === 0) this.text(text);
  }

  /** A byte tells in which form it stands. */
  sid(sid: string): void {
    const [, service, own, place, rest] = usualSid.exec(sid) ?? [];
    this.byte(rest === undefined ? 0 : 1);
    if (service === undefined || own === undefined || place === undefined || rest === undefined) {
      this.text(sid);
      return;
    }
    this.shared(service + place);
    const digits = own + rest;
    for (let at = 0; at < sidBytes; at++) {
      this.byte(Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16));
    }
  }
}

class PackReader extends ByteReader {
  private readonly texts: Dictionary;

  constructor(bytes: Uint8Array, texts: Dictionary) {
    super(bytes);
    this.texts = texts;
  }

  shared(): string {
    const id = this.count();
    return id === 0 ? this.text() : this.texts.textOf(id);
  }

  sharedParts(): readonly string[] {
    const id = this.count();
    return id === 0 ? this.text().split(between) : this.texts.partsOf(id);
  }

  skipShared(): void {
    if (this.count() === 0) this.raw(this.count());
  }

  skipSid(): void {
    if (this.byte() === 0) {
      this.raw(this.count());
      return;
    }
    this.skipShared();
    this.raw(sidBytes);
  }

  sid(): string {
    if (this.byte() === 0) return this.text();
    const words = this.shared();
    let digits = '';
    for (const byte of this.raw(sidBytes)) digits += digitsOf[byte] ?? '';
    return `${words.slice(0, 3)}${digits.slice(0, 8)}@${words.slice(3)}${digits.slice(8)}`;
  }
}
