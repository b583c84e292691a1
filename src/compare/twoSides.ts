import type { Json } from '../base/json.ts';
import type { ExecutionSummary } from '../trace/execution.ts';
import type { FirstDifference, What } from './firstDifference.ts';
import type { Two } from './rowDifferences.ts';
import type { ToldRow } from './toldRow.ts';

/** What the first difference was before and is now, as a value for programs. */
export function sidesOf(
  first: FirstDifference,
  rowAt: (place: number) => ToldRow | undefined,
  summaries: readonly [ExecutionSummary, ExecutionSummary],
): Two<Json> {
  const { value, what } = first;
  if (value !== null) return { before: value.before ?? null, after: value.after ?? null };
  const sides = { ...ofRows(first, rowAt), ...ofExecution(summaries) };
  const own = ofDifferences(rowAt(first.row));
  const found = own[what] ?? sides[what];
  return { before: found?.before ?? null, after: found?.after ?? null };
}

type Sides = Partial<Record<What, Two<Json> | null>>;

function ofDifferences(row: ToldRow | undefined): Sides {
  if (row === undefined) return {};
  const { status, error, name, nameBefore, count, time } = row;
  const names = { before: nameBefore, after: name };
  return { status, error, name: names, attempts: count, rounds: count, time };
}

function ofRows(
  { row, ran, insteadOf, runs }: FirstDifference,
  rowAt: (place: number) => ToldRow | undefined,
): Sides {
  const nameOf = (place: number) => rowAt(place)?.name ?? null;
  return {
    ...{ runs, way: { before: nameOf(insteadOf), after: nameOf(ran) } },
    added: { before: null, after: nameOf(row) },
    missing: { before: nameOf(row), after: null },
  };
}

function ofExecution([before, after]: readonly [ExecutionSummary, ExecutionSummary]): Sides {
  return {
    time: { before: before.durationMs, after: after.durationMs },
    outcome: { before: before.outcome, after: after.outcome },
    cutOff: { before: before.outcome, after: after.outcome },
  };
}
