import type { JsonObject } from '../base/json.ts';
import type { ExecutionSummary, FailingNode, NodeId, Outcome } from '../trace/execution.ts';
import { calledBy } from './calledBy.ts';
import { groupEntries, lastEntry, nameOf, nodeIdsIn, type EntryGroup } from './entries.ts';
import { findFailure, type Failure } from './failure.ts';
import { objectOf, textOf } from './fields.ts';
import { saysNoSecret, secretsEchoedIn } from '../masking/knownSecrets.ts';
import type { ParsedRecord } from './parseRecord.ts';
import { parsePythonLiteral } from './pythonLiteral.ts';
import { keyOf } from './recordKey.ts';
import { RunColumns } from './runColumns.ts';
import { createKnowingRedactor, createRedactor, type Redactor } from '../masking/redact.ts';
import type { RedactionRules } from '../masking/redactionRules.ts';
import { codeOf, type RecordShape } from './shapes/recordShape.ts';
import { shapeOf } from './shapes/shapeOf.ts';
import { runningTimes, timeOf, type ExecutionTimes } from './times.ts';
import { readUsage } from './usage.ts';

/** What is read of a record before its nodes are looked at one by one. */
export interface ReadRecord {
  readonly parsed: ParsedRecord;
  readonly shape: RecordShape;
  readonly groups: readonly EntryGroup[];
  readonly columns: RunColumns;
  readonly outcome: Outcome;
  readonly failure: Failure | undefined;
  /** Masks ids, the same way whatever else is known of the record. */
  readonly ids: Redactor;
  readonly rules: RedactionRules;
}

/** Reads a record as far as its list row needs it. */
export function readRecord(parsed: ParsedRecord, rules: RedactionRules): ReadRecord {
  const { root } = parsed;
  const shape = shapeOf(root);
  const nodeIds = nodeIdsIn(root);
  const ids = idRedactor(parsed, nodeIds, rules);
  const groups = groupEntries(root, nodeIds, ids);
  const outcome: Outcome = isRunning(root) ? 'running' : shape.outcome(root, groups);
  const columns = new RunColumns(groups, textOf(root['sid']));
  const failure = outcome === 'failed' ? findFailure(columns, messageOf(root)) : undefined;
  return { parsed, shape, groups, columns, outcome, failure, ids, rules };
}

/** Makes the summary of a record, all text masked; `redactor` where one stands already. */
export function summarize(read: ReadRecord, redactor?: Redactor): ExecutionSummary {
  const { parsed, shape, groups, columns, outcome, failure, ids } = read;
  const { root, record } = parsed;
  const message = messageOf(root);
  const masks = redactor ?? messageRedactor(read, message);
  const times = timesOf(read, record.timestampMs);
  const sid = ids.id(textOf(root['sid']));
  const caller = calledBy(root, ids);
  const service = masks.text(textOf(root['sub']));
  const summary: ExecutionSummary = {
    key: keyOf(parsed, shape, { service, sid }),
    sid,
    service,
    kind: shape.kind,
    flowId: ids.id(textOf(root['flow_id'])),
    subject: masks.text(shape.subject(root)),
    outcome,
    code: codeOf(root) ?? 0,
    message: masks.text(message),
    beginMs: times.beginMs,
    endMs: times.endMs,
    durationMs: times.durationMs,
    timeSource: times.timeSource,
    failing: failure === undefined ? null : failingNode(failure, masks),
    nodeIds: nodeIdsOf(groups),
    nodeNames: nodeNamesOf(columns, masks, redactor && columns.maskedNames(redactor)),
    runCount: groups.length,
    usage: groups.length > 0 ? columns.usage : readUsage(objectOf(root['usage'])),
  };
  // Few have one: spread into the others it takes as long as all of them.
  return caller === undefined ? summary : { ...summary, calledBy: caller };
}

function messageOf(root: JsonObject): string {
  const status = objectOf(root['status']);
  return status === undefined ? '' : textOf(status['message']);
}

/** The message of a record may repeat what stands elsewhere in it, and the name of a node; most repeat no secret. */
function messageRedactor(read: ReadRecord, message: string): Redactor {
  const { parsed, columns, ids, rules } = read;
  const names = tellingNames(columns);
  if (names.length === 0 && saysNoSecret(message)) return ids;
  const shown = [message, ...names];
  // Most messages say nothing that may be a secret: the question is not even read.
  const question = () => textOf(parsed.root['question']);
  const find = () => secretsEchoedIn(shown.join(' '), shown, parsed, question, rules.names);
  return createKnowingRedactor(find, rules, ids);
}

/** An id may be an address (of an MCP server) with a token in its path, known only because it stands elsewhere too. */
function idRedactor(
  parsed: ParsedRecord,
  nodeIds: readonly NodeId[],
  rules: RedactionRules,
): Redactor {
  const plain = createRedactor([], rules);
  if (!nodeIds.some(isAddress)) return plain;
  const addresses = [...new Set(nodeIds.filter(isAddress))];
  // What an address gives away by itself need not be looked for.
  const words = addresses.map((address) => plain.id(address).replace(/[/?&=#]/g, ' '));
  const find = () => secretsEchoedIn(words.join(' '), addresses, parsed, () => '', rules.names);
  return createKnowingRedactor(find, rules, plain);
}

function isAddress(id: string): boolean {
  return id.includes('://');
}

/** A snapshot of an execution that goes on says so; the services' own records are all final. */
function isRunning(root: JsonObject): boolean {
  const value = root['srv'];
  if (value === undefined || value === '') return false;
  const srv = objectOf(value) ?? pythonObject(value);
  return srv !== undefined && textOf(srv['execution_state']) === 'running';
}

function pythonObject(srv: unknown): JsonObject | undefined {
  if (typeof srv !== 'string') return undefined;
  const value = parsePythonLiteral(srv);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

function timesOf(read: ReadRecord, timestampMs: number | null): ExecutionTimes {
  const { root } = read.parsed;
  if (read.outcome === 'running') return runningTimes(root, timestampMs);
  const times = read.shape.times(root, timestampMs);
  if (times.endMs !== null || times.beginMs === null) return times;
  // No usable end of its own: the last node's.
  const ends = read.groups.map((group) => timeOf(lastEntry(group)['end_time']) ?? 0);
  const endMs = ends.reduce((latest, end) => Math.max(latest, end), 0);
  if (endMs < times.beginMs) return times;
  return { ...times, endMs, durationMs: endMs - times.beginMs };
}

function failingNode(failure: Failure, masks: Redactor): FailingNode {
  const entry = lastEntry(failure.group);
  const { nodeId } = failure.group;
  if (failure.kind === 'after') {
    return { nodeId: null, runKey: null, name: '', inferred: true, afterNodeId: nodeId };
  }
  return {
    nodeId,
    runKey: failure.group.key,
    name: masks.text(nameOf(entry)),
    inferred: false,
    afterNodeId: null,
  };
}

const none: readonly string[] = [];

function nodeIdsOf(groups: readonly EntryGroup[]): readonly NodeId[] {
  if (groups.length === 0) return none;
  const distinct = new Set<NodeId>();
  for (const { nodeId } of groups) if (nodeId !== '') distinct.add(nodeId);
  return [...distinct];
}

/** `masked`: the names of all runs, where they are masked anyway. */
function nodeNamesOf(
  { groups, names }: RunColumns,
  masks: Redactor,
  masked?: readonly string[],
): readonly string[] {
  if (groups.length === 0) return none;
  const distinct = new Set<string>();
  const shown: string[] = [];
  names.forEach((name, place) => {
    if (name === '' || distinct.has(name)) return;
    distinct.add(name);
    shown.push(masked?.[place] ?? masks.text(name));
  });
  return shown;
}

/** The names of nodes that hold letters and digits in one word: others repeat no secret. */
export function tellingNames({ groups, names }: RunColumns): readonly string[] {
  if (groups.length === 0) return none;
  const telling = new Set<string>();
  for (const name of names) if (isTellingName(name)) telling.add(name);
  return [...telling];
}

function isTellingName(name: string): boolean {
  if (!/\d/.test(name)) return false;
  const words = name.match(/[!-~]{6,}/g) ?? none;
  return words.some((word) => /\d/.test(word) && /[a-z]/i.test(word));
}
