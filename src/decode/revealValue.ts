import { assertNever } from '../base/assertNever.ts';
import { withoutColoursIn, withoutColoursOfLogs } from '../base/colours.ts';
import type { Json } from '../base/json.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { NodeData, RunKey } from '../trace/execution.ts';
import { cutDeep } from './deepJson.ts';
import { lastEntry, nameOf, nodeIdOf, type EntryGroup } from './entries.ts';
import { decodeData as decodeExecutionFields } from './executionData.ts';
import { objectIn, textIn } from './fields.ts';
import { decodeData as decodeEntryData } from './nodeData.ts';
import { parseRecord } from './parseRecord.ts';
import type { Redactor } from '../masking/redact.ts';
import type { RedactionRules } from '../masking/redactionRules.ts';
import { readRecord, type ReadRecord } from './summary.ts';
import type { ValuePlace } from '../trace/valuePlace.ts';

/** The only redactor that hides nothing; it stays in this file. */
const unmasked: Redactor = {
  within: () => unmasked,
  text: withoutColoursOfLogs,
  named: (_name, value) => cutDeep(value),
  id: (id) => id,
  marked: (masked) => masked,
};

/**
 * What stands for a value that is masked: the same for the same value of any record, and nothing else of it. `path` is the
 * way within the value; undefined where the record has none there.
 */
export type MarkOfValue = (
  runKey: RunKey | null,
  place: ValuePlace,
  path: readonly (string | number)[],
) => string | undefined;

/** Gives the marks of what a record holds; one node's values are kept for the next that is asked for. */
export function marksOfValues(read: ReadRecord, { markOf }: RedactionRules): MarkOfValue {
  const ownSid = textIn(read.parsed.root, 'sid');
  let groups: ReadonlyMap<RunKey, EntryGroup> | undefined;
  let kept: { readonly key: RunKey; readonly data: NodeData } | undefined;
  const dataOf = (key: RunKey) => {
    groups ??= new Map(read.columns.groups.map((group) => [group.key, group]));
    const group = groups.get(key);
    if (group === undefined) return undefined;
    if (kept?.key !== key) kept = { key, data: decodeEntryData(group, ownSid, unmasked) };
    return kept.data;
  };
  return (runKey, place, path) => {
    let value: Json | undefined;
    if (runKey === null) value = ofExecution(read, place);
    else {
      const data = dataOf(runKey);
      value = data === undefined ? undefined : valueOf(data, place);
    }
    for (const step of path) value = partOf(value, step);
    return value === undefined ? undefined : markOf(JSON.stringify(value));
  };
}

function partOf(value: Json | undefined, step: string | number): Json | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return (value as Readonly<Record<string | number, Json>>)[step];
}

/**
 * Decodes one value of a node, or of the execution itself with `runKey` null, without masking it; undefined where
 * none stands. For the reader who asked for just this one: nothing else of it leaves this function.
 */
export function revealValue(
  record: ConsumedRecord,
  rules: RedactionRules,
  runKey: RunKey | null,
  place: ValuePlace,
): Json | undefined {
  const value = valueAt(record, rules, runKey, place);
  return value === undefined ? undefined : withoutColoursIn(value);
}

function valueAt(
  record: ConsumedRecord,
  rules: RedactionRules,
  runKey: RunKey | null,
  place: ValuePlace,
): Json | undefined {
  const parsed = parseRecord(record, rules);
  if (!parsed.ok) return undefined;
  // Keys are masked, so that the one asked for is found among them.
  const read = readRecord(parsed.value, rules);
  const { root } = parsed.value;
  // The record has one, whichever of its nodes is looked at.
  if (place.section === 'message') return textIn(objectIn(root, 'status') ?? {}, 'message');
  if (runKey === null) return ofExecution(read, place);
  const group = read.columns.groups.find(({ key }) => key === runKey);
  return group === undefined ? undefined : ofNode(group, textIn(root, 'sid'), place);
}

function ofNode(group: EntryGroup, ownSid: string, place: ValuePlace): Json | undefined {
  const { section } = place;
  const entry = lastEntry(group);
  if (section === 'id') return nodeIdOf(entry);
  if (section === 'name') return nameOf(entry);
  return valueOf(decodeEntryData(group, ownSid, unmasked), place);
}

function valueOf(data: NodeData, { section, index }: ValuePlace): Json | undefined {
  if (section === 'id' || section === 'name') return undefined;
  if (section === 'logs') return data.logs[index]?.message;
  if (section === 'message') return undefined;
  const values = data[section];
  // What a model wrote stands behind the output.
  if (section === 'output' && index === values.length && data.llmOutput !== '')
    return data.llmOutput;
  return values[index]?.value;
}

function ofExecution(read: ReadRecord, { section, index }: ValuePlace): Json | undefined {
  const { root } = read.parsed;
  const data = () => decodeExecutionFields(read, unmasked);
  switch (section) {
    case 'input':
      return data().question.value;
    case 'output':
      return data().answer.value;
    case 'other':
      return data().fields[index]?.value;
    case 'name':
      return read.shape.subject(root);
    case 'id':
      return textIn(root, 'sid');
    case 'config':
    case 'logs':
    case 'message':
      return undefined;
    default:
      return assertNever(section);
  }
}
