import type { RunKey } from '../trace/execution.ts';
import {
  hasOutput,
  lastEntry,
  neverEnded,
  nextIdsOf,
  nodeIdOf,
  runKeyOf,
  saysFailed,
  typeOf,
  type EntryGroup,
} from './entries.ts';
import { objectOf, textOf } from './fields.ts';
import type { RunColumns } from './runColumns.ts';
import { placesOf } from '../masking/placesOf.ts';
import { createWork, isTooCostly } from '../masking/work.ts';
import { timeOf } from './times.ts';

/** Where an execution failed, by its entries. */
export type Failure =
  /** An entry that explains the failure. */
  | {
      readonly kind: 'entry';
      readonly group: EntryGroup;
      /** It failed in a later round of an iteration than its data are of. */
      readonly mixesRounds: boolean;
    }
  /** No entry does: a successor of this run failed without one. */
  | { readonly kind: 'after'; readonly group: EntryGroup };

/** Finds the failure of an execution that failed with `message`; undefined when nothing ran. */
export function findFailure(columns: RunColumns, message: string): Failure | undefined {
  const { groups, ownSid } = columns;
  const openBody = openBodyOf(groups);
  const explaining =
    innermost(mostExplaining(columns, openBody, message), columns, message) ?? begunLast(groups);
  if (explaining !== undefined) {
    const gave = () =>
      hasOutput(lastEntry(explaining)) || wentOn(explaining, columns.byKey, ownSid);
    const mixesRounds = openBody.has(explaining) && gave();
    return { kind: 'entry', group: explaining, mixesRounds };
  }
  const last = lastBeforeGap(columns);
  return last === undefined ? undefined : { kind: 'after', group: last };
}

/**
 * Of an iteration that failed, the node of its body that did. The iteration repeats its error, at times nearer to
 * the message of the execution than the node's own words are.
 */
function innermost(
  found: EntryGroup | undefined,
  columns: RunColumns,
  message: string,
): EntryGroup | undefined {
  if (found === undefined || !isContainer(found)) return found;
  let best: { group: EntryGroup; rank: number } | undefined;
  for (const group of columns.groups) {
    if (group === found || !isWithin(group, found) || !group.entries.some(saysFailed)) continue;
    const entry = lastEntry(group);
    const error = columns.errors[group.place];
    if (typeOf(group.nodeId, entry) === 'iteration-node-end') continue;
    if (error === undefined && hasOutput(entry)) continue;
    const rank = error === undefined ? 1 : 2 + similarity(error, message);
    // The first to complete: what fails after it was cut off by it, and containers complete after their bodies.
    if (
      best === undefined ||
      rank > best.rank ||
      (rank === best.rank && isBefore(group, best.group))
    )
      best = { group, rank };
  }
  return best === undefined ? found : innermost(best.group, columns, message);
}

function isContainer(group: EntryGroup): boolean {
  const type = typeOf(group.nodeId, lastEntry(group));
  return type === 'iteration' || type === 'loop';
}

/** By the entry or the node that a child names, else by time: a body runs while its container does. */
function isWithin(group: EntryGroup, container: EntryGroup): boolean {
  if (group.order >= container.order) return false;
  const entry = lastEntry(group);
  const parentLog = textOf(entry['parent_log_id']);
  if (parentLog !== '') return parentLog === container.id;
  const config = objectOf(objectOf(entry['data'])?.['config']);
  const parent = textOf(config?.['parent_iteration_node_id']);
  if (parent !== '') return parent === nodeIdOf(lastEntry(container));
  const [from, to] = spanOf(container);
  const [beginMs, endMs] = spanOf(group);
  return (
    from !== null &&
    beginMs !== null &&
    beginMs >= from &&
    (endMs ?? beginMs) <= (to ?? endMs ?? beginMs)
  );
}

function spanOf(group: EntryGroup): readonly [number | null, number | null] {
  const entry = lastEntry(group);
  return [timeOf(entry['start_time']), timeOf(entry['end_time'])];
}

function isBefore(a: EntryGroup, b: EntryGroup): boolean {
  return a.order < b.order;
}

/** Where nothing says that it failed: the node that began last of those that never ended. */
function begunLast(groups: readonly EntryGroup[]): EntryGroup | undefined {
  let last: EntryGroup | undefined;
  let lastMs = -1;
  for (const group of groups) {
    const entry = lastEntry(group);
    const beginMs = timeOf(entry['start_time']) ?? -1;
    if (beginMs < lastMs || !neverEnded(entry)) continue;
    last = group;
    lastMs = beginMs;
  }
  return last;
}

/**
 * Tells whether the run went on behind a node: a successor completed after it. Then its failed attempts were
 * made good, by a retry, a fixed answer or a fail branch.
 */
export function wentOn(
  group: EntryGroup,
  byKey: ReadonlyMap<RunKey, EntryGroup>,
  ownSid: string,
): boolean {
  return successors(group, ownSid).some((key) => {
    const next = byKey.get(key);
    return next !== undefined && next !== group && next.order > group.order;
  });
}

function successors(group: EntryGroup, ownSid: string): RunKey[] {
  return nextIdsOf(lastEntry(group)).map((id) => runKeyOf(id, group.sid, ownSid));
}

/**
 * The entry that explains the failure best: its ERROR log is the message of the execution, or holds it; else
 * it has an ERROR log; else it failed, gave nothing and nothing ran behind it. Of equals with an ERROR log
 * the first to complete, because a container repeats the error of its body; otherwise the last.
 */
function mostExplaining(
  columns: RunColumns,
  openBody: ReadonlySet<EntryGroup>,
  message: string,
): EntryGroup | undefined {
  const { groups, ownSid, errors } = columns;
  let best: { group: EntryGroup; rank: number } | undefined;
  for (const group of [...groups].sort((a, b) => a.order - b.order)) {
    const hasGoneOn = () => !openBody.has(group) && wentOn(group, columns.byKey, ownSid);
    const gave = () => !openBody.has(group) && hasOutput(lastEntry(group));
    const rank = rankOf(group, errors[group.place], message, () => gave() || hasGoneOn());
    const isBetter = best === undefined || rank > best.rank || (rank === best.rank && rank === 1);
    if (rank > 0 && isBetter) best = { group, rank };
  }
  return best?.group;
}

function rankOf(
  group: EntryGroup,
  error: string | undefined,
  message: string,
  isRecovered: () => boolean,
): number {
  const entry = lastEntry(group);
  const failed = group.entries.some(saysFailed);
  const says = error === undefined ? 0 : similarity(error, message);
  if (says > 0 && (failed || says === 2)) return 2 + says;
  if (!failed || typeOf(group.nodeId, entry) === 'node-end') return 0;
  if (error !== undefined) return 2;
  return isRecovered() ? 0 : 1;
}

/**
 * The body of an iteration that left no entry: of a child that fails in a later round the one entry mixes
 * rounds, false by the last, with output and successors of an earlier one.
 */
function openBodyOf(groups: readonly EntryGroup[]): ReadonlySet<EntryGroup> {
  let lastClosed = -1;
  const begun: EntryGroup[] = [];
  for (const group of groups) {
    const type = typeOf(group.nodeId, lastEntry(group));
    if (type === 'iteration' || type === 'loop') lastClosed = Math.max(lastClosed, group.order);
    else if (type === 'iteration-node-start' || type === 'loop-node-start') begun.push(group);
  }
  const starts = begun.filter((group) => group.order > lastClosed);
  if (starts.length === 0) return new Set();
  const open = groups.filter((group) => group.order > lastClosed);
  const byId = new Map(open.map((group) => [`${group.sid} ${group.id}`, group]));
  const body = new Set(starts);
  // The set grows while it is walked.
  for (const group of body) {
    for (const id of nextIdsOf(lastEntry(group))) {
      const next = byId.get(`${group.sid} ${id}`);
      if (next !== undefined) body.add(next);
    }
  }
  return body;
}

/** So much of a message is searched for what each entry says, from its begin and from its end: who quotes, quotes there. */
const searchedChars = 2_048;

/** 2: the same text; 1: one holds the other. */
function similarity(error: string, message: string): number {
  if (message === '' || error === '') return 0;
  if (error === message) return 2;
  if (error.length >= message.length) return holds(error, message) ? 1 : 0;
  if (message.length <= 2 * searchedChars) return message.includes(error) ? 1 : 0;
  const isQuoted =
    message.startsWith(error) ||
    message.endsWith(error) ||
    message.slice(0, searchedChars).includes(error) ||
    message.slice(-searchedChars).includes(error);
  return isQuoted ? 1 : 0;
}

/** Of a text that repeats itself it takes too long to tell: then it is none that says something. */
function holds(text: string, part: string): boolean {
  try {
    return placesOf(part, text, createWork(text.length)).next().done !== true;
  } catch (error) {
    if (isTooCostly(error)) return false;
    throw error;
  }
}

/**
 * The run behind which the failed one is missing: the last that has successors and none of them logged; else
 * the last with one that didn't (its others may be branches that ran beside it).
 */
function lastBeforeGap({ groups, byKey, ownSid }: RunColumns): EntryGroup | undefined {
  let allMissing: EntryGroup | undefined;
  let someMissing: EntryGroup | undefined;
  for (const group of groups) {
    const next = successors(group, ownSid);
    const logged = next.filter((key) => byKey.has(key)).length;
    if (logged === next.length) continue;
    if (someMissing === undefined || group.order > someMissing.order) someMissing = group;
    if (logged > 0) continue;
    if (allMissing === undefined || group.order > allMissing.order) allMissing = group;
  }
  return allMissing ?? someMissing;
}
