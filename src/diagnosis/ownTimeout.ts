import type { Json } from '../base/json.ts';
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
