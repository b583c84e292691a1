import { describe, expect, it } from 'vitest';

import {
  withoutColours,
  withoutColoursIn,
  withoutColoursOfLogs,
} from '../../../src/base/colours.ts';

const esc = '\u001b';

describe('a text that was written for a terminal', () => {
  it.each([
    ['plain', 'plain'],
    [`${esc}[32mOK${esc}[0m done`, 'OK done'],
    [`${esc}[1;38;5;208mWARN${esc}[m`, 'WARN'],
    [`${esc}[38;2;255;100;0;48;2;0;0;0;1;4mx${esc}[0m`, 'x'],
    [`${esc}[38:2::255:0:0mx${esc}[m`, 'x'],
    ['\u009b31mred\u009b0m', 'red'],
    [`k${esc}[2J`, 'k'],
    [`${esc}[?25l${esc}[2K${esc}[1G50 %${esc}[?25h`, '50 %'],
    [`a${esc}[10;5Hb${esc}[3Ac${esc}[sd${esc}[ue`, 'abcde'],
    [`${esc}7a${esc}8b${esc}cc${esc}=d${esc}(Be${esc}#8f`, 'abcdef'],
    [`${esc}]0;title\u0007text`, 'text'],
    [`${esc}]8;;https://x.example${esc}\\link${esc}]8;;${esc}\\`, 'link'],
    [`${esc}]8;id=1;https://x.example/${'a'.repeat(900)}\u0007link${esc}]8;;\u0007`, 'link'],
    ['\u009d8;;https://x.example\u009clink\u009d8;;\u009c', 'link'],
    [`${esc}P1$r0m${esc}\\text`, 'text'],
    [`${esc}_app${esc}\\${esc}^private${esc}\\${esc}Xstring${esc}\\text`, 'text'],
    [`${esc}(Bx${esc}`, 'x'],
  ])('%j is %j without its colours', (text, without) => {
    expect(withoutColours(text)).toBe(without);
  });

  it.each([
    [`cut off ${esc}`, 'cut off '],
    [`cut off ${esc}[`, 'cut off '],
    [`cut off ${esc}[3`, 'cut off '],
    [`cut off ${esc}[38;5;`, 'cut off '],
    [`cut off ${esc}]8;;https://x.exa`, 'cut off '],
    [`cut off ${esc}]8;;https://x.exa\nnext line`, 'cut off \nnext line'],
    ['cut off \u009b3', 'cut off '],
    [`31mred${esc}[0m text`, 'red text'],
    [`[1;31mred${esc}[0m text`, 'red text'],
  ])('%j, which is cut, is %j', (text, without) => {
    expect(withoutColours(text)).toBe(without);
  });

  it.each([
    'a[0m stays, for nobody knows',
    'â\u0080\u009cquotedâ\u0080\u009d: a letter that was read in the wrong encoding',
    'list[3] and map[10m]',
    '31m behind the gate',
  ])('%j stays', (text) => {
    expect(withoutColours(text)).toBe(text);
  });
});

describe('a line of a log', () => {
  it.each([
    [String.raw`\u001b[31mred\u001b[0m`, 'red'],
    [String.raw`{"msg": "\\x1b[32mOK\\x1b[0m"}`, '{"msg": "OK"}'],
    [String.raw`\033[1mbold\033[22m and \e[4mline\e[0m`, 'bold and line'],
    ['␛[31mred␛[0m', 'red'],
    ['^[[31mred^[[0m', 'red'],
    ['[31mERROR[0m element not found', 'ERROR element not found'],
    ['[2026-01-01] [1;33mWARN[0m retry [3/5]', '[2026-01-01] WARN retry [3/5]'],
  ])('%j is %j', (text, without) => {
    expect(withoutColoursOfLogs(text)).toBe(without);
  });

  it.each(['took [5m] and [10m]', 'rows[0]m', 'a[0m', 'C:\\x1b\\readme', '[m] metres', 'x [31m y'])(
    '%j stays',
    (text) => {
      expect(withoutColoursOfLogs(text)).toBe(text);
    },
  );
});

describe('a value', () => {
  it('has no colours in its texts and names', () => {
    const value = { [`k${esc}[2J`]: ['a', `${esc}[31mred${esc}[0m`, 1, null] };
    expect(withoutColoursIn(value)).toEqual({ k: ['a', 'red', 1, null] });
  });

  it('keeps names apart that are one without', () => {
    const value = { k: 1, [`k${esc}[0m`]: 2 };
    expect(withoutColoursIn(value)).toEqual(value);
  });

  it('is the same where there are none', () => {
    const value = { a: [{ b: 'x' }] };
    expect(withoutColoursIn(value)).toBe(value);
  });
});
