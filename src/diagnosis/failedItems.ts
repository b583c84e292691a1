import type { RunKey } from '../trace/execution.ts';
import type { Facts } from './facts.ts';
import type { FailedItems } from './finding.ts';

/** The items that failed in these runs of one node: rounds of a parallel iteration are runs of their own. */
export function failedItemsOf(
  { context: { itemFailures } }: Facts,
  runKeys: readonly RunKey[],
): FailedItems | undefined {
  const all = runKeys.flatMap((runKey) => {
    const failure = itemFailures?.failures.get(runKey);
    return failure === undefined ? [] : [{ runKey, failure }];
  });
  const [first] = all;
  if (first === undefined) return undefined;
  const items = all.flatMap(({ runKey, failure }) =>
    (failure.items ?? []).map((item) => ({ item, runKey })),
  );
  const failed = all.reduce((sum, { failure }) => sum + failure.failed, 0);
  return {
    total: first.failure.total,
    failed,
    items: items.length === failed ? items.sort((a, b) => a.item - b.item) : null,
  };
}
