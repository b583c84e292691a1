import {
  type CodeErrors,
  type ErrorRates,
  errorRatesOf,
  type NodeErrors,
  trendOfParts,
} from '../analysis/errorRates.ts';
import type { PastExecution } from '../analysis/pastExecution.ts';
import { wilsonInterval } from '../analysis/statistics.ts';
import { ended } from './numbersOfTotals.ts';
import type { CameCell, FlowTotals, PastTotals } from './pastTotals.ts';
import { type Failures, failureOf, type Rollup } from './rollup.ts';

/** Which nodes fail, of what and how often. Whether one is flaky the latest executions tell. */
export function errorsOfTotals(totals: PastTotals, latest: readonly PastExecution[]): ErrorRates {
  const flaky = new Set(
    errorRatesOf(latest)
      .nodes.filter(({ isFlaky }) => isFlaky)
      .map(keyOf),
  );
  const nodes = [...totals.flows].flatMap(([flow, ofFlow]) => [
    ...rowsOf(flow, null, ofFlow.total, cameOfFlow(ofFlow)),
    ...[...ofFlow.nodes].flatMap(([nodeId, { total, came }]) => rowsOf(flow, nodeId, total, came)),
  ]);
  const saved = sum(totals, ({ flow }) => flow?.saved ?? 0);
  const inDanger = saved + sum(totals, ({ outcomes }) => ended(outcomes, 'failed'));
  return {
    nodes: nodes
      .map((row) => named({ ...row, isFlaky: flaky.has(keyOf(row)) }, totals))
      .sort((a, b) => b.failures - a.failures),
    codes: codesOf(totals),
    savedByRetry: saved,
    savedShare: inDanger === 0 ? null : saved / inDanger,
  };
}

function named(row: NodeErrors, totals: PastTotals): NodeErrors {
  return row.nodeId === null ? row : { ...row, name: totals.nodeOf(row.flow, row.nodeId).name };
}

function keyOf({ flow, nodeId, cause, category }: NodeErrors): string {
  return [flow, nodeId, cause ?? category].join('\n');
}

function sum({ flows }: PastTotals, valueOf: (rollup: Rollup) => number): number {
  return [...flows.values()].reduce((all, { total }) => all + valueOf(total), 0);
}

function codesOf({ flows }: PastTotals): CodeErrors[] {
  const rows = [...flows].flatMap(([flow, { total }]) =>
    [...(total.flow?.codes ?? [])].map(([code, failures]) => ({ flow, code, failures })),
  );
  return rows.sort((a, b) => b.failures - a.failures);
}

/** All that ended came to what no record names. */
function cameOfFlow({ cells }: FlowTotals): CameCell[] {
  return cells.map(({ atMs, rollup: { outcomes, failures } }) => ({
    atMs,
    came: ['succeeded', 'failed', 'cancelled'].reduce(
      (all, word) => all + ended(outcomes, word),
      0,
    ),
    failures: new Map([...failures].map(([key, { count }]) => [key, count])),
  }));
}

function rowsOf(
  flow: string,
  nodeId: string | null,
  { failures }: Rollup,
  cells: readonly CameCell[],
): NodeErrors[] {
  if (failures.size === 0) return [];
  const inOrder = [...cells].sort((a, b) => a.atMs - b.atMs);
  const runs = inOrder.reduce((all, { came }) => all + came, 0);
  return joined(failures).map(([keys, { count, firstMs, lastMs }]) => {
    const { cause, category } = failureOf(keys[0] ?? '');
    const parts = inOrder.map((cell) => ({
      runs: cell.came,
      failures: keys.reduce((all, key) => all + (cell.failures.get(key) ?? 0), 0),
    }));
    return {
      ...{ flow, nodeId, name: '', cause, category, failures: count, runs },
      ...wilsonInterval(count, runs),
      ...{ firstMs, lastMs, trend: trendOfParts(parts), isFlaky: false },
    };
  });
}

/** Those of one cause are one, whatever category it was in. */
function joined(
  failures: ReadonlyMap<string, Failures>,
): readonly (readonly [readonly string[], Omit<Failures, 'ran'>])[] {
  const byCause = new Map<string, { keys: string[]; all: Omit<Failures, 'ran'> }>();
  for (const [key, { count, firstMs, lastMs }] of failures) {
    const { cause, category } = failureOf(key);
    const known = byCause.get(cause ?? category);
    if (known === undefined) {
      byCause.set(cause ?? category, { keys: [key], all: { count, firstMs, lastMs } });
      continue;
    }
    known.keys.push(key);
    known.all = {
      count: known.all.count + count,
      firstMs: Math.min(known.all.firstMs, firstMs),
      lastMs: Math.max(known.all.lastMs, lastMs),
    };
  }
  return [...byCause.values()].map(({ keys, all }) => [keys, all] as const);
}
