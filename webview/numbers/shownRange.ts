import type { Range } from '../../src/analysis/spans.ts';
import type { Narrowing } from '../../src/analysis/pastNumbers.ts';
import { dayMs, timeZoneHere } from '../../src/base/zone.ts';
import type { NumbersQuery, NumbersTime } from '../../src/protocol/numbers.ts';
import { traitsOf } from '../../src/sources/table.ts';
import type { Choices } from '../choices.ts';
import type { PanelState } from '../state.ts';

/** What goes on is looked at by the day; what was opened, for all that it holds. */
export function rangeOf({ choices, status }: PanelState): Range {
  const { range } = choices.value;
  if (range !== '') return range;
  return traitsOf(status.value?.source.kind ?? 'none')?.isLive === false ? 'all' : 'day';
}

/** Of the reader's own range the first is what is shown. */
export function chooseRange(state: PanelState, range: Range): void {
  const { toMs } = state.choices.value.own;
  const span = state.numbers.value.answer?.span ?? { fromMs: Date.now() - dayMs, toMs: Date.now() };
  state.choose({ range, ...(range === 'own' && toMs === 0 && { own: span }) });
}

/** Of which time the numbers are that are shown. */
export function numbersTimeOf(state: PanelState): NumbersTime {
  const range = rangeOf(state);
  return range === 'own' ? { range, own: state.choices.value.own } : { range };
}

/** What the reader asks for. */
export function numbersQueryOf(state: PanelState): NumbersQuery {
  const timeZone = timeZoneHere();
  const narrowing = narrowingOf(state.choices.value.only);
  return {
    ...{ scope: state.scope.value, ...numbersTimeOf(state), timeZone },
    ...(narrowing !== null && { only: narrowing }),
  };
}

function narrowingOf({ flow, service }: Choices['only']): Narrowing | null {
  if (service !== '') return { kind: 'service', of: service };
  return flow === '' ? null : { kind: 'flow', flow };
}
