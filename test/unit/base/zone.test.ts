import { expect, test } from 'vitest';

import { dayMs, hourMs, momentOf, startOfDay, zoneOf } from '../../../src/base/zone.ts';

test('a zone nobody knows is UTC', () => {
  expect(zoneOf('Nowhere/Atlantis').offsetMs(Date.UTC(2026, 5, 1))).toBe(0);
});

test('its offset is that of the moment, and stays so however many are asked for', () => {
  const berlin = zoneOf('Europe/Berlin');
  const winter = Date.UTC(2026, 0, 1);
  // More quarters of an hour than are kept: 100 days of them.
  for (let quarter = 0; quarter < 100 * 96; quarter++) {
    const atMs = winter + (quarter * hourMs) / 4;
    // The clocks went forward on 29 March, at one o'clock of UTC.
    const isSummer = atMs >= Date.UTC(2026, 2, 29, 1);
    expect(berlin.offsetMs(atMs)).toBe((isSummer ? 2 : 1) * hourMs);
  }
  expect(berlin.offsetMs(winter)).toBe(hourMs);
});

test('a day of a change begins at its own midnight, and a time that is shown twice is the later one', () => {
  const berlin = zoneOf('Europe/Berlin');
  const autumn = Date.UTC(2026, 9, 24, 22);
  expect(startOfDay(autumn + 20 * hourMs, berlin)).toBe(autumn);
  expect(startOfDay(autumn + 25 * hourMs, berlin)).toBe(autumn + 25 * hourMs);
  expect(momentOf(Date.UTC(2026, 9, 25, 2, 30), berlin)).toBe(Date.UTC(2026, 9, 25, 1, 30));
  expect(startOfDay(autumn - 1, berlin)).toBe(autumn - dayMs);
});
