import { describe, expect, it } from 'vitest';

import { areOnlySaid } from '../../../src/masking/onlySaid.ts';
import { createNameJudge } from '../../../src/masking/secretNames.ts';
import { SeenWords } from '../../../src/masking/seenWords.ts';

const names = createNameJudge();
const said = 'The node failed: element not found: #btnSave';
const inChinese = '节点失败：没有找到元素 #btnSave';
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');

describe('words that stand only in what is shown', () => {
  it.each([
    ['in the message alone', ['#btnSave'], said, { message: said }, true],
    ['in the message and a log that repeats it', ['#btnSave'], said, { said, log: said }, true],
    ['in a message beyond ASCII', ['#btnSave'], inChinese, { 名: 'x', inChinese }, true],
    ['nowhere at all', ['#other1'], said, { message: said }, true],
    ['under a name too', ['#btnSave'], said, { said, password: '#btnSave' }, false],
    ['before the message too', ['#btnSave'], said, { x: '#btnSave', said }, false],
    ['in a sentence that is hardly a word', ['#btnSave'], '#btnSave', { m: '#btnSave' }, false],
    ['beyond ASCII, elsewhere too', ['密码三'], '密码三 failed here', { m: '密码三' }, false],
    ['mixed as a password is', ['Xy12abCD'], said, { message: said }, false],
    ['beside JSON in base64', ['#btnSave'], said, { said, header: base64({ a: 1 }) }, false],
  ] as const)('%s', (_, words, sentence, record, expected) => {
    const bytes = Buffer.from(JSON.stringify(record));
    expect(areOnlySaid(words, [sentence], bytes, names)).toBe(expected);
  });

  it('is not sure of what would take too long', () => {
    const sentence = 'a'.repeat(30_000);
    const bytes = Buffer.from(JSON.stringify({ message: `${sentence.slice(1)}b`.repeat(20) }));
    expect(areOnlySaid(['aaaaaa'], [sentence], bytes, names)).toBe(false);
  });
});

describe('words that were looked for before, in a record that says them', () => {
  const bytes = Buffer.from(JSON.stringify({ said, log: inChinese, password: '#other1' }));
  const encoded = Buffer.from(JSON.stringify({ said, header: base64({ a: 1 }) }));
  const isOnlySaid = (
    [words, ...sentences]: readonly [readonly string[], ...string[]],
    seen: SeenWords,
    record: Uint8Array = bytes,
  ) => areOnlySaid(words, sentences, record, names, seen);

  it.each([
    ['the same again', [['#btnSave'], said, inChinese], true],
    ['beside one more sentence', [['#btnSave'], said, inChinese, 'The robot has stopped.'], true],
    ['with a new word that is nowhere', [['#btnSave', '#other2'], said, inChinese], true],
    ['with a new word that is named', [['#btnSave', '#other1'], said, inChinese], false],
    ['where a sentence is not shown any more', [['#btnSave'], said], false],
  ] as const)('%s', (_, again, expected) => {
    const seen = new SeenWords();
    expect(isOnlySaid([['#btnSave'], said, inChinese], seen)).toBe(true);
    expect(isOnlySaid(again, seen)).toBe(expected);
    expect(isOnlySaid(again, new SeenWords())).toBe(expected);
  });

  it('is asked of no byte a second time', () => {
    const seen = new SeenWords();
    expect(isOnlySaid([['#btnSave'], said, inChinese], seen)).toBe(true);
    expect(isOnlySaid([['#btnSave'], said, inChinese], seen, encoded)).toBe(true);
  });

  it.each([
    ['a no', [['#other1'], said], encoded],
    ['what was shown in too many signs', [['#other2'], 'a sentence '.repeat(2_000)], bytes],
  ] as const)('%s is not noted', (_, asked, record) => {
    const seen = new SeenWords();
    isOnlySaid(asked, seen, record);
    expect(seen.isKnown).toBe(false);
  });
});
