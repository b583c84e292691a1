import type { Compared } from './compared.ts';
import { hasOtherData, type ComparedRow } from './rowDifferences.ts';
import type { SideDifferences } from './valueDifferences.ts';

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
