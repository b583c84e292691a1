import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../base/json.ts';
import { parseJsonExactly } from '../base/jsonText.ts';
import type { FlowCall } from '../trace/subWorkflows.ts';
import { wholeEntry } from './bytes/recordView.ts';
import { isList, isObject, objectIn, textIn } from './fields.ts';
import type { ReadRecord } from './summary.ts';

/** Deeper parameters are not compared: nobody passes such to a workflow. */
const deepest = 100;

/** The calls of other workflows that the `flow` nodes of a record made. */
export function flowCalls({ columns, ids }: ReadRecord): FlowCall[] {
  return columns.placesOfType('flow').flatMap((place) => {
    const entry = columns.lastEntryAt(place);
    const config = objectIn(objectIn(wholeEntry(entry), 'data') ?? {}, 'config') ?? {};
    const body = objectIn(config, 'req_body') ?? {};
    const flowId = textIn(body, 'flow_id') || textIn(config, 'flow_id') || textIn(config, 'flowId');
    if (flowId === '') return [];
    const parameters = digestOf(body['parameters']);
    return [{ runKey: columns.keyAt(place), flowId: ids.id(flowId), parameters }];
  });
}

/** Stands for the start parameters of a workflow's record, as it does for those of a call. */
export function questionDigest(root: JsonObject): string | null {
  return digestOf(root['question']);
}

/**
 * The same for equal objects, however written; null for what is no object. A hash, because parameters may hold
 * secrets and what leaves `decode/` may not.
 */
function digestOf(value: Json | undefined): string | null {
  const parsed = typeof value === 'string' ? parsedObject(value) : value;
  if (!isObject(parsed)) return null;
  const text = canonical(parsed, 0);
  return text === undefined ? null : createHash('sha256').update(text).digest('base64url');
}

function parsedObject(text: string): Json | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  const parsed = parseJsonExactly(text);
  return parsed.ok ? parsed.value : undefined;
}

/** JSON with sorted names; undefined where it is nested too deeply. */
function canonical(value: Json, depth: number): string | undefined {
  if (depth > deepest) return undefined;
  if (isList(value)) {
    const items = value.map((item) => canonical(item, depth + 1));
    return items.includes(undefined) ? undefined : `[${items.join(',')}]`;
  }
  if (!isObject(value)) return JSON.stringify(value);
  const fields = Object.keys(value)
    .sort()
    .map((name) => {
      const text = canonical(value[name] ?? null, depth + 1);
      return text === undefined ? undefined : `${JSON.stringify(name)}:${text}`;
    });
  return fields.includes(undefined) ? undefined : `{${fields.join(',')}}`;
}
