import { describe, expect, test } from 'vitest';

import {
  type GivenText,
  isAway,
  moreOfText,
  restLabel,
  textAround,
  type TextSide,
  textWindow,
} from '../../../src/view/textWindow.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';

const lines = (count: number) =>
  Array.from({ length: count }, (_, n) => `line ${String(n)}`).join('\n');
const texts: readonly [name: string, text: string][] = [
  ['one long line', 'x'.repeat(100_000)],
  ['many lines', lines(5_000)],
  ['signs of two halves', '😀'.repeat(50_000)],
  ['a line that is empty', `\n\n${lines(400)}\n\n`],
];

/** A part of a text, as the engine gives it. */
function partOf(text: string, from: number, to: number): GivenText {
  const count = (part: string) => part.split('\n').length - 1;
  const beside = { before: count(text.slice(0, from)), behind: count(text.slice(to)) };
  return { text: text.slice(from, to), part: { size: text.length, from, lines: beside } };
}

describe('of a long text', () => {
  test.each([
    ['one long line', 'Characters Left)'],
    ['many lines', 'More Lines of '],
  ])('a part is shown, and how much is left: %s', (name, label) => {
    const text = new Map(texts).get(name) ?? '';
    const shown = textWindow({ text });
    expect(text.startsWith(shown.text)).toBe(true);
    expect(shown.text.length + shown.behind.chars).toBe(text.length);
    expect(restLabel(shown.behind, 'behind', 'en', plainEnglish)).toContain(label);
  });

  test.each<[TextSide, number, number, string]>([
    ['behind', 1, 9, 'Show 1 More Line'],
    ['behind', 90, 900, 'Show 40 More Lines of 90'],
    ['behind', 0, 900, 'Show More (900 Characters Left)'],
    ['before', 1, 9, 'Show 1 Earlier Line'],
    ['before', 9, 90, 'Show 9 Earlier Lines of 9'],
    ['before', 0, 900, 'Show More (900 Characters Before)'],
  ])('what is %s it: %i lines, %i characters', (side, count, chars, label) => {
    expect(restLabel({ lines: count, chars }, side, 'en', plainEnglish)).toBe(label);
  });

  test.each(texts)('a place is shown with what is around it, and little of %s', (_, text) => {
    for (const offset of [0, 10, text.length >> 1, text.length - 1]) {
      const shown = textWindow({ text }, textAround({ text }, undefined, { offset, length: 1 }));
      expect(shown.from).toBeLessThanOrEqual(offset);
      expect(shown.to).toBeGreaterThan(offset);
      expect(shown.text).toBe(text.slice(shown.from, shown.to));
      expect(shown.text.length).toBeLessThan(6_000);
    }
  });

  test('a place that is shown already moves nothing', () => {
    const given = { text: lines(500) };
    const shown = textWindow(given);
    expect(textAround(given, undefined, { offset: 20, length: 3 })).toEqual(shown);
  });

  test.each(texts)('from its middle %s is shown step by step up to both ends', (_, text) => {
    const given = { text };
    let shown = textWindow(
      given,
      textAround(given, undefined, { offset: text.length >> 1, length: 1 }),
    );
    for (const side of ['before', 'behind'] as const) {
      while (shown[side].chars > 0) {
        const before = shown;
        shown = textWindow(given, moreOfText(given, shown, side));
        expect(shown.text.length).toBeGreaterThan(before.text.length);
        expect(shown.text.length - before.text.length).toBeLessThanOrEqual(20_100);
        expect(shown.text.isWellFormed()).toBe(true);
        expect(isAway(given, before, side)).toBe(false);
      }
    }
    expect(shown.text).toBe(text);
  });

  test('what is short is shown whole', () => {
    expect(textWindow({ text: 'short' })).toMatchObject({ text: 'short', behind: { chars: 0 } });
  });
});

describe('of a text of which a part is given', () => {
  const text = lines(5_000);
  const [from, to] = [text.indexOf('line 2000'), text.indexOf('line 3000') - 1];
  const given = partOf(text, from, to);

  test('what is shown, and what is left, is counted in the whole', () => {
    const shown = textWindow(given);
    expect(shown.text.split('\n')[0]).toBe('line 2000');
    expect(shown.before).toEqual({ lines: 2_000, chars: from });
    expect(shown.behind.lines).toBe(5_000 - 2_000 - 15);
    expect(shown.from + shown.text.length + shown.behind.chars).toBe(text.length);
  });

  test('what is chosen beyond it is shown as far as it is given', () => {
    const shown = textWindow(given, { from: from - 500, to: from + 500 });
    expect([shown.from, shown.to]).toEqual([from, from + 500]);
    expect(textWindow(given, { from: 0, to: 10 })).toEqual(textWindow(given));
  });

  test.each<TextSide>(['before', 'behind'])(
    'more is asked for where what is %s is not given',
    (side) => {
      const all = textWindow(given, { from, to });
      expect(isAway(given, all, side)).toBe(true);
      const choice = moreOfText(given, all, side);
      const next =
        side === 'before' ? partOf(text, 0, to - 900) : partOf(text, from + 900, text.length);
      const shown = textWindow(next, choice);
      expect(side === 'before' ? shown.from : -shown.to).toBeLessThan(
        side === 'before' ? from : -to,
      );
      expect(shown.text).toBe(text.slice(shown.from, shown.to));
    },
  );
});
