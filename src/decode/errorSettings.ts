import type { NamedValue, NodeData, OnItemError } from '../trace/execution.ts';

const strategies: ReadonlyMap<unknown, OnItemError> = new Map([
  ['fail_fast', 'stop'],
  ['continue', 'giveNothing'],
  ['ignore_error_output', 'leaveOut'],
]);

/** What the settings of a node say about its errors. */
export function errorSettings(
  config: readonly NamedValue[],
): Pick<NodeData, 'onItemError' | 'mayRetry'> {
  const strategy = config.find(({ name }) => name === 'errorStrategy')?.value;
  return { onItemError: strategies.get(strategy) ?? null, mayRetry: mayRetry(config) };
}

function mayRetry(config: readonly NamedValue[]): boolean {
  const settings = config.find(({ name }) => /^retry_?config$/i.test(name))?.value;
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) return false;
  const found = Object.entries(settings).find(([name]) => /^should_?retry$/i.test(name))?.[1];
  return found === true || (typeof found === 'string' && /^(?:true|1)$/i.test(found));
}
