import { describe, expect, test } from 'vitest';
import { notCheckedMark } from '../../../src/trace/notChecked.ts';
import { occurrences } from '../../../src/find/occurrences.ts';
import { textParts } from '../../../src/view/textParts.ts';
import { moreOfText, textWindow } from '../../../src/view/textWindow.ts';

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
    const text = lines(15);
    expect(textWindow({ text })).toEqual({
      ...{ text, from: 0, to: text.length },
      ...{ before: { lines: 0, chars: 0 }, behind: { lines: 0, chars: 0 } },
    });
  });

  test('lines come in steps of 40', () => {
    const given = { text: lines(100) };
    let shown = textWindow(given);
    expect(shown).toMatchObject({ text: lines(15), behind: { lines: 85 } });
    shown = textWindow(given, moreOfText(given, shown, 'behind'));
    expect(shown).toMatchObject({ text: lines(55), behind: { lines: 45 } });
    shown = textWindow(given, moreOfText(given, shown, 'behind'));
    shown = textWindow(given, moreOfText(given, shown, 'behind'));
    expect(shown).toMatchObject({ text: given.text, behind: { lines: 0, chars: 0 } });
  });

  test('a line without end is cut as well', () => {
    const { text, behind } = textWindow({ text: 'x'.repeat(1_000_000) });
    expect([text.length, behind]).toEqual([3000, { lines: 0, chars: 997_000 }]);
  });

  test('no character is cut in two', () => {
    const { text } = textWindow({ text: 'x' + '😀'.repeat(5000) });
    expect(text.isWellFormed()).toBe(true);
  });
});
