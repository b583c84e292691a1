import { describe, expect, test } from 'vitest';

import { pathFinder, pathQuery, wordFinder } from '../../../src/find/finder.ts';
import { wordsFinder } from '../../../src/find/words.ts';
import { searchSections } from '../../../src/find/searchSections.ts';
import { inspectorSections } from '../../../src/view/inspectorSections.ts';
import { named, nodeContent } from '../../webview/inspectorContents.ts';

describe('searching', () => {
  const sections = inspectorSections(
    nodeContent({
      input: [named('save_path', { list: [{ button: 'Save' }, 'SAVE and save'], saved: true })],
      config: [named('n', { 'a/b': 12345 })],
      logs: [{ level: 'INFO', message: 'saving', time: '' }],
    }),
  );
  const found = (needle: string) =>
    searchSections(sections, wordFinder(needle)).matches.map(
      ({ section, path, part, offset }) => `${section} ${path} ${part} ${offset}`,
    );

  test('finds names, keys, leaves and log lines in reading order', () => {
    expect(found('save')).toEqual([
      'input  name 0',
      'input /list/0/button value 0',
      'input /list/1 value 0',
      'input /list/1 value 9',
      'input /saved key 0',
    ]);
    expect(found('savi')).toEqual(['logs  value 0']);
  });

  test('finds numbers, yes and no', () => {
    expect(found('234')).toEqual(['config /a~1b value 1']);
    expect(found('true')).toEqual(['input /saved value 0']);
  });

  test('does not find the numbers of items', () => {
    expect(found('0')).toEqual([]);
  });

  test('finds nothing for nothing', () => {
    expect(searchSections(sections, wordFinder(''))).toEqual({ matches: [], cut: false });
  });

  test('stops at its bound and says so', () => {
    const many = inspectorSections(nodeContent({ input: [named('x', 'a'.repeat(9000))] }));
    const { matches, cut } = searchSections(many, wordFinder('a'));
    expect([matches.length, cut]).toEqual([5000, true]);
  });
});

describe('a path and what it holds', () => {
  const sections = inspectorSections(
    nodeContent({
      input: [
        named('order', { lines: [{ price: 12 }, { price: 120 }], Total: 132, note: 'total:132' }),
      ],
      output: [named('total', 132), named('tags', ['paid', '总价'])],
      config: [named('unit price', { a: { 'b c': 'x' } })],
    }),
  );
  const found = (text: string) => {
    const query = pathQuery(text);
    return query === null
      ? null
      : searchSections(
          sections,
          pathFinder(query, wordsFinder(query.value), wordFinder(text)),
        ).matches.map(({ section, path, part }) => `${section} ${path} ${part}`);
  };

  test.each<[string, readonly string[] | null]>([
    ['total:132', ['input /Total value', 'input /note value', 'output  value']],
    ['output.total:13', ['output  value']],
    ['order.total: 132', ['input /Total value']],
    ['lines[1].price:12', ['input /lines/1/price value']],
    ['lines.price:12', ['input /lines/0/price value', 'input /lines/1/price value']],
    ['price:', ['input /lines/0/price key', 'input /lines/1/price key']],
    ['tags:总', ['output /1 value']],
    ['tags[0]:', ['output /0 value']],
    ['tags:', ['output  name']],
    ['lines:12', ['nothing'].slice(1)],
    ['a["b c"]:x', ['config /a/b c value']],
    ['12:03:11', null],
    ['https://host/a', null],
    ['no path', null],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe('words', () => {
  const spans = (text: string, words: string, options: Parameters<typeof wordFinder>[1]) => {
    const place = { section: 'input', entry: 'x', path: '', part: 'value' } as const;
    return wordFinder(words, options)(text, { place, name: 'x', most: 10 }).map(
      ({ offset }) => offset,
    );
  };

  test.each([
    ['case', 'Save save', 'save', { matchCase: true, wholeWord: false }, [5]],
    [
      'whole words',
      'save saved unsaved save_x save',
      'save',
      { matchCase: false, wholeWord: true },
      [0, 26],
    ],
    ['a whole word between signs', '(save)', 'save', { matchCase: false, wholeWord: true }, [1]],
    ['signs at its edges', 'a(b)c', '(b)', { matchCase: false, wholeWord: true }, [1]],
    ['Chinese has no blanks', '保存按钮', '存按', { matchCase: false, wholeWord: true }, [1]],
    ['letters beyond the first plane', '𝒳a 𝒳', '𝒳', { matchCase: false, wholeWord: true }, [4]],
  ] as const)('%s', (_name, text, words, options, expected) => {
    expect(spans(text, words, options)).toEqual(expected);
  });
});
