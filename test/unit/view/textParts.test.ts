import { describe, expect, test } from 'vitest';
import { notCheckedMark } from '../../../src/trace/notChecked.ts';
import { occurrences } from '../../../src/find/occurrences.ts';
import { textParts } from '../../../src/view/textParts.ts';
import { stepsToShow, textWindow } from '../../../src/view/textWindow.ts';

/** Parts in brackets: `[match]`, `<hidden>`. */
function marked(text: string, needle: string): string {
  return textParts(text, occurrences(text, needle))
    .map(({ text: part, masked, match }) => {
      const hidden = masked ? `<${part}>` : part;
      return match === null ? hidden : `[${hidden}${match}]`;
    })
    .join('');
}

describe('parts of a text', () => {
  test.each([
    ['plain', 'abc', '', 'abc'],
    ['empty', '', 'x', ''],
    ['matches in any case', 'Save and SAVE', 'save', '[Save0] and [SAVE1]'],
    ['matches side by side', 'aaaa', 'aa', '[aa0][aa1]'],
    ['a hidden secret', 'key=••••9f3c, next', '', 'key=<••••9f3c>, next'],
    ['a short secret', '"••••"', '', '"<••••>"'],
    ['a text that was not checked', notCheckedMark, '', `<${notCheckedMark}>`],
    ['one beside a secret', `a ${notCheckedMark}b ••••c`, '', `a <${notCheckedMark}>b <••••c>`],
    ['a match across the edge of a secret', 'key=••••9f3c', '=••••9', 'key[=0][<••••9>0]<f3c>'],
    ['Chinese', '保存按钮', '按钮', '保存[按钮0]'],
    ['letters that grow in lower case', 'İ save', 'SAVE', 'İ [save0]'],
  ])('%s', (_name, text, needle, expected) => {
    expect(marked(text, needle)).toBe(expected);
  });

  test('lose no character', () => {
    const text = 'a••••b1c2 a••••••••';
    expect(
      textParts(text, occurrences(text, 'a'))
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });

  test('searching stops at its bound', () => {
    expect(occurrences('aaaaaa', 'a', 3).map(({ offset }) => offset)).toEqual([0, 1, 2]);
  });
});

describe('the beginning of a long text', () => {
  const lines = (count: number) => Array.from({ length: count }, (_, i) => `line ${i}`).join('\n');

  test('a short text is whole', () => {
    expect(textWindow(lines(15), 0)).toEqual({ text: lines(15), restLines: 0, restChars: 0 });
  });

  test('lines come in steps of 40', () => {
    expect(textWindow(lines(100), 0)).toMatchObject({ text: lines(15), restLines: 85 });
    expect(textWindow(lines(100), 1)).toMatchObject({ text: lines(55), restLines: 45 });
    expect(textWindow(lines(100), 3)).toMatchObject({ restLines: 0, restChars: 0 });
  });

  test('a line without end is cut as well', () => {
    const { text, restLines, restChars } = textWindow('x'.repeat(1_000_000), 0);
    expect([text.length, restLines, restChars]).toEqual([3000, 0, 997_000]);
  });

  test('no character is cut in two', () => {
    const { text } = textWindow('x' + '😀'.repeat(5000), 0);
    expect(text.isWellFormed()).toBe(true);
  });

  test.each([
    ['a late line', lines(500), lines(499).length],
    ['a late character', 'x'.repeat(90_000), 88_888],
    ['the first character', lines(500), 0],
  ])('enough steps show %s', (_name, text, offset) => {
    expect(textWindow(text, stepsToShow(text, offset)).text.length).toBeGreaterThan(offset);
  });
});
