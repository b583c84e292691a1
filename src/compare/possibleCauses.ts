import type { Compared } from './compared.ts';
import type { Section } from './comparedRun.ts';
import { hasOtherData, isChanged, type ComparedRow } from './rowDifferences.ts';
import type { SideDifferences, ValueDifference } from './valueDifferences.ts';

/** What of the values that differ somewhere can be why; `isGivenOther`: what was given there is another in every run. */
type Keep = (
  value: ValueDifference,
  at: { readonly row: number; readonly section: Section; readonly isGivenOther: boolean },
) => boolean;

/**
 * Of two executions what can be why the later one failed. What good runs had as well and went well with is no cause; nor is
 * other data, which each run has, unless no good run is known to have had the like.
 */
export function possibleCauses(compared: Compared): Compared {
  return keeping(compared, ({ change, having, isOneMore }, { isGivenOther }) => {
    // Nobody has another key for other data.
    if (isGivenOther && change !== 'secret') return having === 0 && isOneMore !== true;
    return having === undefined || having === 0;
  });
}

/** Of two executions what can be why the one before failed: good runs had not what it had. */
export function possibleCausesBefore(compared: Compared): Compared {
  return keeping(compared, ({ path, before }, { row, section }) => {
    return !compared.hadBefore(row, section, path, before);
  });
}

function keeping(compared: Compared, keep: Keep): Compared {
  const isOther = hasOtherData(compared.trigger);
  const kept = (
    side: SideDifferences,
    at: { readonly row: number; readonly section: Section; readonly isGivenOther: boolean },
  ) => {
    const differences = side.differences.filter((value) => keep(value, at));
    const left = side.differences.length - differences.length;
    return left === 0 ? side : { ...side, differences, more: side.more + left };
  };
  const rows = compared.rows.map((given, row): ComparedRow => {
    if (given.differences === null) return given;
    const { input, output, config } = given.differences;
    const isGivenOther = isOther || hasOtherData(input);
    const differences = {
      ...given.differences,
      input: kept(input, { row, section: 'input', isGivenOther }),
      output: kept(output, { row, section: 'output', isGivenOther }),
      config: kept(config, { row, section: 'config', isGivenOther: false }),
    };
    return { ...given, mark: isChanged(differences) ? 'changed' : 'same', differences };
  });
  const trigger = kept(compared.trigger, { row: -1, section: 'input', isGivenOther: isOther });
  return { ...compared, rows, trigger };
}
