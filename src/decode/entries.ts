import type { Json, JsonObject } from '../base/json.ts';
import type { NodeId, RunKey } from '../trace/execution.ts';
import { isList, isObject, listIn, objectOf, textOf } from './fields.ts';
import type { Redactor } from '../masking/redact.ts';
import { timeOf } from './times.ts';

/** The entries of one run of a node: the same log object is written once per round or attempt. */
export interface EntryGroup {
  /** Masked, as are all ids here. */
  readonly key: RunKey;
  /** The log id and the sid it counts in: what `next_log_ids` of the same sid point to. */
  readonly id: string;
  readonly sid: string;
  readonly nodeId: NodeId;
  /** Its place among the groups of its record. */
  readonly place: number;
  /** In order of completion; the last one is the newest state. */
  readonly entries: readonly JsonObject[];
  /** Position of the first entry in the record: it stays while further rounds are appended. */
  readonly first: number;
  /** Position of the last entry: when the newest state was reached. */
  readonly order: number;
}

type Growing = { -readonly [K in keyof EntryGroup]: EntryGroup[K] } & { entries: JsonObject[] };

/**
 * Groups the entries of a record by log id and sid. Entries without an id (an agent's model calls) are runs
 * of their own; children of a parallel iteration have sids of their own, so their ids may repeat. Keys are
 * masked before they are counted: two addresses that differ in a token alone must not become one key. `nodeIds` are those
 * of the entries, not masked.
 */
export function groupEntries(
  trace: readonly Json[],
  ownSid: string,
  nodeIds: readonly NodeId[],
  masks: Redactor,
): readonly EntryGroup[] {
  if (trace.length === 0) return [];
  const groups = new Map<string, Growing>();
  const withoutId = new Map<NodeId, number>();
  trace.forEach((entry, order) => {
    if (!isObject(entry)) return;
    const id = textOf(entry['id']);
    const sid = sidOf(entry, ownSid);
    const nodeId = masks.id(nodeIds[order] ?? '');
    let key: RunKey;
    if (id === '') {
      const count = withoutId.get(nodeId) ?? 0;
      withoutId.set(nodeId, count + 1);
      key = `entry:${nodeId}#${count}`;
    } else {
      key = masks.id(runKeyOf(id, sid, ownSid));
    }
    // One log id for different nodes is a fault of the writer: each is a run of its own.
    let group = groups.get(key);
    if (group !== undefined && group.nodeId !== nodeId) {
      key = `${key}#${nodeId}`;
      group = groups.get(key);
    }
    if (group === undefined) {
      const place = groups.size;
      groups.set(key, { key, id, sid, nodeId, place, entries: [entry], first: order, order });
    } else {
      group.entries.push(entry);
      group.order = order;
    }
  });
  return [...groups.values()];
}

/** The key of a run by its log id: stable while the execution grows, for ids never change. */
export function runKeyOf(id: string, sid: string, ownSid: string): RunKey {
  // Keys of our own making start with a word and a colon; an id that does so must not meet them. Behind the colon of an
  // entry without an id stands that of its node, which may begin with another.
  const plain = id.includes(':') && /^(?:entry:|[a-z]+:(?!:))/.test(id) ? `log:${id}` : id;
  return sid === ownSid ? plain : `${plain}@${sid}`;
}

/** The runs by their keys before these were masked: what links between them point to. */
export function byPlainKey(
  groups: readonly EntryGroup[],
  ownSid: string,
): ReadonlyMap<RunKey, EntryGroup> {
  return new Map(
    groups.map((group) => [
      group.id === '' ? group.key : runKeyOf(group.id, group.sid, ownSid),
      group,
    ]),
  );
}

/** The sid that the ids of an entry count in. */
export function sidOf(entry: JsonObject, ownSid: string): string {
  const said = textOf(entry['sid']);
  // One text, where it is the same: it is compared for each link.
  return said === '' || said === ownSid ? ownSid : said;
}

/** The entries of a record. */
export function entriesIn(root: JsonObject): readonly Json[] {
  return listIn(root, 'trace');
}

/** The node id of each entry of a record. */
export function nodeIdsIn(trace: readonly Json[]): readonly NodeId[] {
  return trace.map((entry) => (isObject(entry) ? nodeIdOf(entry) : ''));
}

/** The node's id in the flow file. */
export function nodeIdOf(entry: JsonObject): NodeId {
  return textOf(entry['node_id']) || textOf(entry['func_id']);
}

/** What the record calls a node, not masked. */
export function nameOf(entry: JsonObject): string {
  return textOf(entry['node_name']) || textOf(entry['func_name']);
}

/** The technical type: the prefix of the id, or what the record calls the type. */
export function typeOf(nodeId: NodeId, entry: JsonObject): string {
  const at = nodeId.indexOf('::');
  return at > 0 ? nodeId.slice(0, at) : textOf(entry['node_type']) || textOf(entry['func_type']);
}

/** The newest state of a run. */
export function lastEntry(group: EntryGroup): JsonObject {
  return group.entries.at(-1) ?? {};
}

/** True where the entry says that its node did not succeed; it starts as true and is never set back to it. */
export function saysFailed(entry: JsonObject): boolean {
  const status = entry['running_status'];
  return status === false || (typeof status === 'string' && /^(?:false|0)$/i.test(status));
}

/** Whether the node gave anything. What a model had said when it failed was given to nobody. */
export function hasOutput(entry: JsonObject): boolean {
  if (textOf(entry['llm_output']) !== '' && !saysFailed(entry)) return true;
  const data = objectOf(entry['data']);
  if (data === undefined) return false;
  const vars = data['output_vars'];
  if (isList(vars) && vars.length > 0) return true;
  const output = data['output'];
  if (typeof output === 'string') return output !== '';
  if (Array.isArray(output)) return output.length > 0;
  return typeof output === 'object' && output !== null && Object.keys(output).length > 0;
}

/** Whether the entry has an end; a snapshot holds nodes that have none yet. */
export function hasEnded(entry: JsonObject): boolean {
  return timeOf(entry['end_time']) !== null;
}

/**
 * Whether a node of a record that is final began and never ended. A node that is never ended keeps the time at
 * which its log was made as its end, before its begin; one that gave something has ended, whatever its clock says.
 */
export function neverEnded(entry: JsonObject): boolean {
  const beginMs = timeOf(entry['start_time']);
  if (beginMs === null) return false;
  const endMs = timeOf(entry['end_time']);
  return endMs === null || (endMs < beginMs && !hasOutput(entry));
}

/** The ids of the logs that may follow. */
export function nextIdsOf(entry: JsonObject): readonly string[] {
  const next = entry['next_log_ids'];
  const ids = Array.isArray(next) ? next : typeof next === 'string' ? next.match(/[\w-]+/g) : [];
  const texts = (ids ?? []).filter((id): id is string => typeof id === 'string' && id !== '');
  // Nearly always one, or none.
  return texts.length < 2 ? texts : [...new Set(texts)];
}
