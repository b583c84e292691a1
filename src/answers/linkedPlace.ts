import type { Json } from '../base/json.ts';
import type { Steps } from '../base/steps.ts';
import { insideText } from '../compare/jsonValues.ts';
import type { OpenedRecord } from '../decode/decodeExecution.ts';
import { childPath, isBranch, type JsonPath, partsOf } from '../find/jsonPath.ts';
import { leafText, placedValues, streamEntry, streamsByLine } from '../find/places.ts';
import { stepOf, valuePath } from '../find/valuePath.ts';
import type { FoundPlace } from '../protocol/find.ts';
import type { LinkedEntry, LinkedValue } from '../protocol/handOn.ts';
import type { NodeData } from '../trace/execution.ts';
import { type Opened, shownRows } from './openedExecution.ts';
import { placeOf } from './placeOf.ts';
import { matchOf } from './valueWay.ts';

type Section = Exclude<LinkedEntry['section'], 'logs'>;

/** What gave it is looked for first; then who was given it. */
const sections: readonly Section[] = ['output', 'input', 'config'];

/**
 * Where a value stands that is named as `Copy Path` gives it: in the run that is meant, else in the last one of the node that has it;
 * there where it is said to stand, else of several of one name the last; null where none has it. Without a value the run itself.
 * Each run is a step: of one that was given megabytes a step takes a while, and there may be thousands.
 */
export function* linkedPlace(
  opened: Opened,
  record: Pick<OpenedRecord, 'nodeData'>,
  { nodeId, run, path, at }: Omit<LinkedValue, 'key'>,
): Steps<FoundPlace | null> {
  const rows = shownRows(opened, []).flatMap(({ node }) => (node.nodeId === nodeId ? [node] : []));
  const meant = rows.filter(({ key }) => key === run);
  if (path === null) return meant[0] === undefined ? null : placeOf(meant[0]);
  for (const row of new Set([...meant, ...rows.toReversed()])) {
    const data = row.run === null ? undefined : record.nodeData(row.run.key);
    const match = data === undefined ? null : yield* matchIn(data, path, at);
    if (match !== null) return { ...placeOf(row), path, match };
    yield;
  }
  return null;
}

function* matchIn(
  data: NodeData,
  path: string,
  meant: LinkedEntry | null,
): Steps<FoundPlace['match']> {
  if (meant?.section === 'logs') return matchInLog(data, path, meant.entry);
  const said = meant === null ? [] : [meant.section];
  for (const section of new Set([...said, ...sections])) {
    const values = placedValues({ id: section, values: valuesOf(data, section) });
    const first = meant?.section === section ? values.slice(meant.entry, meant.entry + 1) : [];
    for (const { id, value } of new Set([...first, ...values.toReversed()])) {
      // Most are called something else: a step may have been given megabytes, thousands of times.
      if (value.name === '' || !isOnWay(value.name, path)) continue;
      const at = placeIn(value.name, value.value, path);
      yield;
      if (at === null) continue;
      const text = isBranch(at.value) ? null : leafText(at.value);
      return matchOf(section, id, at.path, text, text === null, value.name);
    }
  }
  return null;
}

/** What is called `log` there is JSON in a line, or in a text that stands in pieces in several. */
function matchInLog({ logs, streams }: NodeData, path: string, line: number): FoundPlace['match'] {
  const nth = streamsByLine(streams).get(line);
  const text = nth === undefined ? logs[line]?.message : streams[nth]?.text;
  if (text === undefined || placeIn('log', text, path) === null) return null;
  const entry = nth === undefined ? String(line) : streamEntry(nth);
  return matchOf('logs', entry, '', text, false, '');
}

function valuesOf(data: NodeData, section: Section): NodeData['input'] {
  if (section !== 'output' || data.llmOutput === '') return data[section];
  const { llmOutput: value } = data;
  return [...data.output, { name: 'llm_output', value, form: 'text', round: null }];
}

/** Goes down only where what is wanted begins as what is reached. */
function placeIn(
  name: string,
  whole: Json,
  wanted: string,
): { readonly path: JsonPath; readonly value: Json } | null {
  let at: { path: JsonPath; value: Json } | undefined = { path: '', value: whole };
  /** What stands in it has no place of its own that could be marked. */
  let text: { readonly path: JsonPath; readonly value: Json } | undefined = undefined;
  while (at !== undefined) {
    const reached = valuePath(name, at.path);
    if (reached === wanted) return text ?? at;
    if (!isBranch(at.value)) text ??= at;
    // JSON in a text is gone into.
    const inside: Json | undefined = isBranch(at.value) ? at.value : insideText(at.value);
    const prefix: JsonPath = isBranch(at.value) ? at.path : `${at.path}#`;
    const parts: { key: string; value: Json }[] =
      inside !== undefined && isBranch(inside) ? partsOf(inside) : [];
    // A value may have a hundred thousand parts: of one the whole way is put together.
    const next = parts.find(({ key }) => isOnWay(reached + stepOf(key), wanted));
    at = next && { path: childPath(prefix, next.key), value: next.value };
  }
  return null;
}

function isOnWay(reached: string, wanted: string): boolean {
  return wanted.startsWith(reached) && /^(?:$|[.[])/.test(wanted.slice(reached.length));
}
