import type { Comparison } from '../compare/compareRuns.ts';
import type { ToldRow } from '../compare/toldRow.ts';
import type { ExecutionSummary } from '../trace/execution.ts';
import { cut } from './comparedValues.ts';
import { rowName } from './titles.ts';
import type { Translate } from './translate.ts';

/** A comparison with the two that were compared. */
export interface ToldComparison extends Pick<
  Comparison,
  | 'first'
  | 'groups'
  | 'notCompared'
  | 'folded'
  | 'goodRuns'
  | 'isSame'
  | 'isOtherFlow'
  | 'hasNoSteps'
> {
  /** The row of a place. */
  readonly rowAt: (place: number) => ToldRow | undefined;
  readonly before: Pick<ExecutionSummary, 'beginMs' | 'durationMs' | 'code' | 'outcome'>;
  readonly after: Pick<ExecutionSummary, 'beginMs' | 'durationMs' | 'code' | 'outcome' | 'message'>;
}

/** Of a name within a sentence. */
export const longestName = 80;

/** The name of a row as it is now, with the item that it ran for. */
export function nameAt(
  place: number,
  { rowAt }: Pick<ToldComparison, 'rowAt'>,
  t: Translate,
): string {
  const row = rowAt(place);
  const isKnown = row !== undefined && (row.name !== '' || row.nodeId !== '');
  if (!isKnown) return t('a step that left no entry');
  const name = cut(rowName(row, t), longestName);
  return row.item === undefined ? name : t('{0}, item {1}', name, row.item + 1);
}
