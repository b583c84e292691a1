import type { Json, JsonObject } from '../base/json.ts';
import { numberAt } from '../base/numberAt.ts';
import type { ExecutionSummary, FailingNode, NodeId, Outcome } from '../trace/execution.ts';
import { calledBy } from './calledBy.ts';
import { entriesIn, lastEntry, nameOf, nodeIdsIn } from './entries.ts';
import { findFailure, type Failure } from './failure.ts';
import { objectOf, textOf } from './fields.ts';
import { saysNoSecret, secretsEchoedIn } from '../masking/knownSecrets.ts';
import type { ParsedRecord } from './parseRecord.ts';
import { parsePythonLiteral } from './pythonLiteral.ts';
import { keyOf } from './recordKey.ts';
import { RunColumns } from './runColumns.ts';
import type { RunTable } from './runTable.ts';
import { createKnowingRedactor, createRedactor, type Redactor } from '../masking/redact.ts';
import type { RedactionRules } from '../masking/redactionRules.ts';
import { codeOf, type RecordShape } from './shapes/recordShape.ts';
import { shapeOf } from './shapes/shapeOf.ts';
import { isAddress } from './tellingNames.ts';
import { tableOfRuns } from './tableOfRuns.ts';
import { runningTimes, timeOf, type ExecutionTimes } from './times.ts';
import { readUsage } from './usage.ts';

/** What is read of a record before its nodes are looked at one by one. */
export interface ReadRecord {
  readonly parsed: ParsedRecord;
  readonly shape: RecordShape;
  readonly columns: RunColumns;
  readonly outcome: Outcome;
  readonly failure: Failure | undefined;
  /** Masks ids, the same way whatever else is known of the record. */
  readonly ids: Redactor;
  readonly rules: RedactionRules;
}

/** Reads a record as far as its list row needs it; what was found of its runs before is not looked for again. */
export function readRecord(parsed: ParsedRecord, rules: RedactionRules): ReadRecord {
  const { root } = parsed;
  const shape = shapeOf(root);
  const entries = { trace: entriesIn(root), ownSid: textOf(root['sid']) };
  const table = parsed.knownRuns?.by(rules);
  if (table !== undefined) {
    const ids = idRedactor(parsed, addressesIn(table, entries.trace), rules);
    const columns = new RunColumns({ ...entries, ids }, table);
    const failure = failureIn(table, columns);
    return { parsed, shape, columns, outcome: table.outcome, failure, ids, rules };
  }
  const nodeIds = nodeIdsIn(entries.trace);
  const ids = idRedactor(parsed, nodeIds, rules);
  const columns = new RunColumns({ ...entries, ids }, nodeIds);
  const outcome: Outcome = isRunning(root) ? 'running' : shape.outcome(root, columns.groups);
  const failure = outcome === 'failed' ? findFailure(columns, messageOf(root)) : undefined;
  const read = { parsed, shape, columns, outcome, failure, ids, rules };
  if (parsed.knownRuns !== undefined) {
    const found = tableOf(read);
    parsed.knownRuns.keep(rules, found);
    columns.know(found);
  }
  return read;
}

/** What is known of the runs of a record, or is found out now. */
export function tableOf({ parsed, columns, outcome, failure, rules }: ReadRecord): RunTable {
  const code = codeOf(parsed.root) ?? 0;
  return parsed.knownRuns?.by(rules) ?? tableOfRuns({ columns, outcome, code, failure });
}

function addressesIn({ addresses, first }: RunTable, trace: readonly Json[]): readonly NodeId[] {
  return nodeIdsIn(Array.from(addresses, (place) => trace[numberAt(first, place)] ?? null));
}

function failureIn({ failure }: RunTable, columns: RunColumns): Failure | undefined {
  if (failure === undefined) return undefined;
  const { kind, place, mixesRounds } = failure;
  const group = columns.groupAt(place);
  return kind === 'after' ? { kind, group } : { kind, group, mixesRounds };
}

/** Makes the summary of a record, all text masked; `redactor` where one stands already. */
export function summarize(read: ReadRecord, redactor?: Redactor): ExecutionSummary {
  const { parsed, shape, columns, outcome, failure, ids } = read;
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
    nodeIds: columns.distinctNodeIds,
    nodeNames: columns.distinctNames.map((name) => masks.text(name)),
    runCount: columns.size,
    usage: columns.size > 0 ? columns.usage : readUsage(objectOf(root['usage'])),
  };
  // Few have one: spread into the others it takes as long as all of them.
  const told = caller === undefined ? summary : { ...summary, calledBy: caller };
  const reachedMs = outcome === 'running' ? columns.reachedMs : 0;
  return reachedMs === 0 ? told : { ...told, reachedMs };
}

function messageOf(root: JsonObject): string {
  const status = objectOf(root['status']);
  return status === undefined ? '' : textOf(status['message']);
}

/** The message of a record may repeat what stands elsewhere in it, and the name of a node; most repeat no secret. */
function messageRedactor(read: ReadRecord, message: string): Redactor {
  const { parsed, columns, ids, rules } = read;
  const names = columns.tellingNames;
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
  const ends = read.columns.groups.map((group) => timeOf(lastEntry(group)['end_time']) ?? 0);
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
