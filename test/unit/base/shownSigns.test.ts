import { describe, expect, it } from 'vitest';

import { shownSigns, withoutColours } from '../../../src/base/shownSigns.ts';

describe('a text that was written for a terminal', () => {
  it.each([
    ['plain', 'plain'],
    ['\u001b[32mOK\u001b[0m done', 'OK done'],
    ['\u001b[1;38;5;208mWARN\u001b[m', 'WARN'],
    ['\u009b31mred\u009b0m', 'red'],
    ['k\u001b[2J', 'k'],
    ['\u001b]0;title\u0007text', 'text'],
    ['\u001b]8;;https://x.example\u001b\\link\u001b]8;;\u001b\\', 'link'],
    ['\u001b(Bx\u001b', 'x'],
    ['cut off \u001b[3', 'cut off '],
    ['a[0m stays, for nobody knows', 'a[0m stays, for nobody knows'],
  ])('%j is %j without its colours', (text, without) => {
    expect(withoutColours(text)).toBe(without);
  });
});

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
