import type { Json } from '../base/json.ts';
import type { TimeLimit } from './finding.ts';
import type { NamedValue } from '../trace/execution.ts';

/** A limit as it is set: a number or a text, and in what it counts where that is told. */
export interface SetLimit {
  readonly value: string;
  readonly unit?: 's' | 'ms';
}

/** `timeoutParams` and `timeout_enabled` say something of one; `connectTimeout` is that of a part. */
const plainName =
  /^(?:node_?|run_?|step_?|task_?|execution_?)?time_?out(?:_?(?:in_?)?(?:s|secs?|seconds?|ms|millis|milliseconds))?$/i;
/** A number, or an expression of one. */
const limit =
  /^\s*(?:\d+(?:\.\d+)?\s*(?:m?s|sec(?:ond)?s?|min(?:ute)?s?|h(?:ours?)?|秒|分钟?|毫秒)?|\$?\{.+\}+)\s*$/i;
/** The services write it into a group of settings, mostly as an object, now and then as a text of one. */
const deepest = 2;
const longestText = 2_000;
const longestValue = 100;

const counted = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*|秒|分钟?|毫秒)\s*$/i;
const unitsMs: readonly (readonly [unit: RegExp, ms: number])[] = [
  [/^(?:ms|毫秒)$/i, 1],
  [/^(?:s|sec(?:ond)?s?|秒)$/i, 1_000],
  [/^(?:min(?:ute)?s?|分钟?)$/i, 60_000],
  [/^h(?:ours?)?$/i, 3_600_000],
];

/** How much a limit is; null where it is no number of something that counts time. */
export function timeLimit({ value, unit }: SetLimit): TimeLimit | null {
  const [, count, own = ''] = counted.exec(value) ?? [];
  if (count === undefined) return null;
  const told = own === '' ? unit : own;
  if (told === undefined) return { count: Number(count), unit: null };
  const found = unitsMs.find(([name]) => name.test(told));
  return found === undefined ? null : { count: Number(count) * found[1], unit: 'ms' };
}

/** The time limit that a run was given, by its own configuration; null where that tells none. */
export function ownTimeout(config: readonly NamedValue[]): SetLimit | null {
  for (const { name: key, value } of config) {
    const found = limitIn(key, value, deepest);
    if (found !== null) return found;
  }
  return null;
}

function limitIn(key: string, value: Json, depth: number): SetLimit | null {
  if (typeof value === 'number' || typeof value === 'string') {
    if (plainName.test(key)) return limitOf(key, String(value));
  }
  const group = groupOf(value);
  if (group === null || depth === 0) return null;
  for (const [inner, one] of Object.entries(group)) {
    const found = limitIn(inner, one, depth - 1);
    // A limit of the services' own group of settings counts in seconds.
    if (found !== null) return /^retry_?config$/i.test(key) ? { unit: 's', ...found } : found;
  }
  return null;
}

function limitOf(key: string, value: string): SetLimit | null {
  if (value.length > longestValue || !limit.test(value)) return null;
  return /(?:ms|millis|milliseconds)$/i.test(key) ? { value, unit: 'ms' } : { value };
}

function groupOf(value: Json): Readonly<Record<string, Json>> | null {
  if (typeof value === 'string') {
    if (!value.startsWith('{') || value.length > longestText) return null;
    try {
      return groupOf(JSON.parse(value) as Json);
    } catch {
      // It only begins like one.
      return null;
    }
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)
    : null;
}
