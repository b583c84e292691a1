import { expect, test } from 'vitest';

import {
  joinedBands,
  nearestBegin,
  wholeLineBegins,
  wholeLinesIn,
} from '../../../src/view/wholeLines.ts';

const lines = (...tops: number[]) => tops.map((top) => ({ top, bottom: top + 18 }));

test.each([
  ['in order', lines(20, 0), lines(0, 20)],
  ['two beside each other', lines(0, 9, 40), [{ top: 0, bottom: 27 }, ...lines(40)]],
  ['letters that reach a pixel into the next line', lines(0, 17), lines(0, 17)],
])('lines are those between which nothing is cut: %s', (_, given, joined) => {
  expect(joinedBands(given)).toEqual(joined);
});

test.each([
  ['the last line that has room', 90, lines(0, 20, 40, 60, 80, 100), 79],
  ['the air between two', 99, lines(0, 20, 40, 60, 80, 100), 99],
  [
    'all of the room where a line is higher',
    100,
    [
      { top: 0, bottom: 20 },
      { top: 30, bottom: 300 },
    ],
    100,
  ],
])('a height ends with %s', (_, room, bands, height) => {
  expect(wholeLinesIn(room, bands)).toBe(height);
});

test.each([
  [0, 0],
  [33, 24],
  [35, 44],
  [900, 64],
])('what is scrolled to %i begins with a whole line at %i', (top, whole) => {
  expect(nearestBegin(top, wholeLineBegins(lines(5, 25, 45, 65)))).toBe(whole);
});
