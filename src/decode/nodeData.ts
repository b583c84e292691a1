import { DistinctNames } from '../base/distinctNames.ts';
import type { Json, JsonObject } from '../base/json.ts';
import type { NamedValue, NodeData } from '../trace/execution.ts';
import { asBuffer } from './bytes/asBuffer.ts';
import { beginningOfEntry, dataBytesOfEntry, wholeEntry } from './bytes/recordView.ts';
import { jsonOf } from './deepJson.ts';
import { lastEntry, type EntryGroup } from './entries.ts';
import { errorSettings } from './errorSettings.ts';
import { isList, isObject, listIn, objectIn, textIn } from './fields.ts';
import { readLogs } from './logs.ts';
import type { Redactor } from '../masking/redact.ts';
import { readUsage } from './usage.ts';
import { enterSection, readFields, readValue } from './values.ts';

/** Fields of an entry that are shown in a place of their own. */
const entryFields = new Set([
  ...['id', 'sid', 'node_id', 'node_type', 'node_name', 'func_id', 'func_type', 'func_name'],
  ...['next_log_ids', 'start_time', 'end_time', 'duration', 'first_frame_duration'],
  ...['node_first_cost_time', 'llm_output', 'running_status', 'data', 'logs'],
  ...['parent_log_id', 'source'],
]);
const dataFields = new Set(['input', 'output', 'input_vars', 'output_vars', 'config', 'usage']);

type Side = 'input' | 'output';

/** Decodes what a node got, gave and said, masked. */
export function decodeData(run: EntryGroup, ownSid: string, redactor: Redactor): NodeData {
  const entries = withoutRepeated(run.entries);
  // Of several rounds all is compared.
  const isBegun = redactor.room !== undefined && entries.length === 1;
  const group = { ...run, entries: entries.map(isBegun ? beginningOfEntry : wholeEntry) };
  const entry = lastEntry(group);
  const data = objectIn(entry, 'data') ?? {};
  const llmOutput = textIn(entry, 'llm_output');
  enterSection(redactor, 'config');
  const config = readObject(data['config'], 'config', redactor);
  return {
    input: readSide(group, 'input', redactor),
    output: readSide(group, 'output', redactor),
    config,
    ...errorSettings(config),
    ...readLogs(entry, redactor),
    llmOutput: redactor.text(llmOutput),
    usage: readUsage(objectIn(data, 'usage')),
    other: readOther(entry, data, ownSid, redactor),
  };
}

/** The newest alone where all of them hold the same data, as is seen in its bytes: then none is parsed to see that. */
function withoutRepeated(entries: EntryGroup['entries']): EntryGroup['entries'] {
  const newest = entries.at(-1);
  if (newest === undefined || entries.length === 1) return entries;
  const known = dataBytesOfEntry(newest);
  const isSame = (entry: JsonObject) =>
    dataBytesOfEntry(entry)?.every((part, at) => isEqual(part, known?.[at])) === true;
  return known !== undefined && entries.every(isSame) ? [newest] : entries;
}

function isEqual(part: Uint8Array, other: Uint8Array | undefined): boolean {
  return other !== undefined && asBuffer(part).equals(other);
}

/**
 * Input or output. Usually all entries of a run are the same, holding the last round (or, as lists, every
 * round); where they differ each entry is a round.
 */
function readSide(group: EntryGroup, side: Side, redactor: Redactor): NamedValue[] {
  enterSection(redactor, side);
  const rounds = distinctSides(group, side);
  const last = rounds.at(-1);
  if (last === undefined) return [];
  if (rounds.length > 1) {
    return rounds.flatMap((data, round) => {
      return readVariables(data, side, redactor).map((value) => ({ ...value, round }));
    });
  }
  return readVariables(last, side, redactor);
}

function distinctSides(group: EntryGroup, side: Side): JsonObject[] {
  const all = group.entries.map((entry) => objectIn(entry, 'data') ?? {});
  const [first] = all;
  if (first === undefined || all.length === 1) return all;
  const textOf = (value: Json | undefined) => (value === undefined ? '' : jsonOf(value));
  const text = (data: JsonObject) => textOf(data[side]) + textOf(data[`${side}_vars`]);
  const newest = all.at(-1) ?? first;
  return all.every((data) => text(data) === text(newest)) ? [newest] : all;
}

function readVariables(data: JsonObject, side: Side, redactor: Redactor): NamedValue[] {
  const variables = listIn(data, `${side}_vars`);
  const names = new DistinctNames();
  return [
    ...readList(variables, redactor, names),
    ...readObject(data[side], side, redactor, names),
  ];
}

/** A list of variables, each an object or JSON text. A name that comes again is the next round. */
function readList(
  variables: readonly Json[],
  redactor: Redactor,
  names: DistinctNames,
): NamedValue[] {
  const pairs = variables.map(readVariable);
  const counts = new Map<string, number>();
  for (const { name } of pairs) counts.set(name, (counts.get(name) ?? 0) + 1);
  const seen = new Map<string, number>();
  return pairs.map(({ name, value }) => {
    const repeats = (counts.get(name) ?? 0) > 1;
    const round = seen.get(name) ?? 0;
    seen.set(name, round + 1);
    return readValue(name, value, repeats ? round : null, redactor, names);
  });
}

function readVariable(variable: Json): { name: string; value: Json } {
  const pair = isObject(variable) ? variable : parsePair(variable);
  if (pair === undefined || !('name' in pair)) return { name: '', value: variable };
  return { name: textIn(pair, 'name'), value: pair['value'] ?? null };
}

function parsePair(variable: Json): JsonObject | undefined {
  return objectIn({ variable }, 'variable');
}

/** The fields of an object; anything else under the name of the whole. */
function readObject(
  value: Json | undefined,
  whole: string,
  redactor: Redactor,
  names = new DistinctNames(),
): NamedValue[] {
  if (value === undefined || value === null || value === '') return [];
  if (isObject(value)) return readFields(Object.entries(value), redactor, names);
  if (isList(value) && value.length === 0) return [];
  return [readValue(whole, value, null, redactor, names)];
}

function readOther(
  entry: JsonObject,
  data: JsonObject,
  ownSid: string,
  redactor: Redactor,
): NamedValue[] {
  const fields = Object.entries(entry).filter(([name]) => !entryFields.has(name));
  const inData = Object.entries(data).filter(([name]) => !dataFields.has(name));
  const sid = textIn(entry, 'sid');
  if (sid !== '' && sid !== ownSid) fields.unshift(['sid', sid]);
  for (const part of ['id', 'type', 'name']) {
    // Copies of the node's, unless they are not.
    const copy = entry[`func_${part}`];
    if (copy !== undefined && copy !== entry[`node_${part}`]) fields.push([`func_${part}`, copy]);
  }
  if (entry['data'] !== undefined && !isObject(entry['data'])) fields.push(['data', entry['data']]);
  enterSection(redactor, 'other');
  return readFields([...fields, ...inData], redactor);
}
