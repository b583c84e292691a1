import { describe, expect, test } from 'vitest';

import { restLabel, stepsToShow, textWindow } from '../../../src/view/textWindow.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';

const lines = (count: number) =>
  Array.from({ length: count }, (_, n) => `line ${String(n)}`).join('\n');

describe('of a long text', () => {
  test.each<[string, string, string]>([
    ['one long line', 'x'.repeat(100_000), 'Characters Left)'],
    ['many lines', lines(5_000), 'More Lines of '],
  ])('a part is shown, and how much is left: %s', (_, text, label) => {
    const window = textWindow(text, 0);
    expect(text.startsWith(window.text)).toBe(true);
    expect(window.text.length + window.restChars).toBe(text.length);
    expect(restLabel(window, 'en', plainEnglish)).toContain(label);
  });

  test('one line more is told as one', () => {
    const rest = { text: '', restLines: 1, restChars: 9 };
    expect(restLabel(rest, 'en', plainEnglish)).toBe('Show 1 More Line');
  });

  test('a place is shown after as many steps as are told', () => {
    for (const text of [lines(5_000), 'x'.repeat(100_000)]) {
      for (const offset of [0, 10, text.length >> 1, text.length - 1]) {
        const steps = stepsToShow(text, offset);
        expect(textWindow(text, steps).text.length).toBeGreaterThan(offset);
      }
    }
  });

  test('what is short is shown whole', () => {
    expect(textWindow('short', 0)).toEqual({ text: 'short', restLines: 0, restChars: 0 });
  });
});
