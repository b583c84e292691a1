import { describe, expect, test } from 'vitest';
import { insertedText, logText, markdownText, plainText } from '../../../src/base/plainText.ts';
import { faultsOfShown, hostileNames } from '../../support/hostileNames.ts';

describe('ordinary texts stay as they are', () => {
  test.each([
    'invoice-entry',
    '提取[发票]',
    '提取　发票（2）',
    'Click “save” <OK>',
    'price $5 (net)',
    'a_b*c*d `e` #f',
    'C:\\robots\\invoice [1].yaml',
    '👩‍💻 робот №1',
    'نمی‌خواهم',
    '辻\u{e0100}さん ❤️',
    'Đặng Thị Hồng',
  ])('%s', (text) => {
    expect(plainText(text)).toBe(text);
  });

  test('and look the same where a sign is put between that nobody sees', () => {
    expect(plainText('提取[发票](2)').replaceAll('\u2060', '')).toBe('提取[发票](2)');
  });
});

describe.each(hostileNames)('$what', ({ name }) => {
  test.each([
    ['alone', plainText(name)],
    ['in a sentence', plainText(`“${insertedText('a')}” (${insertedText(name)}) [x]`)],
    ['shown twice', plainText(plainText(name))],
  ])('%s', (_, shown) => {
    expect(faultsOfShown(shown)).toEqual([]);
  });

  test('stays readable', () => {
    expect(plainText(name)).not.toBe('');
  });

  test('is text in Markdown', () => {
    // Entities alone hold signs: nothing is left that a renderer of Markdown knows.
    expect(markdownText(name).replaceAll(/&#\d+;/g, '')).not.toMatch(/[!-/:-@[-`{-~\n\r]/);
  });

  test('is one entry of a log', () => {
    const lines = logText(`Not saved: ${name}`).split('\n');
    expect(lines.slice(1).filter((line) => !line.startsWith('    '))).toEqual([]);
    expect(faultsOfShown(lines.join(' ')).filter((fault) => fault === 'unseen')).toEqual([]);
  });
});

describe('shown as', () => {
  test.each([
    ['a command', '[Fix](command:a.b)', '[Fix]\u2060(command:a.b)'],
    ['an icon', '$(zap) now', '$\u2060(zap) now'],
    ['lines', 'a\r\n\r\n b\tc', 'a b c'],
    ['an override', 'a\u202egpj.exe', 'a‹U+202E›gpj.exe'],
    ['a colour', '\u001b[31mred\u001b[0m', 'red'],
    ['a link of a terminal', '\u001b]8;;https://x.example\u001b\\here\u001b]8;;\u001b\\', 'here'],
    ['a joiner of Latin', 'ad\u200dmin', 'ad‹U+200D›min'],
    ['a lone half', 'a\ud83d!', 'a‹U+D83D›!'],
    ['isolates that don’t match', 'a\u2068b\u2066c\u2069', 'a‹U+2068›b‹U+2066›c‹U+2069›'],
    ['a tag', 'a\u{e0041}', 'a‹U+E0041›'],
  ])('%s', (_, text, shown) => {
    expect(plainText(text)).toBe(shown);
  });

  test('a name from right to left, isolated within its sentence', () => {
    expect(insertedText('שמור (1)')).toBe('\u2068שמור (1)\u2069');
    expect(plainText(`“${insertedText('שמור')}” failed`)).toBe('“\u2068שמור\u2069” failed');
  });
});

describe('cut', () => {
  test.each([
    ['long', 'x'.repeat(2_000), `${'x'.repeat(998)}…`],
    ['within a pair', `${'x'.repeat(997)}😀${'y'.repeat(90)}`, `${'x'.repeat(997)}…`],
    ['within what is isolated', `\u2068${'ש'.repeat(2_000)}\u2069`, /^\u2068ש{997}…\u2069$/],
  ])('%s', (_, text, shown) => {
    const isText = typeof shown === 'string';
    expect(plainText(text)).toEqual(isText ? shown : expect.stringMatching(shown));
  });

  test('what stands within a sentence leaves the sentence in sight', () => {
    expect(insertedText('x'.repeat(5_000)).length).toBeLessThanOrEqual(302);
  });
});
