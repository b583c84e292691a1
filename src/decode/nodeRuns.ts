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
import { numberOf, objectOf, textIn, textOf } from './fields.ts';
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
  const links = { columns, givenUp: new GivenUp(byKey, ownSid) };
  return columns.groups
    .map((group) => decodeRun(group, links, context))
    .sort((a, b) => a.order - b.order);
}

/** How runs follow each other, and stand in each other. */
interface Links {
  readonly columns: RunColumns;
  readonly givenUp: GivenUp;
}

function decodeRun(group: EntryGroup, links: Links, context: RunContext): NodeRun {
  const { redactor, ids } = context;
  const { names, errors, usages, ownSid } = links.columns;
  const { place } = group;
  const entry = lastEntry(group);
  const error = errors[place];
  const config = objectOf(objectOf(entry['data'])?.['config']);
  const parent = textOf(config?.['parent_iteration_node_id']);
  const parentLog = textOf(entry['parent_log_id']);
  const status = statusOf(group, entry, links, context);
  return {
    key: group.key,
    nodeId: group.nodeId,
    name: redactor.text(names[place] ?? ''),
    type: redactor.text(typeOf(group.nodeId, entry)),
    category: redactor.text(textOf(entry['node_type'])),
    status,
    count: group.entries.length,
    ...runTimes(entry),
    firstFrameMs: firstFrameOf(entry),
    next: nextIdsOf(entry).map((id) => ids.id(runKeyOf(id, group.sid, ownSid))),
    usage: usages[place] ?? noUsage,
    logCount: logCountOf(entry),
    error: error === undefined ? null : redactor.text(error),
    iterationIndex: numberOf(config?.['iteration_index']) ?? null,
    iterationParent: parent === '' ? null : ids.id(parent),
    ...(parentLog === '' ? {} : { parent: ids.id(runKeyOf(parentLog, group.sid, ownSid)) }),
    order: group.first,
    ...sourceOf(entry, redactor),
    ...(mixesRounds(group, context) ? { mixesRounds: true } : {}),
    ...(status === 'recovered' && gaveNothing(group, entry) ? { gaveNothing: true } : {}),
  };
}

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

function sourceOf(entry: JsonObject, redactor: Redactor): Pick<NodeRun, 'source'> {
  const source = textIn(entry, 'source');
  return sourceLine.test(source) ? { source: redactor.text(source) } : {};
}

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
