import { expect, test } from 'vitest';
import { IntakeRates } from '../../../src/intake/intakeRates.ts';
import { ManualClock } from '../../support/manualClock.ts';

function counted() {
  const clock = new ManualClock();
  clock.advance(1_000_000);
  const rates = new IntakeRates(clock);
  /** Takes so many records of a kilobyte, a second later. */
  const take = (records: number) => {
    rates.took(records, records * 1_000, records / 10);
    clock.advance(1_000);
  };
  return { clock, rates, take };
}

test('nothing came', () => {
  expect(counted().rates.figures).toEqual({
    ...{ records: 0, bytes: 0, recordsPerSecond: 0, bytesPerSecond: 0 },
    ...{ recordMs: null, lastMs: null },
  });
});

test('sums since the source was opened, a rate of the last seconds, and what a record takes', () => {
  const { clock, rates, take } = counted();
  for (let second = 0; second < 20; second++) take(100);
  expect(rates.figures).toEqual({
    ...{ records: 2_000, bytes: 2_000_000, recordsPerSecond: 100, bytesPerSecond: 100_000 },
    ...{ recordMs: 0.1, lastMs: clock.now() - 1_000 },
  });
  clock.advance(4_000);
  expect(rates.figures.recordsPerSecond).toBeCloseTo((5 * 100) / 9);
  clock.advance(60_000);
  expect(rates.figures).toMatchObject({ records: 2_000, recordsPerSecond: 0 });
});

test('a source that was just opened has a rate as well, and begins at nothing', () => {
  const { rates, take } = counted();
  take(50);
  expect(rates.figures.recordsPerSecond).toBe(50);
  rates.begin();
  expect(rates.figures).toMatchObject({
    records: 0,
    bytes: 0,
    recordsPerSecond: 0,
    recordMs: null,
  });
});
