import { describe, expect, it } from 'vitest';

import { TextTable } from '../../../src/decode/bytes/textTable.ts';

/** What a table gives for texts that stand one behind another, and how often it made one. */
function given(texts: readonly string[], table = new TextTable()) {
  const pieces = texts.map((text) => Buffer.from(text));
  const bytes = Buffer.concat(pieces);
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let made = 0;
  let start = 0;
  const found = pieces.map(({ length }) => {
    const from = start;
    start += length;
    return table.of(words, from, start, () => {
      made++;
      return bytes.toString('utf8', from, from + length);
    });
  });
  return { found, made };
}

describe('texts by their bytes', () => {
  it.each([
    [
      'names of nodes, twice',
      ['Start', 'Click save', '点击保存', 'Start', 'Click save', '点击保存'],
      3,
    ],
    ['what differs in one sign', ['node-1', 'node-2', 'Node-1', 'node-1'], 3],
    ['what is shorter than four bytes', ['a', '', 'abc', 'abc'], 4],
    ['what is long', ['x'.repeat(128), 'x'.repeat(128), 'y'.repeat(129), 'y'.repeat(129)], 3],
    ['lengths that are no multiple of four', ['abcde', 'abcdef', 'abcdefg', 'abcdefg'], 3],
  ] as const)('%s: each is itself, and made so often', (_, texts, made) => {
    expect(given(texts)).toStrictEqual({ found: [...texts], made });
  });

  it('that meet in one place push each other out, and stay themselves', () => {
    const table = new TextTable();
    const texts = Array.from({ length: 20_000 }, (_, n) => `node::${String(n)}`);
    expect(given(texts, table).found).toStrictEqual(texts);
    expect(given(texts, table).found).toStrictEqual(texts);
  });
});
