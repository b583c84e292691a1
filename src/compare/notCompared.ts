import type { Compared } from './compared.ts';
import { isMasked } from './jsonValues.ts';
import type { SideDifferences, Unknown } from './valueDifferences.ts';

/**
 * What was left out. `masked`: secrets that can't be told apart; `noEntry`: nodes that left no entry; `writtenOtherwise`:
 * settings of which one of the records alone tells; `calls`: what called services were given and gave; `outcome`: one of
 * them does not say how it ended.
 */
export interface NotCompared {
  readonly kind: Unknown | 'noEntry' | 'writtenOtherwise' | 'calls' | 'outcome';
  /** How many values, or nodes. */
  readonly count: number;
}

/** What of two executions could not be compared. */
export function notComparedIn(
  { before: one, after: other, rows, trigger, answer }: Compared,
  isLoose: boolean,
): readonly NotCompared[] {
  const [{ summary: old }, { summary: now }] = [one, other];
  const counts = new Map<NotCompared['kind'], number>();
  const add = (kind: NotCompared['kind'], count = 1) => {
    if (count > 0) counts.set(kind, (counts.get(kind) ?? 0) + count);
  };
  const addSide = ({ unknown }: SideDifferences) => {
    for (const { why } of unknown) add(why);
  };
  [trigger, answer].forEach(addSide);
  for (const { before, after, differences } of rows) {
    if (differences !== null) {
      [differences.input, differences.output, differences.config].forEach(addSide);
      // Two secrets may look the same in it.
      if (differences.error === null && isMasked(after?.run?.error ?? undefined)) add('masked');
    }
    if (before === null || after === null) continue;
    if (before.subExecution !== null) add('calls');
    else if (before.run === null || after.run === null) add('noEntry');
  }
  for (const { leftOut } of [one, other]) add('noEntry', leftOut?.nodes ?? 0);
  if (isLoose) add('writtenOtherwise');
  if ((old.outcome === 'unreported') !== (now.outcome === 'unreported')) add('outcome');
  return [...counts].map(([kind, count]) => ({ kind, count }));
}
