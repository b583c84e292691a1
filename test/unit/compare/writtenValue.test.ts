import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import type { JsonObject } from '../../../src/base/json.ts';
import { sideBySide } from '../../../src/compare/textDifference.ts';
import { wholeTexts } from '../../../src/compare/sideTexts.ts';
import { writtenValues } from '../../../src/compare/writtenValue.ts';

/** As it is written beside nothing, and beside itself: the same. */
function writtenValue(value: JsonObject): string {
  const [alone] = wholeTexts(writtenValues(value, {}));
  expect(wholeTexts(writtenValues(value, value))).toEqual([alone, alone]);
  return alone;
}

const written = (value: JsonObject) => writtenValue(value).split('\n');

describe('a value that is compared line by line', () => {
  it('holds a text of several lines in its lines, wherever it stands', () => {
    const code = 'def main():\n    return 1\n';
    expect(written({ code, o: { prompts: ['one', 'You are\n\nkind'], n: 1 } })).toEqual([
      'code: |',
      '  def main():',
      '      return 1',
      'o:',
      '  prompts:',
      '    - "one"',
      '    - |-',
      '      You are',
      '',
      '      kind',
      '  n: 1',
    ]);
  });

  it('tells how the lines of a text end, and its last one', () => {
    const heads = ['a\nb', 'a\nb\n', 'a\nb\n\n', ' a\nb', 'a\r\nb', 'a\r\nb\n'].map(
      (text) => written({ text })[0],
    );
    expect(heads).toEqual([
      ...['text: |-', 'text: |', 'text: |+', 'text: |2-', 'text: |- # CRLF', 'text: |'],
    ]);
    expect(written({ text: 'a\r\nb\n' })[1]).toBe(String.raw`  a\u000d`);
  });

  it('holds what a text holds as JSON in its parts', () => {
    expect(written({ body: '{"total":1,"lines":[{"sku":"A","n":2},[]]}' })).toEqual([
      'body: # JSON',
      '  total: 1',
      '  lines:',
      '    - sku: "A"',
      '      n: 2',
      '    - []',
    ]);
  });

  it('has nothing in a line that hangs on the next one', () => {
    const [before, after] = [
      { a: [1], b: { c: 1 } },
      { a: [1, 2], b: { c: 1, d: 2 } },
    ];
    const { lines } = sideBySide(writtenValues(before, after), 'en');
    const differing = lines.filter((line) => line.before === null).map(({ after: now }) => now);
    expect(differing).toEqual([
      [{ text: '  - 2', differs: true }],
      [{ text: '  d: 2', differs: true }],
    ]);
    expect(lines).toHaveLength(6);
  });

  it('has those items beside each other that are most alike, in as many lists as there is room for', () => {
    const [before, after] = [{ last: ['a b', 'c d'] }, { last: ['c e'] }];
    const alike = { before: ['  - "c d"'], after: ['  - "c e"'] };
    expect(writtenValues(before, after)).toContainEqual(alike);
    const lists = (text: string) =>
      Object.fromEntries(
        Array.from({ length: 8 }, (_, list) => [
          `list${String(list)}`,
          Array.from({ length: 500 }, (__, item) => `${text}${String(item)}`),
        ]),
      );
    const parts = writtenValues({ ...lists('old'), ...before }, { ...lists('new'), ...after });
    expect(parts).not.toContainEqual(alike);
    expect(parts).toContainEqual({ before: ['  - "a b"'], after: ['  - "c e"'] });
  });

  it('hides nothing: what ends or turns a line, and what nobody sees, is written out', () => {
    expect(written({ text: 'a\u2028b\u202ec\u0000', 'a b': 1, null: 2, 总额: 3 })).toEqual([
      String.raw`text: "a\u2028b\u202ec\u0000"`,
      ...['"a b": 1', '"null": 2', '总额: 3'],
    ]);
    expect(written({ log: '\u001b[31mred\u001b[0m\nb' })[1]).toBe(
      String.raw`  \u001b[31mred\u001b[0m`,
    );
  });

  it('is another one for each value', () => {
    const values = [Infinity, -Infinity, null, 'Infinity', [Infinity], [-Infinity], [null]];
    const texts = ['\u0007', '\u202e', '\u0085'].flatMap((sign) => {
      const name = `u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
      return [sign, `\\${name}`, `\\${sign}`, `\\\\${name}`, `\\\\${sign}`, name];
    });
    const all = [...values, ...texts, ...texts.map((text) => `a\n${text}`)];
    expect(new Set(all.map((a) => writtenValue({ a }))).size).toBe(all.length);
  });

  it.each<JsonObject>([
    { a: null, b: true, c: -1.5e30, d: '', e: [], f: {}, g: [[1, [2]], [{}]], h: 'say "hi" \\ #' },
    { x: [{ y: [{ z: 'a\nb' }] }, ' lead\n  more\n', '\n\n', 'a\n\n', '\ta\n b'] },
    { 'key: odd': { '- dash': 'x: y\n# no comment\n--- \n' }, no: 1, '': 2, 'a.b-c': 3 },
  ])('is what it was, read again: %j', (value) => {
    expect(parse(writtenValue(value))).toEqual(value);
  });
});
