import { describe, expect, test } from 'vitest';
import {
  maxElementHeight,
  pageAround,
  placeAt,
  rowsMoved,
  scrolledTo,
  scrollHeight,
  topToShow,
  visibleRange,
  type ScrollPlace,
} from '../../../src/view/windowRange.ts';

const small = { total: 1000, rowHeight: 22, viewport: 220 };
const huge = { total: 1_000_000, rowHeight: 22, viewport: 600 };
/** The last place whose first row is whole. */
const maxTop = huge.total * huge.rowHeight - 27 * huge.rowHeight;
const maxScroll = maxElementHeight - huge.viewport;

describe('the rows that are seen', () => {
  test.each([
    ['at the top', 0, { first: 0, end: 12 }],
    ['between two rows', 33, { first: 0, end: 14 }],
    ['at the end', 22_000 - 220, { first: 988, end: 1000 }],
    ['beyond the end', 99_999, { first: 1000, end: 1000 }],
  ])('%s', (_name, top, range) => {
    expect(visibleRange(top, small, 2)).toEqual(range);
  });
});

describe('a list that fits into an element', () => {
  test('stands where the browser stands', () => {
    expect(scrollHeight(small)).toBe(22_000);
    expect(scrolledTo({ top: 0, shift: 0 }, 777, small)).toEqual({ top: 777, shift: 0 });
    expect(placeAt(777, small)).toEqual({ top: 777, shift: 0 });
  });
});

describe('a list of a million rows', () => {
  const wheel = (place: ScrollPlace, by: number): ScrollPlace => {
    const scrollTop = Math.max(0, Math.min(place.top - place.shift + by, maxScroll));
    return scrolledTo(place, scrollTop, huge);
  };

  test('is no higher than browsers can draw', () => {
    expect(scrollHeight(huge)).toBe(maxElementHeight);
  });

  test('moves by the pixel under the wheel, wherever it stands', () => {
    for (const top of [0, 50_000, 11_000_000, maxTop - 1000]) {
      expect(wheel(placeAt(top, huge), 100).top).toBe(top + 100);
    }
  });

  test('the wheel reaches both ends', () => {
    let place = placeAt(maxTop - 5000, huge);
    for (let turn = 0; turn < 60; turn++) place = wheel(place, 100);
    expect(place.top).toBe(maxTop);
    place = placeAt(5000, huge);
    for (let turn = 0; turn < 60; turn++) place = wheel(place, -100);
    expect(place.top).toBe(0);
  });

  test('goes on when the browser is at its end and the list is not', () => {
    const place: ScrollPlace = { top: 6_000_000, shift: 6_000_000 - 50 };
    const next = wheel(place, -100);
    expect(next.top).toBe(6_000_000 - 50);
    expect(next.top - next.shift).toBeGreaterThan(1_000_000);
  });

  test.each([0, 0.1, 0.5, 0.9, 1])('dragging the thumb to %d of the way leaps', (part) => {
    const from = part < 0.3 ? placeAt(maxTop, huge) : placeAt(0, huge);
    const { top } = scrolledTo(from, part * maxScroll, huge);
    expect(Math.abs(top - part * maxTop)).toBeLessThan(0.02 * maxTop);
  });

  test('every row can be brought into view', () => {
    for (const row of [0, 1, 4545, 4546, 123_456, 999_998, 999_999]) {
      const place = placeAt(topToShow(row, 0, huge, true), huge);
      const { first, end } = visibleRange(place.top, huge, 0);
      expect([row, first <= row && row < end]).toEqual([row, true]);
      const scrollTop = place.top - place.shift;
      expect(scrollTop).toBeGreaterThanOrEqual(0);
      expect(scrollTop).toBeLessThanOrEqual(maxScroll);
    }
  });
});

describe('bringing a row into view', () => {
  test.each([
    ['seen already', 5, 22, false, 22],
    ['above', 3, 220, false, 66],
    ['below', 20, 0, false, 242],
    ['about the middle, the first row whole', 100, 0, true, 2112],
    ['near the top', 1, 500, true, 0],
    ['near the end', 999, 0, true, 21_780],
  ])('%s', (_name, row, top, centre, expected) => {
    expect(topToShow(row, top, small, centre)).toBe(expected);
  });
});

describe('the first row that is seen is whole', () => {
  // Ten rows and a half.
  const odd = { total: 100, rowHeight: 22, viewport: 231 };
  test.each([
    ['a row below is brought into view', topToShow(40, 0, odd, false), 31 * 22],
    ['the last one is', topToShow(99, 0, odd, false), 90 * 22],
    ['the last one is, in the middle', topToShow(99, 0, odd, true), 90 * 22],
    ['all is scrolled', placeAt(1e9, odd).top, 90 * 22],
    ['the browser is at its end', scrollHeight(odd) - odd.viewport, 90 * 22],
  ])('%s', (_name, top, expected) => {
    expect(top).toBe(expected);
  });

  test.each([
    ['fits', 10, 10 * 22],
    ['is one row too long', 11, 22 + 231],
  ])('a list that %s is no higher than that takes', (_name, total, height) => {
    expect(scrollHeight({ ...odd, total })).toBe(height);
  });
});

test.each([
  ['in the middle', { first: 500, end: 510 }, { first: 405, end: 605 }],
  ['at the top', { first: 0, end: 10 }, { first: 0, end: 200 }],
  ['at the end', { first: 990, end: 1000 }, { first: 800, end: 1000 }],
  ['more than a page', { first: 100, end: 400 }, { first: 100, end: 400 }],
])('a page %s', (_name, seen, page) => {
  expect(pageAround(seen, 1000, 200)).toEqual(page);
});

describe('rows that moved', () => {
  const seen = { first: 2, end: 4 };
  test.each([
    ['rows came above', 0, 'a b c d e', 0, 'x y a b c d e', 2],
    ['rows came below', 0, 'a b c d e', 0, 'a b c d e f', 0],
    ['rows left above', 0, 'a b c d e', 0, 'c d e', -2],
    ['the first seen row left', 0, 'a b c d e', 0, 'a b d e', -1],
    ['another page of the same', 0, 'a b c d e', 2, 'c d e f', 0],
    ['nothing is left of what was seen', 0, 'a b c d e', 0, 'x y z', null],
    ['what was seen is on no page', 7, 'a b c', 0, 'a b c', null],
  ])('%s', (_name, startBefore, before, startAfter, after, moved) => {
    expect(
      rowsMoved(
        { start: startBefore, keys: before.split(' ') },
        { start: startAfter, keys: after.split(' ') },
        seen,
      ),
    ).toBe(moved);
  });
});
