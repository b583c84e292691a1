import { describe, expect, it } from 'vitest';

import { shownSigns } from '../../../src/base/shownSigns.ts';

describe('signs that nobody sees', () => {
  it.each([
    ['abc\n\tdef\r\n', 'abc\n\tdef\r\n'],
    ['invoice\u202etxt.exe', 'invoice‹U+202E›txt.exe'],
    ['a\u200bb', 'a‹U+200B›b'],
    ['a\u0000b', 'a‹U+0000›b'],
    ['\ud800x', '‹U+D800›x'],
    ['a\u001b[31mred\u001b[0m', 'ared'],
    ['👨‍👩‍👧‍👦 🏳️‍🌈', '👨‍👩‍👧‍👦 🏳️‍🌈'],
    ['שלום', 'שלום'],
    ['开始', '开始'],
  ])('%j is shown as %j', (text, shown) => {
    expect(shownSigns(text)).toBe(shown);
  });
});
