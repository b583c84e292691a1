import type { ComparedRun } from './comparedRun.ts';
import { hasOtherData, type ComparedRow } from './rowDifferences.ts';
import type { SideDifferences } from './valueDifferences.ts';

/** What the first difference is looked for in. */
export interface Compared {
  readonly before: ComparedRun;
  readonly after: ComparedRun;
  readonly rows: readonly ComparedRow[];
  readonly trigger: SideDifferences;
  readonly answer: SideDifferences;
  /** In how many good runs the node of a row that one of the two lacks ran as it did after; null where too few are known. */
  readonly havingRan: (row: ComparedRow) => number | null;
}

/**
 * Of two executions what can be why the later one failed. What good runs had as well and went well with is no cause; nor is
 * other data, which each run has, unless no good run is known to have had the like.
 */
export function possibleCauses(compared: Compared): Compared {
  const isOther = hasOtherData(compared.trigger);
  const rows = compared.rows.map((row): ComparedRow => {
    const { differences } = row;
    if (differences === null) return row;
    const isGivenOther = isOther || hasOtherData(differences.input);
    const input = possibleIn(differences.input, isGivenOther);
    const output = possibleIn(differences.output, isGivenOther);
    const config = possibleIn(differences.config, false);
    return { ...row, differences: { ...differences, input, output, config } };
  });
  return { ...compared, rows, trigger: possibleIn(compared.trigger, isOther) };
}

function possibleIn(side: SideDifferences, isGivenOther: boolean): SideDifferences {
  const { differences, more } = side;
  const kept = differences.filter(({ change, having, isOneMore }) => {
    // Nobody has another key for other data.
    if (isGivenOther && change !== 'secret') return having === 0 && isOneMore !== true;
    return having === undefined || having === 0;
  });
  const left = differences.length - kept.length;
  return left === 0 ? side : { ...side, differences: kept, more: more + left };
}

/**
 * Whether the row failed with nothing before it but the like of what good runs had: `all` is what differs, `possible` what
 * of it can be a cause.
 */
export function isWithoutCause(all: Compared, possible: Compared, place: number): boolean {
  const given = all.rows[place]?.differences?.input;
  const differs = hasOtherData(given) || differsBefore(all, place, () => true);
  return differs && !differsBefore(possible, place, (row) => (all.havingRan(row) ?? 0) === 0);
}

function differsBefore(
  { rows, trigger }: Compared,
  place: number,
  counts: (lacked: ComparedRow) => boolean,
): boolean {
  const above = new Set<number>();
  for (let at = rows[place]?.parent ?? -1; at !== -1; at = rows[at]?.parent ?? -1) above.add(at);
  // What ran there before instead came after the last step of both, as the row did itself.
  const lastOfBoth = rows.findLastIndex((row, at) => at <= place && row.differences !== null);
  const differs = (row: ComparedRow, at: number) => {
    // What a called service did is told by its caller.
    if ((row.after ?? row.before)?.subExecution != null) return false;
    if (row.differences === null) return !(at > lastOfBoth && row.after === null) && counts(row);
    const { input, config, output } = row.differences;
    // What it gave, or what it is in gave, came of the failure.
    const sides = at === place || above.has(at) ? [input, config] : [input, config, output];
    return sides.some(hasAny);
  };
  return hasAny(trigger) || rows.slice(0, place + 1).some(differs);
}

function hasAny({ differences }: SideDifferences): boolean {
  return differences.length > 0;
}
