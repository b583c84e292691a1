import type { NamedValue, NodeRun } from './execution.ts';
import {
  gapsIn,
  missingIn,
  onlyStart,
  others,
  setFailure,
  sorted,
  type Body,
  type Found,
} from './iterationItems.ts';
import { itemsOfRounds, longestOf, roundCount } from './roundItems.ts';

/** The rounds of a serial iteration that went on share their entries. */
export function addSerial(body: Body, output: readonly NamedValue[], found: Found): void {
  const { iteration, runs, bad, dataOf } = body;
  const start = onlyStart(runs);
  if (start === undefined) return;
  if (body.given !== null && body.given !== start.count) return;
  const total = start.count;
  const begun = dataOf(start)?.input ?? [];
  // The older services keep the last round alone: there nothing can be counted.
  const keepsRounds = longestOf(begun) === total;
  const claimed = new Set<number>();
  if (keepsRounds) for (const run of bad) addNode(run, total, begun, claimed, { body, found });
  const whole = wholeFailure(body, output, total, claimed);
  setFailure(found, iteration.key, total, whole.failed, whole.items);
  for (const run of bad) fillFromWhole(run, body, total, whole, found);
  if (keepsRounds) for (const run of runs) addRounds(run, begun, total, whole, { body, found });
}

/** Failures of one node: entered so often, and so many rounds gave something. */
function addNode(
  run: NodeRun,
  total: number,
  begun: readonly NamedValue[],
  claimed: Set<number>,
  { body, found }: { body: Body; found: Found },
): void {
  const data = body.dataOf(run);
  // Attempts, too, leave entries: then these don't count rounds.
  if (data === undefined || run.count > total || data.mayRetry) return;
  const good = roundCount(data);
  const failed = run.count - good;
  if (failed <= 0) return;
  const goodItems = good === 0 ? [] : itemsOfRounds(data, begun, good);
  const left = others(total, goodItems ?? []).filter((item) => !claimed.has(item));
  const items = goodItems !== null && left.length === failed ? left : null;
  for (const item of items ?? []) claimed.add(item);
  found.failures.set(run.key, { total, failed, items });
}

interface Whole {
  readonly failed: number;
  readonly items: readonly number[] | null;
}

/** Failures of the iteration: where it goes on it gives nothing for an item that failed, and says so in its place. */
function wholeFailure(
  { runs, bad, onItemError, dataOf }: Body,
  output: readonly NamedValue[],
  total: number,
  claimed: ReadonlySet<number>,
): Whole {
  const ends = runs.filter(({ type }) => type === 'iteration-node-end');
  const notEnded = total - ends.reduce((sum, { count }) => sum + count, 0);
  const gaps = gapsIn(output, total) ?? [];
  const retried = bad.some((run) => run.count > total || dataOf(run)?.mayRetry === true);
  // An end that is entered after attempts were given up has an entry, although the item failed.
  const agree = gaps.length === notEnded || (retried && notEnded <= 0);
  if (gaps.length > 0 && onItemError !== 'leaveOut' && agree)
    return { failed: gaps.length, items: gaps };
  const failed = onItemError === 'leaveOut' ? (missingIn(output, total) ?? notEnded) : notEnded;
  return { failed, items: claimed.size === failed ? sorted(claimed) : null };
}

/** With one node that failed, its items are those of the iteration. */
function fillFromWhole(
  run: NodeRun,
  { bad }: Body,
  total: number,
  whole: Whole,
  found: Found,
): void {
  const own = found.failures.get(run.key);
  if (bad.length > 1 || whole.failed <= 0 || whole.items === null) return;
  if (own === undefined || (own.items === null && own.failed === whole.failed))
    found.failures.set(run.key, { total, ...whole });
}

function addRounds(
  run: NodeRun,
  begun: readonly NamedValue[],
  total: number,
  whole: Whole,
  { body, found }: { body: Body; found: Found },
): void {
  const data = body.dataOf(run);
  const count = data === undefined ? 0 : roundCount(data);
  if (data === undefined || count === 0 || count >= total) return;
  const own = found.failures.get(run.key)?.items ?? null;
  const rest = own ?? (run.type === 'iteration-node-end' ? whole.items : null);
  const left = rest === null ? [] : others(total, rest);
  found.rounds.set(
    run.key,
    itemsOfRounds(data, begun, count) ?? (left.length === count ? left : null),
  );
}
