import { err, ok, type Result } from '../base/result.ts';
import {
  anyOf,
  byKind,
  bytes,
  type Check,
  fields,
  flag,
  isRecord,
  list,
  nothing,
  oneOf,
  optional,
  orNull,
  text,
  textLike,
  whole,
} from './checks.ts';
import type { PlaceInNode } from '../flow/flowDocument.ts';
import { mostDroppedBytes } from './dropped.ts';
import type { NodeTarget } from './flows.ts';
import type { ConnectionForm, StartPosition } from '../sources/kafka/spec.ts';
import type { SourceMark } from '../sources/traits.ts';
import type { ChosenStep, HostMethods } from './hostProtocol.ts';
import type { ValueRef } from './inspector.ts';
import type { Envelope, Packet } from './packet.ts';
import type { NumbersTime } from './numbers.ts';
import { numbersTime, ofRecord, position, scope } from './pageFields.ts';
import { questionChecks } from './pageQuestions.ts';
import type { SaveTarget } from './savedExecutions.ts';

/** A value may have the 100 MB that the setting allows at most, and is indented when it is shown. */
const ofValue = text(256 * 1024 * 1024);
/** A value that the engine is asked for in place of its text. */
const valueRef = fields<ValueRef>({
  ...{ key: ofRecord, row: orNull(ofRecord), index: whole(0, Number.MAX_SAFE_INTEGER) },
  section: oneOf('input', 'output', 'logs', 'config', 'timing', 'other'),
  path: ofRecord,
});
/** What the reader types into a field. */
const typed = text(10_000);
/** The longest path that Linux and macOS open; Windows has more, for who asks for it. */
const path = text(32_767);

/** As far as dates reach. */
const moment = whole(-8.64e15, 8.64e15);

const start = byKind<StartPosition>({
  last: fields({ kind: oneOf('last'), count: whole(0, Number.MAX_SAFE_INTEGER) }),
  latest: fields({ kind: oneOf('latest') }),
  earliest: fields({ kind: oneOf('earliest') }),
  time: fields({ kind: oneOf('time'), timestampMs: moment }),
});

const mark = fields<SourceMark>({
  name: typed,
  color: orNull(oneOf('red', 'orange', 'yellow', 'green', 'blue', 'purple')),
});

const form = fields<ConnectionForm>({
  brokers: typed,
  topic: typed,
  start,
  tls: flag,
  caFile: path,
  saslMechanism: oneOf('none', 'plain', 'scram-sha-256', 'scram-sha-512'),
  username: typed,
  hasPassword: flag,
  mark: optional(mark),
});

const connection = fields<HostMethods['connect']['params']>({ form, password: optional(typed) });

const target = byKind<SaveTarget>({
  list: fields({ kind: oneOf('list'), scope, filter: ofRecord }),
  execution: fields<Extract<SaveTarget, { readonly kind: 'execution' }>>({
    kind: oneOf('execution'),
    key: ofRecord,
    comparedWith: optional(ofRecord),
  }),
});

type PlaceOfInput = Extract<PlaceInNode, { readonly part: 'input' }>;

const place = anyOf(
  fields<Exclude<PlaceInNode, PlaceOfInput>>({
    part: oneOf('timeout', 'retry', 'selector', 'code'),
    line: optional(whole(1, 1_000_000)),
  }),
  fields<PlaceOfInput>({ part: oneOf('input'), input: ofRecord }),
);

const step = fields<NodeTarget>({
  ...{ nodeId: ofRecord, name: ofRecord },
  place: optional(place),
});

/** A commit by its hash: nothing that Git would take for an option or for another name. */
const commit = textLike(/^(?:parent|[\da-f]{40}|[\da-f]{64})$/, 64);

const failing = oneOf('failing');

/** One check for each message: one that is missing doesn't compile. */
const checks: { readonly [K in keyof HostMethods]: Check<HostMethods[K]['params']> } = {
  ready: nothing,
  connect: connection,
  testConnection: connection,
  playSample: nothing,
  openTraceFiles: nothing,
  openContents: fields({
    files: list(fields({ name: path, bytes: bytes(mostDroppedBytes) }), 1_000),
  }),
  chooseCaFile: nothing,
  disconnect: nothing,
  goBack: nothing,
  readAgain: nothing,
  switchSource: nothing,
  setFollowLatest: fields({ follow: flag }),
  rememberSizes: fields({ list: whole(0, 100_000), inspector: orNull(whole(0, 1000)) }),
  revealNode: fields<HostMethods['revealNode']['params']>({
    key: ofRecord,
    target: (value, at) => (value === 'failing' ? failing(value, at) : step(value, at)),
    preserveFocus: flag,
  }),
  setSelected: fields({ key: orNull(ofRecord) }),
  stepChosen: fields<ChosenStep>({
    ...{ key: ofRecord, nodeId: ofRecord },
    ...{ place: optional(place), isBegin: optional(flag) },
  }),
  wayShown: fields({ nodeIds: list(ofRecord, 1_000) }),
  openInNewPanel: fields({ key: ofRecord, name: ofRecord }),
  openDashboard: fields<NumbersTime>(numbersTime),
  showExecutions: fields({ filter: orNull(ofRecord), scope: oneOf('flow', 'all') }),
  copy: fields({ text: anyOf(ofValue, valueRef) }),
  openText: fields({
    title: ofRecord,
    text: anyOf(ofValue, valueRef),
    language: oneOf('json', 'plaintext', 'log'),
  }),
  openDiff: fields({
    ...{ title: ofRecord, before: ofValue, after: ofValue },
    ...{ language: oneOf('yaml', 'log'), isLater: flag },
  }),
  fileHistory: fields({ uri: ofRecord, fromMs: moment, toMs: moment }),
  openFileDifference: fields({ uri: ofRecord, from: commit, to: orNull(commit) }),
  saveExecutions: fields({ target }),
  saveTraceFile: fields({ target }),
  handOn: fields<HostMethods['handOn']['params']>({
    command: oneOf('copyLink', 'copyReport', 'saveFixture'),
    key: ofRecord,
    step: orNull(fields({ rowKey: ofRecord, nodeId: ofRecord })),
  }),
  saveRejected: fields({ position: orNull(position) }),
  // Part of a file's name, in any script, and no path; 200 rows of names that are cut.
  saveTable: fields<HostMethods['saveTable']['params']>({
    name: textLike(/^[\p{L}\p{M}\p{N}_-]+$/u, 60),
    text: text(64 * 1024 * 1024),
    format: optional(oneOf('svg')),
  }),
  openFlowThen: fields({ uri: ofRecord, atMs: whole(0, 8e12) }),
  // Our own, so that nothing else is looked for in the settings.
  openSettings: fields({ setting: textLike(/^rpaTrace(?:\.\w+)*$/) }),
  showLog: nothing,
  startEngine: nothing,
  openExternalHelp: fields({ topic: oneOf('gettingStarted') }),
};

/** What is wrong with a message of the page, and whom to tell: null where it doesn't even say. */
export interface Malformed {
  readonly problem: string;
  readonly answer: { readonly partner: Envelope['partner']; readonly id: string } | null;
}

const partner = oneOf('host', 'engine');
/** Its author's prefix: with an id of the host's the page would be given what the host asked for. */
const id = textLike(/^p/);
const method = textLike(/^\w+$/);

/** Reads a message of the page: an envelope around a request, and what is asked for in it, field by field. */
export function readPageMessage(message: unknown): Result<Envelope, Malformed> {
  const broken = (problem: string) => err({ problem, answer: null });
  if (!isRecord(message)) return broken('it is no envelope');
  const { packet } = message;
  if (!isRecord(packet) || packet['kind'] !== 'request') return broken('it holds no request');
  const unclear = partner(message['partner'], 'its partner') ?? id(packet['id'], 'its id');
  if (unclear !== null) return broken(unclear);
  const envelope = message as unknown as Envelope & {
    packet: Extract<Packet, { kind: 'request' }>;
  };
  const problem =
    method(packet['method'], 'its method') ??
    (envelope.partner === 'host' ? hostProblem : engineProblem)(envelope.packet);
  if (problem === null) return ok(envelope);
  const answer = { partner: envelope.partner, id: envelope.packet.id };
  return err({ problem, answer });
}

function engineProblem({ method: name, params }: Extract<Packet, { kind: 'request' }>) {
  return Object.hasOwn(questionChecks, name)
    ? checked(questionChecks, name, params)
    : 'it asks the engine for what is the host’s alone';
}

/** A method that is not known is answered by who doesn't know it. */
function hostProblem({ method: name, params }: Extract<Packet, { kind: 'request' }>) {
  return Object.hasOwn(checks, name) ? checked(checks, name, params) : null;
}

function checked(all: object, name: string, params: unknown): string | null {
  return (all as Readonly<Record<string, Check<unknown>>>)[name]?.(params, name) ?? null;
}
