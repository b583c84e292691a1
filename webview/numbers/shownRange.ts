import type { Range } from '../../src/analysis/spans.ts';
import { traitsOf } from '../../src/sources/table.ts';
import type { PanelState } from '../state.ts';

/** What goes on is looked at by the day; what was opened, for all that it holds. */
export function rangeOf({ choices, status }: PanelState): Range {
  const { range } = choices.value;
  if (range !== '') return range;
  return traitsOf(status.value?.source.kind ?? 'none')?.isLive === false ? 'all' : 'day';
}
