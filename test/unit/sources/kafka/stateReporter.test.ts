import { describe, expect, it } from 'vitest';
import { createStateTeller } from '../../../../src/sources/kafka/stateReporter.ts';
import type { SourceState } from '../../../../src/record/recordSource.ts';
import { ManualClock } from '../../../support/manualClock.ts';

const live = (lag: number): SourceState => ({ kind: 'live', lag });

function world() {
  const clock = new ManualClock(10_000);
  const told: SourceState[] = [];
  const teller = createStateTeller(clock, (state) => told.push(state));
  return { clock, told, teller };
}

describe('the state teller', () => {
  it('tells each state once', () => {
    const { told, teller } = world();
    for (const state of [live(1), live(1), live(2), { kind: 'paused', lag: 2 } as const, live(2)]) {
      teller.tell(state);
    }
    expect(told).toEqual([live(1), live(2), { kind: 'paused', lag: 2 }, live(2)]);
  });

  it('tells a moving lag at most five times a second', () => {
    const { clock, told, teller } = world();
    for (let lag = 1_000; lag >= 0; lag--) {
      teller.tellSoon(() => live(lag));
      clock.advance(1);
    }
    clock.advance(1_000);
    expect(told.length).toBeLessThanOrEqual(7);
    expect(told[0]).toEqual(live(1_000));
  });

  it('asks for the state when it tells it, not before', () => {
    const { clock, told, teller } = world();
    let lag = 5;
    teller.tell(live(9));
    teller.tellSoon(() => live(lag));
    lag = 0;
    clock.advance(200);
    expect(told.at(-1)).toEqual(live(0));
  });

  it('says nothing of a state that is none, and nothing once disposed', () => {
    const { clock, told, teller } = world();
    teller.tellSoon(() => undefined);
    teller.tell(live(1));
    teller.tellSoon(() => live(2));
    teller.dispose();
    teller.tell(live(3));
    clock.advance(1_000);
    expect(told).toEqual([live(1)]);
  });
});
