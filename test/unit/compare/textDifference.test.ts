import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import {
  type SideData,
  sideParts,
  wholeTexts,
  withShortLines,
} from '../../../src/compare/sideTexts.ts';
import {
  mostLines,
  sideBySide as partsBeside,
  type SideLine,
  type TextPart,
} from '../../../src/compare/textDifference.ts';
import { aNodeData } from '../../support/builders.ts';

const linesOf = (text: string) => (text === '' ? [] : text.split('\n'));
/** Two texts in one part. */
const sideBySide = (before: string, after: string, language: string) =>
  partsBeside([{ before: linesOf(before), after: linesOf(after) }], language);
const sideTexts = (...sides: Parameters<typeof sideParts>) => wholeTexts(sideParts(...sides));

/** Both sides of each line, with what differs in brackets. */
function shown(before: string, after: string, language = 'en'): string[] {
  return sideBySide(before, after, language).lines.map((line) => shownLine(line));
}

function shownLine({ before, after }: SideLine): string {
  const side = (parts: readonly TextPart[] | null) =>
    parts?.map(({ text, differs }) => (differs ? `[${text}]` : text)).join('') ?? '–';
  return `${side(before)} | ${side(after)}`;
}

describe('two texts', () => {
  it.each([
    ['', '', []],
    ['a\nb', 'a\nb', ['a | a', 'b | b']],
    ['a\nb\nc', 'a\nc', ['a | a', '[b] | –', 'c | c']],
    ['a', 'a\nb', ['a | a', '– | [b]']],
    ['total 10 CNY', 'total 12 CNY', ['total [10] CNY | total [12] CNY']],
  ])('%j and %j', (before, after, lines) => {
    expect(shown(before, after)).toEqual(lines);
  });

  it('are parted into the words of their language', () => {
    expect(shown('附件是启明办公的发票', '附件是启明办公的合同', 'zh-cn')).toEqual([
      '附件是启明办公的[发票] | 附件是启明办公的[合同]',
    ]);
  });

  it('are shown up to a number of lines, and as a whole where a line is long', () => {
    const many = Array.from({ length: mostLines + 7 }, (_, n) => String(n)).join('\n');
    expect(sideBySide(many, many, 'en')).toMatchObject({ more: 7 });
    const long = 'word '.repeat(2_000);
    expect(shown(long, `${long}x`)).toEqual([`[${long}] | [${long}x]`]);
  });

  it('are shown where they differ, where a line has no end', () => {
    const endless = 'word '.repeat(2_000_000);
    const [line] = sideBySide(`${endless}a`, `${endless}b`, 'en').lines;
    const sides = [line?.before, line?.after].map((parts) => parts?.[0]?.text ?? '');
    expect(sides.map((text) => [text[0], text.at(-1)])).toEqual([
      ['…', 'a'],
      ['…', 'b'],
    ]);
    for (const [before, after] of [
      [endless, endless],
      [endless, ''],
      ['', endless],
    ] as const) {
      sides.push(...shown(before, after));
    }
    for (const text of sides) expect(text.length).toBeLessThan(100_000);
  });

  it('are counted behind a number of signs, which no page could hold', () => {
    const lines = (sign: string) => Array.from({ length: 1_900 }, () => sign.repeat(19_000));
    const { lines: found, more } = sideBySide(lines('a').join('\n'), lines('b').join('\n'), 'en');
    expect(found.length + more).toBe(1_900);
    expect(JSON.stringify(found).length).toBeLessThan(20_000_000);
  });
});

describe('texts of many lines', () => {
  it('are compared by their words as far as that takes no time, whatever their number', () => {
    const lines = (from: number) =>
      Array.from({ length: 600 }, (_, line) =>
        Array.from({ length: 600 }, (__, word) => String((from + line * 601 + word) ** 2))
          .join(' ')
          .slice(0, 4_900),
      ).join('\n');
    expect(sideBySide(lines(1), lines(500_000), 'en').lines).toHaveLength(600);
  });

  it('are counted where they are too many to be put into one call', () => {
    const many = '\n'.repeat(300_000);
    expect(sideBySide(many, many, 'en')).toMatchObject({ more: 300_001 - mostLines });
  });
});

describe('for the diff editor of VS Code, which never ends on long lines,', () => {
  const texts: readonly (readonly [string, string])[] = [
    ['sentences', 'One sentence of a long text. '.repeat(400)],
    ['Chinese', '附件是启明办公的发票，请查收。'.repeat(400)],
    ['lines of a text', String.raw`line of a text\n`.repeat(400)],
    ['words', 'word '.repeat(2_000)],
    ['what has no parts', 'a'.repeat(5_000)],
  ];

  it.each(texts)('%s are parted, and stay the same', (_, text) => {
    const lines = withShortLines(`{\n  "a": "${text}"\n}`).split('\n');
    const [begin, ...parts] = lines.slice(1, -1);
    expect(parts.filter((part) => !part.startsWith('  '))).toEqual([]);
    expect([begin, ...parts.map((part) => part.slice(2))].join('')).toBe(`  "a": "${text}"`);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(1_000);
  });

  it.each(texts.slice(0, 4))('%s differ where they differ', (_, text) => {
    const parts = (of: string) => withShortLines(of).split('\n');
    const [before, after] = [parts(text), parts(`more ${text}`)];
    expect(after.slice(2)).toEqual(before.slice(-(after.length - 2)));
  });

  it('shorter lines stay as they are', () => {
    expect(withShortLines('One. Two.\nThree.')).toBe('One. Two.\nThree.');
  });
});

describe('the parts of a node', () => {
  const named = (name: string, value: never) =>
    ({ name, value, form: 'json', round: null }) as const;

  const side = (data: SideData['data'], tried: SideData['tried'] = null) => ({ data, tried });

  it.each([
    ['one that was tried again', { rounds: 1, attempts: 3, last: [2] }, { n: 3, o: 7 }],
    ['rounds of which one was', { rounds: 2, attempts: 3, last: [0, 2] }, { n: [1, 3], o: 7 }],
  ])('hold the last attempt of %s', (_, tried, expected) => {
    const values = [1, 2, 3].map((value) => named('n', value as never));
    const data = aNodeData({ input: [...values, named('o', 7 as never)] });
    expect(parse(sideTexts(side(data, tried), side(data, tried), 'input')[1])).toEqual(expected);
  });

  it('are printed with their fields in one order', () => {
    const before = aNodeData({ input: [named('o', { b: 1, a: [{ y: 1, x: 2 }], c: 0 } as never)] });
    const after = aNodeData({ input: [named('o', { a: [{ x: 2, y: 1 }], b: 1 } as never)] });
    const [old, now] = sideTexts(side(before), side(after), 'input');
    expect(parse(old)).toEqual({ o: { b: 1, a: [{ y: 1, x: 2 }], c: 0 } });
    expect(shown(old, now).filter((line) => line.includes('[') || line.includes('–'))).toEqual([
      '[  c: 0] | –',
    ]);
  });

  describe('have the items of a list beside each other', () => {
    const at = (n: number) => `2026-11-0${String(n)}T08:30:01Z`;
    const row = (name: string, n: number) => ({ time: at(n), name, qty: 2, unit: 'pcs' });

    it.each<[string, unknown, unknown, readonly string[]]>([
      [
        'where one came in front that has its fields in another order',
        [
          { a: 1, b: 2 },
          { a: 3, b: 4 },
        ],
        [
          { b: 0, a: 9 },
          { a: 1, b: 2 },
          { a: 3, b: 4 },
        ],
        ['– | [  - b: 0]', '– | [    a: 9]'],
      ],
      [
        'where each has a time of its own, too',
        [row('bolt', 1), row('nut', 1)],
        [row('washer', 2), row('bolt', 3), row('nut', 4)],
        [
          ...['– | [  - time: "2026-11-02T08:30:01Z"]', '– | [    name: "washer"]'],
          ...['– | [    qty: 2]', '– | [    unit: "pcs"]'],
          '  - time: "2026-11-[01T08]:30:01Z" |   - time: "2026-11-[03T08]:30:01Z"',
          '  - time: "2026-11-[01T08]:30:01Z" |   - time: "2026-11-[04T08]:30:01Z"',
        ],
      ],
      [
        'where an ID tells them apart',
        [
          { qty: 1, id: 'A' },
          { qty: 2, id: 'B' },
        ],
        [
          { qty: 2, id: 'C' },
          { qty: 1, id: 'A' },
          { qty: 1, id: 'B' },
        ],
        [...['– | [  - qty: 2]', '– | [    id: "C"]'], '  - qty: [2] |   - qty: [1]'],
      ],
      ['of texts', ['one', 'two'], ['zero', 'one', 'two'], ['– | [  - "zero"]']],
      ['in JSON in a text', '[1,2]', '[0,1,2]', ['– | [  - 0]']],
      [
        'where one went to another place',
        ['a', 'b', 'c'],
        ['c', 'a', 'b'],
        ['– | [  - "c"]', '[  - "c"] | –'],
      ],
    ])('%s', (_, before, after, expected) => {
      const of = (value: unknown) => side(aNodeData({ input: [named('x', value as never)] }));
      const parts = sideParts(of(before), of(after), 'input');
      const found = partsBeside(parts, 'en').lines.map((line) => shownLine(line));
      expect(found.filter((line) => /[[–]/.test(line))).toEqual(expected);
    });

    it('up to a number of them, and otherwise line by line', () => {
      const many = Array.from({ length: 6_000 }, (_, n) => n);
      const of = (value: unknown) => side(aNodeData({ input: [named('x', value as never)] }));
      const parts = sideParts(of(many), of([-1, ...many]), 'input');
      expect(parts).toHaveLength(1);
      const { lines } = partsBeside(parts, 'en');
      expect(lines.filter(({ before }) => before === null)).toHaveLength(1);
    });
  });

  it('hold rounds as a list, what a model wrote, and logs without their times', () => {
    const data = aNodeData({
      output: [named('n', 1 as never), named('n', 2 as never)],
      llmOutput: 'said',
      logs: [
        { level: 'INFO', message: 'one', time: '2026-11-03 08:30:01' },
        { level: '', message: 'two', time: '' },
      ],
    });
    const [nothing, some] = [side(undefined), side(data)];
    expect(parse(sideTexts(some, nothing, 'output')[0])).toEqual({
      ...{ n: [1, 2], llm_output: 'said' },
    });
    expect(sideTexts(nothing, some, 'logs')).toEqual(['', 'INFO one\ntwo']);
    expect(sideTexts(nothing, nothing, 'config')).toEqual(['', '']);
  });
});
