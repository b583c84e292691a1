import type { JsonObject } from '../base/json.ts';
import type { NodeRun } from '../trace/execution.ts';
import {
  hasEnded,
  hasOutput,
  lastEntry,
  neverEnded,
  nextIdsOf,
  runKeyOf,
  saysFailed,
  typeOf,
  type EntryGroup,
} from './entries.ts';
import { wentOn, type Failure } from './failure.ts';
import { GivenUp } from './givenUp.ts';
import { numberOf, objectOf, textOf } from './fields.ts';
import { logCountOf } from './logs.ts';
import type { Redactor } from '../masking/redact.ts';
import { ownDuration, timeOf } from './times.ts';
import type { RunColumns } from './runColumns.ts';
import { noUsage } from './usage.ts';

/** What the runs of an execution have in common. */
export interface RunContext {
  readonly running: boolean;
  readonly code: number;
  readonly failure: Failure | undefined;
  readonly redactor: Redactor;
  /** Masks ids, as it did in the groups. */
  readonly ids: Redactor;
}

/** Makes the runs of an execution, in order of completion. */
export function decodeRuns(columns: RunColumns, context: RunContext): NodeRun[] {
  const { byKey, ownSid } = columns;
  const names = columns.maskedNames(context.redactor);
  const links = { columns, names, givenUp: new GivenUp(byKey, ownSid) };
  return columns.groups
    .map((group) => decodeRun(group, links, context))
    .sort((a, b) => a.order - b.order);
}

/** How runs follow each other, and stand in each other. */
interface Links {
  readonly columns: RunColumns;
  /** Masked. */
  readonly names: readonly string[];
  readonly givenUp: GivenUp;
}

function decodeRun(group: EntryGroup, links: Links, context: RunContext): NodeRun {
  const { redactor, ids } = context;
  const { errors, usages, byKey, ownSid } = links.columns;
  const { place } = group;
  const entry = lastEntry(group);
  const error = errors[place];
  const config = objectOf(objectOf(entry['data'])?.['config']);
  const parent = textOf(config?.['parent_iteration_node_id']);
  const parentLog = textOf(entry['parent_log_id']);
  const source = textOf(entry['source']);
  const status = statusOf(group, entry, links, context);
  const { beginMs, endMs, durationMs } = runTimes(entry);
  const keyOf = (id: string) => {
    const key = runKeyOf(id, group.sid, ownSid);
    // Nothing of it was masked where it is the key of a run: nearly all name one.
    return byKey.get(key)?.key === key ? key : ids.id(key);
  };
  // All fields at once, and those that few have behind them: with each of these spread into it one takes three times as long.
  const run: Editable<NodeRun> = {
    key: group.key,
    nodeId: group.nodeId,
    name: links.names[place] ?? '',
    type: redactor.text(typeOf(group.nodeId, entry)),
    category: redactor.text(textOf(entry['node_type'])),
    status,
    count: group.entries.length,
    beginMs,
    endMs,
    durationMs,
    firstFrameMs: firstFrameOf(entry),
    next: nextIdsOf(entry).map(keyOf),
    usage: usages[place] ?? noUsage,
    logCount: logCountOf(entry),
    error: error === undefined ? null : redactor.text(error),
    iterationIndex: numberOf(config?.['iteration_index']) ?? null,
    iterationParent: parent === '' ? null : ids.id(parent),
    order: group.first,
  };
  if (parentLog !== '') run.parent = keyOf(parentLog);
  if (sourceLine.test(source)) run.source = redactor.text(source);
  if (mixesRounds(group, context)) run.mixesRounds = true;
  if (status === 'recovered' && gaveNothing(group, entry)) run.gaveNothing = true;
  return run;
}

type Editable<T> = { -readonly [K in keyof T]: T[K] };

function statusOf(
  group: EntryGroup,
  entry: JsonObject,
  { columns: { byKey, ownSid }, givenUp }: Links,
  { failure, running, code }: RunContext,
): NodeRun['status'] {
  const isBad = group.entries.some(saysFailed);
  const isUnended = !running && !isBad && neverEnded(entry);
  if (failure?.kind === 'entry' && failure.group === group) return isUnended ? 'unended' : 'failed';
  if (running && !hasEnded(entry)) return 'running';
  if (!isBad) return isUnended ? 'unended' : 'succeeded';
  // In a run that goes on a failed attempt may yet be made good.
  if (!running && givenUp.has(group)) return 'failed';
  if (hasOutput(entry) || wentOn(group, byKey, ownSid)) return 'recovered';
  return code === 0 && !running ? 'recovered' : 'failed';
}

/** Of what never gives anything an output says nothing. */
const outputless = /^(?:message|node-start|node-end|iteration-node-start|loop-node-start)$/;

function gaveNothing(group: EntryGroup, entry: JsonObject): boolean {
  return !outputless.test(typeOf(group.nodeId, entry)) && !hasOutput(entry);
}

/** A path of a project and a line in it; nothing else is of use, and a robot may write anything. */
const sourceLine = /^[^:\0\r\n]{1,400}:[1-9]\d{0,6}$/;

function mixesRounds(group: EntryGroup, { failure }: RunContext): boolean {
  return failure?.kind === 'entry' && failure.group === group && failure.mixesRounds;
}

function runTimes(entry: JsonObject): Pick<NodeRun, 'beginMs' | 'endMs' | 'durationMs'> {
  const beginMs = timeOf(entry['start_time']);
  const endMs = timeOf(entry['end_time']);
  if (beginMs === null || endMs === null) return { beginMs, endMs, durationMs: null };
  // An entry that was never ended carries the time of its construction as its end.
  if (endMs < beginMs) return { beginMs, endMs: null, durationMs: null };
  return { beginMs, endMs, durationMs: ownDuration(entry) ?? endMs - beginMs };
}

function firstFrameOf(entry: JsonObject): number | null {
  const seconds = numberOf(entry['node_first_cost_time']);
  if (seconds !== undefined && seconds >= 0) return Math.round(seconds * 1000);
  const ms = numberOf(entry['first_frame_duration']);
  return ms !== undefined && ms >= 0 ? ms : null;
}
