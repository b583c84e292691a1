import type { Json } from '../base/json.ts';
import type { ExecutionSummary } from '../trace/execution.ts';
import type { FirstDifference, What } from './firstDifference.ts';
import type { ComparedRow, Two } from './rowDifferences.ts';

/** What of a row a first difference is told of. */
export type ToldRow = Pick<ComparedRow, 'before' | 'after' | 'differences'>;

/** What the first difference was before and is now, as a value for programs. */
export function sidesOf(
  first: FirstDifference,
  rowAt: (place: number) => ToldRow | undefined,
  summaries: readonly [ExecutionSummary, ExecutionSummary],
): Two<Json> {
  const { value, what } = first;
  if (value !== null) return { before: value.before ?? null, after: value.after ?? null };
  const sides = { ...ofRows(first, rowAt), ...ofExecution(summaries) };
  const own = ofDifferences(rowAt(first.row)?.differences ?? null);
  const found = own[what] ?? sides[what];
  return { before: found?.before ?? null, after: found?.after ?? null };
}

type Sides = Partial<Record<What, Two<Json> | null>>;

function ofDifferences(differences: ComparedRow['differences']): Sides {
  if (differences === null) return {};
  const { status, error, name, count, time } = differences;
  return { status, error, name, attempts: count, rounds: count, time };
}

function ofRows(
  { row, ran, insteadOf, runs }: FirstDifference,
  rowAt: (place: number) => ToldRow | undefined,
): Sides {
  const nameOf = (place: number) => {
    const found = rowAt(place);
    return (found?.after ?? found?.before)?.name ?? null;
  };
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
