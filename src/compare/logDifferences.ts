import { logLevel } from '../trace/logLevel.ts';
import type { NodeData } from '../trace/execution.ts';
import { foldedText, type OwnTime } from './shapes.ts';

/** What a step said that something went wrong with, in one of two executions alone. */
export interface LogDifference {
  readonly change: 'added' | 'removed';
  readonly message: string;
}

/** So many lines are looked at; a loop logs thousands alike. */
const mostLines = 500;
/** Of a step nobody reads more. */
const mostDifferences = 20;
const mostMessage = 300;

/**
 * What a node run said that something went wrong with: by the words without times, IDs and numbers, which are others in each
 * run, a message each.
 */
export function complaintsOf(
  data: NodeData | undefined,
  own: OwnTime,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { level, message } of data?.logs.slice(0, mostLines) ?? []) {
    const kind = logLevel(level);
    const text = message.trim().slice(0, mostMessage);
    if (text === '' || (kind !== 'error' && kind !== 'warning')) continue;
    const words = foldedText(text, own)
      .replace(/\d+(?:[.,:]\d+)*/g, '<n>')
      .replace(/\s+/g, ' ');
    if (!found.has(words)) found.set(words, text);
  }
  return found;
}

/**
 * Which of them stand in one of two alone. What good runs say now and then is none, and where each of them says something
 * else nothing is.
 */
export function logDifferences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  good: readonly ReadonlyMap<string, string>[],
): readonly LogDifference[] {
  const said = new Set(good.map((one) => JSON.stringify([...one.keys()].sort())));
  const isOther = good.length > 1 && said.size === good.length && good.every((one) => one.size > 0);
  if (isOther) return [];
  const found: LogDifference[] = [];
  for (const [words, message] of after) {
    if (before.has(words) || good.some((one) => one.has(words))) continue;
    found.push({ change: 'added', message });
  }
  for (const [words, message] of before) {
    if (after.has(words) || good.some((one) => !one.has(words))) continue;
    found.push({ change: 'removed', message });
  }
  return found.slice(0, mostDifferences);
}
