import type { Json } from '../base/json.ts';
import type { Steps } from '../base/steps.ts';
import { earlierCalls } from '../trace/earlierCalls.ts';
import type { Milliseconds } from '../trace/execution.ts';
import type { NodeStatus, TreeNode } from '../trace/tree.ts';
import type { AttemptsIn, Tried } from './attempts.ts';
import type { ComparedRun, Named, Section } from './comparedRun.ts';
import { sizeOf } from './contents.ts';
import { isNothing, plainText } from './jsonValues.ts';
import { ownTime } from './leafTimes.ts';
import type { AlignedRow } from './mergedRows.ts';
import { sectionOf } from './sections.ts';
import { foldedText } from './shapes.ts';
import {
  compareSides,
  noDifferences,
  type LeafJudge,
  type SideDifferences,
  type ValueDifference,
} from './valueDifferences.ts';

/** To decode as many bytes takes some milliseconds. */
const leastLarge = 128 * 1024;

/** What was one thing before and is another now. */
export interface Two<T> {
  readonly before: T;
  readonly after: T;
}

/** What differs between the runs of a node; null where it doesn't. */
export interface RowDifferences {
  readonly input: SideDifferences;
  readonly output: SideDifferences;
  /** Without what only repeats what the node was given. */
  readonly config: SideDifferences;
  readonly status: Two<NodeStatus> | null;
  readonly error: Two<string | null> | null;
  readonly name: Two<string> | null;
  /** How often it was tried, or in how many rounds it ran. */
  readonly count: CountDifference | null;
  /** Where it took much longer, or much less. */
  readonly time: Two<Milliseconds> | null;
  readonly tokens: Two<number> | null;
  readonly logs: Two<number> | null;
}

/** Rounds, or attempts: those of several rounds with how many these were. */
export type CountDifference = Two<number> & {
  readonly isAttempts: boolean;
  readonly rounds?: Two<number>;
};

/** A row of a comparison. `changed`: more than times and tokens; `added` and `missing`: it ran in one of them alone. */
export interface ComparedRow extends AlignedRow {
  readonly key: string;
  readonly mark: 'same' | 'changed' | 'added' | 'missing';
  /** Null: it ran in one of them alone. */
  readonly differences: RowDifferences | null;
}

/** What rows are compared with. */
export interface RowWorld {
  readonly before: ComparedRun;
  readonly after: ComparedRun;
  readonly isLoose: boolean;
  readonly attempts: Two<AttemptsIn>;
  readonly judgeOf: (row: AlignedRow) => LeafJudge;
}

/** A row with what differs in it. */
export function* compareRow(row: AlignedRow, world: RowWorld): Steps<ComparedRow> {
  const { before, after } = row;
  const key = after?.key ?? `before:${before?.key ?? ''}`;
  if (before === null || after === null) {
    return { ...row, key, mark: before === null ? 'added' : 'missing', differences: null };
  }
  const differences = yield* differencesOf(before, after, row, world);
  return { ...row, key, mark: isChanged(differences) ? 'changed' : 'same', differences };
}

/** Whether more differs than times, tokens and logs. */
export function isChanged({ input, output, config, ...rest }: RowDifferences): boolean {
  const { status, error, name, count } = rest;
  return (
    [input, output, config].some((side) => side.differences.length > 0) ||
    [status, error, name, count].some((two) => two !== null)
  );
}

const noData = { input: noDifferences, output: noDifferences, config: noDifferences } as const;

function* differencesOf(
  before: TreeNode,
  after: TreeNode,
  row: AlignedRow,
  world: RowWorld,
): Steps<RowDifferences> {
  // Most nodes got and gave what they did before: decoding and masking that would take most of the time.
  const hasData = before.run !== null && after.run !== null && !haveSameBytes(before, after, world);
  const { input, output, config } = hasData ? yield* dataOf(before, after, row, world) : noData;
  return {
    ...{ input, output, config: withoutRepeated(config, input, world) },
    status: two(before.status, after.status),
    error: errorOf(before, after, world),
    name: nameOf(before, after, world),
    count: countOf(before, after, world),
    // Of what was tried again only the last attempt is known for sure.
    time:
      hasEarlier(before, world.attempts.before) || hasEarlier(after, world.attempts.after)
        ? null
        : timeOf(before.durationMs, after.durationMs),
    tokens: tokensOf(before, after),
    logs: logsOf(before, after),
  };
}

function* dataOf(
  before: TreeNode,
  after: TreeNode,
  row: AlignedRow,
  world: RowWorld,
): Steps<Pick<RowDifferences, 'input' | 'output' | 'config'>> {
  // Each is decoded as a whole: others have their turn between two large ones.
  for (const [{ run }, of] of [
    [before, world.before],
    [after, world.after],
  ] as const) {
    if (run === null || sizeOf(of, run.key) < leastLarge) continue;
    of.dataOf(run.key);
    yield;
  }
  const judge = world.judgeOf(row);
  const side = (section: Section) => {
    const [old, now] = sides(section, before, after, world);
    const isLeftOut =
      (old.length === 0 && world.before.leftOut?.data === true) ||
      (now.length === 0 && world.after.leftOut?.data === true);
    if (isLeftOut) return notThere([...old, ...now]);
    return compareSides(
      section,
      { run: before.run?.key ?? null, values: old, count: before.count },
      { run: after.run?.key ?? null, values: now, count: after.count },
      judge,
    );
  };
  const [input, config] = [yield* side('input'), yield* side('config')];
  return { input, output: yield* side('output'), config };
}

/** What one of them has, and the other had no room for. */
function* notThere(values: readonly Named[]): Steps<SideDifferences> {
  return { ...noDifferences, unknown: values.map(({ name }) => ({ path: [name], why: 'cut' })) };
}

function haveSameBytes({ run: old }: TreeNode, { run: now }: TreeNode, world: RowWorld): boolean {
  const [one, other] = [
    old === null ? undefined : world.before.bytesOf?.(old.key),
    now === null ? undefined : world.after.bytesOf?.(now.key),
  ];
  if (one === undefined || one.length !== other?.length) return false;
  return one.every((part, index) => areSameBytes(part, other[index]));
}

function areSameBytes(one: Uint8Array, other: Uint8Array | undefined): boolean {
  if (one.length !== other?.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

/** Of services that write otherwise, settings that one of them alone writes are no settings that changed. */
function sides(
  section: Section,
  before: TreeNode,
  after: TreeNode,
  world: RowWorld,
): readonly [readonly Named[], readonly Named[]] {
  const sectionIn = (node: TreeNode, of: ComparedRun, attempts: AttemptsIn) =>
    sectionOf(node.run === null ? undefined : of.dataOf(node.run.key), section, attempts.of(node));
  const old = sectionIn(before, world.before, world.attempts.before);
  const now = sectionIn(after, world.after, world.attempts.after);
  if (section !== 'config' || !world.isLoose) return [old, now];
  const shared = new Set(now.map(({ name }) => name));
  const both = new Set(old.map(({ name }) => name).filter((name) => shared.has(name)));
  const inBoth = ({ name }: Named) => both.has(name);
  return [old.filter(inBoth), now.filter(inBoth)];
}

/** Whether something is another in every run that is no ID and no time: the data that each run has for itself. */
export function hasOtherData(given: SideDifferences | undefined): boolean {
  return given?.folded.some(({ shape }) => shape === 'learnt') === true;
}

/** The services put what a node was given into its settings: a prompt, the body of a request. */
function withoutRepeated(
  config: SideDifferences,
  input: SideDifferences,
  world: RowWorld,
): SideDifferences {
  if (config.differences.length === 0) return config;
  const given = input.differences.map(
    ({ before, after }) => [textOf(before), textOf(after)] as const,
  );
  const isGivenOther = given.length > 0 || hasOtherData(input);
  const kept = config.differences.filter((difference) => {
    if (isRunTime(difference, isGivenOther) || isCaller(difference, world)) return false;
    return !isRepeated(difference, given);
  });
  return kept.length === config.differences.length ? config : { ...config, differences: kept };
}

/** What a service fills in at each run. */
const runTimeNames = /^(?:iteration_index|parent_iteration_node_id|stream_node_first_token)$/;
/** What it asks of others: the prompt of the flow file with what the node was given. */
const requestNames = /^(?:req_body|payload|tool_input|link_req_payload)$/;
/** Who started the execution, and in which chat. */
const callerNames = /^(?:uid|user_?id|chat_id|sid)$/i;
/** By these names the services put it into what they ask of others, there and nowhere deeper. */
const sentNames = /^(?:uid|chat_id|sid)$/;
const sentParts = /^(?:header|payload|parameter|req_body|link_req_payload)$/;

/** Of a request for something else nothing tells what of it the flow file says. */
function isRunTime({ path }: ValueDifference, isGivenOther: boolean): boolean {
  const [name] = path;
  if (typeof name !== 'string') return false;
  return runTimeNames.test(name) || (isGivenOther && requestNames.test(name));
}

/** Any other field of such a name is a setting: who approves, in which chat it is told. */
function isCaller({ path, before, after }: ValueDifference, world: RowWorld): boolean {
  const last = path.at(-1);
  if (typeof last !== 'string' || !callerNames.test(last)) return false;
  if (path.length === 1) return true;
  const isSent = path.slice(0, -1).every((step) => sentParts.test(String(step)));
  if (isSent && sentNames.test(last)) return true;
  return isOwn(before, world.before) && isOwn(after, world.after);
}

/** Whether it is the execution's own id, or that of who started it. */
function isOwn(value: Json | undefined, run: ComparedRun): boolean {
  if (value === undefined || isNothing(value)) return false;
  const text = plainText(value);
  if (text === run.summary.sid) return true;
  const fields = run.ownData()?.fields ?? [];
  return fields.some((field) => callerNames.test(field.name) && plainText(field.value) === text);
}

function isRepeated(
  { before, after, change }: ValueDifference,
  given: readonly (readonly [string, string])[],
): boolean {
  // Two secrets may look the same.
  if (change === 'secret') return false;
  let text = textOf(before);
  const wanted = textOf(after);
  if (text === '' && wanted === '') return false;
  // What is put in stands in the one, what is left of it in the other.
  const longest = text.length + wanted.length;
  for (const [from, to] of given) {
    if (from === text && to === wanted) return true;
    if (text === wanted) continue;
    // A letter or two stand anywhere.
    if (from.length < 2 || !text.includes(from)) continue;
    const pieces = text.split(from);
    if (text.length + (pieces.length - 1) * (to.length - from.length) > longest) return false;
    text = pieces.join(to);
  }
  // One of another type that nobody gave it was set so.
  return text === wanted && change !== 'retyped';
}

function textOf(value: Json | undefined): string {
  return value === undefined || isNothing(value) ? '' : plainText(value);
}

function two<T>(before: T, after: T): Two<T> | null {
  return before === after ? null : { before, after };
}

/** What left no entry, or was written by other services, may have no name either. */
function nameOf(before: TreeNode, after: TreeNode, { isLoose }: RowWorld): Two<string> | null {
  if (before.subExecution !== null) return null;
  const tellsNames = before.run !== null && after.run !== null && !isLoose;
  if (!tellsNames && (before.name === '' || after.name === '')) return null;
  return two(before.name, after.name);
}

function errorOf(before: TreeNode, after: TreeNode, world: RowWorld): Two<string | null> | null {
  const textOfError = ({ run, subExecution: sub }: TreeNode) =>
    run?.error ?? (sub !== null && sub.code !== 0 ? `${String(sub.code)} ${sub.message}` : null);
  const [old, now] = [textOfError(before), textOfError(after)];
  if (old !== null && now !== null) {
    const own = [ownTime(world.before), ownTime(world.after)] as const;
    if (foldedText(old, own[0]) === foldedText(now, own[1])) return null;
  }
  return two(old, now);
}

function countOf(
  before: TreeNode,
  after: TreeNode,
  { attempts }: RowWorld,
): RowDifferences['count'] {
  const known = [attempts.before.of(before), attempts.after.of(after)] as const;
  const [old, now] = [known[0] ?? inRounds(before), known[1] ?? inRounds(after)];
  const rounds = { before: old.rounds, after: now.rounds };
  if (old.attempts - old.rounds === now.attempts - now.rounds) {
    return two(old.rounds, now.rounds) && { ...rounds, isAttempts: false };
  }
  const hasRounds = known.some((tried) => tried !== null && tried.rounds > 1);
  return {
    ...{ before: old.attempts, after: now.attempts, isAttempts: true },
    ...(hasRounds && { rounds }),
  };
}

function inRounds({ count }: TreeNode): Pick<Tried, 'attempts' | 'rounds'> {
  return { attempts: count, rounds: count };
}

function hasEarlier(node: TreeNode, attempts: AttemptsIn): boolean {
  return attempts.of(node) !== null || earlierCalls(node) !== null;
}

/** Less is what a machine does one way and the other. */
const leastTimes = 1.5;
const leastMs = 300;

/** Times of which people say that they differ; null for others. */
export function timeOf(
  before: Milliseconds | null,
  after: Milliseconds | null,
): Two<Milliseconds> | null {
  if (before === null || after === null) return null;
  const [less, more] = before < after ? [before, after] : [after, before];
  return more - less >= leastMs && more >= less * leastTimes ? { before, after } : null;
}

/** A fifth more or less is what a model does by itself. */
const leastTokens = 20;

function tokensOf({ run: old }: TreeNode, { run: now }: TreeNode): Two<number> | null {
  const [before, after] = [old?.usage.totalTokens ?? 0, now?.usage.totalTokens ?? 0];
  const change = Math.abs(after - before);
  return change >= leastTokens && change * 5 >= Math.max(before, after) ? { before, after } : null;
}

function logsOf({ run: old }: TreeNode, { run: now }: TreeNode): Two<number> | null {
  return two(old?.logCount ?? 0, now?.logCount ?? 0);
}
