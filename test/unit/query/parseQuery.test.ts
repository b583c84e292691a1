import { zoneOf } from '../../../src/base/zone.ts';
import { describe, expect, test } from 'vitest';
import { mostTexts, parseQuery } from '../../../src/query/parseQuery.ts';
import { isWithin, type Condition } from '../../../src/query/terms.ts';

/** Noon of a day in the time zone of the machine, as the reader's clock shows it. */
const now = new Date(2026, 4, 4, 12, 0, 0).getTime();
const parsed = (text: string) => parseQuery(text, now);
const conditions = (text: string) =>
  parsed(text).terms.map(({ condition, excludes }) => ({
    ...condition,
    ...(excludes && { excludes }),
  }));

describe('terms', () => {
  test.each<[string, object[]]>([
    ['', []],
    [
      'Click  SAVE',
      [
        { kind: 'word', text: 'click' },
        { kind: 'word', text: 'save' },
      ],
    ],
    ['"Click save"', [{ kind: 'word', text: 'click save' }]],
    ['status:failed', [{ kind: 'status', outcome: 'failed' }]],
    ['STATUS:Failed', [{ kind: 'status', outcome: 'failed' }]],
    ['状态：失败', [{ kind: 'status', outcome: 'failed' }]],
    ['kind:tool', [{ kind: 'kind', of: 'tool' }]],
    ['-类型:工具调用', [{ kind: 'kind', of: 'tool', excludes: true }]],
    ['node:提取', [{ kind: 'node', text: '提取' }]],
    ['node:"Click save"', [{ kind: 'node', text: 'click save' }]],
    ['-node:提取', [{ kind: 'node', text: '提取', excludes: true }]],
    ['-sample', [{ kind: 'word', text: 'sample', excludes: true }]],
    ['-', [{ kind: 'word', text: '-' }]],
    [
      'service:rpa sid:spf flow:inv',
      [
        { kind: 'service', text: 'rpa' },
        { kind: 'sid', text: 'spf' },
        { kind: 'flow', text: 'inv' },
      ],
    ],
    ['text:"INV-20391"', [{ kind: 'text', text: 'inv-20391' }]],
    ['text:"say \\"hi\\" to C:\\temp"', [{ kind: 'text', text: 'say "hi" to c:\\temp' }]],
    ['text:“发票 1”', [{ kind: 'text', text: '发票 1' }]],
    // No fields: an id, an address, a time, a word that ends in a quote.
    ['rpa::3f9d', [{ kind: 'word', text: 'rpa::3f9d' }]],
    ['http://host/x', [{ kind: 'word', text: 'http://host/x' }]],
    ['12:30', [{ kind: 'word', text: '12:30' }]],
    ['5"', [{ kind: 'word', text: '5"' }]],
  ])('%s', (text, expected) => {
    expect(conditions(text)).toEqual(expected);
    expect(parsed(text).faults).toEqual([]);
  });

  test('know where they stand', () => {
    const { terms } = parsed('  status:failed -node:"a b"');
    expect(terms.map(({ range }) => range)).toEqual([
      { from: 2, to: 15 },
      { from: 16, to: 27 },
    ]);
  });
});

describe('numbers', () => {
  test.each<[string, readonly number[], readonly number[]]>([
    ['duration:>5s', [5_001, 1e9], [5_000, 0]],
    ['duration:>=5s', [5_000], [4_999]],
    ['duration:<500ms', [0, 499], [500]],
    ['duration:<=2m', [120_000], [120_001]],
    ['duration:1s..5s', [1_000, 5_000], [999, 5_001]],
    ['duration:1s..<5s', [1_000, 4_999], [999, 5_000]],
    ['duration:..<1h', [0, 3_599_999], [3_600_000]],
    ['duration:5s..', [5_000, 1e9], [4_999]],
    ['duration:..1h', [0, 3_600_000], [3_600_001]],
    ['duration:5s', [5_000, 5_999], [4_999, 6_000]],
    ['duration:1.5s', [1_500, 1_599], [1_499, 1_600]],
    ['code:55003', [55_003], [55_004, 0]],
    ['code:>0', [1], [0]],
    ['code:55000..55999', [55_000, 55_999], [56_000]],
  ])('%s', (text, inside, outside) => {
    expect(inside.filter((value) => !isWithin(value, within(text)))).toEqual([]);
    expect(outside.filter((value) => isWithin(value, within(text)))).toEqual([]);
    expect(isWithin(null, within(text))).toBe(false);
  });
});

test('a day of which the clock is changed has 23 hours or 25, in the reader’s zone', () => {
  const hoursOf = (text: string, zone: string) => {
    const condition = parseQuery(text, now, zoneOf(zone)).terms[0]?.condition;
    if (condition?.kind !== 'time') throw new Error(text);
    return [condition.within.least, (condition.within.most - condition.within.least) / 3_600_000];
  };
  const utc = Date.UTC;
  expect(hoursOf('time:2026-03-29', 'Europe/Berlin')).toEqual([utc(2026, 2, 28, 23), 23]);
  expect(hoursOf('time:2026-10-25', 'Europe/Berlin')).toEqual([utc(2026, 9, 24, 22), 25]);
  // There is no midnight: the day begins at one.
  expect(hoursOf('time:2026-04-24', 'Africa/Cairo')).toEqual([utc(2026, 3, 23, 22), 23]);
  expect(hoursOf('time:2026-05-04', 'Asia/Kathmandu')).toEqual([utc(2026, 4, 3, 18, 15), 24]);
});

describe('times', () => {
  const at = (...parts: [number, number, number, number?]) =>
    new Date(2026, parts[0] - 1, parts[1], parts[2], parts[3] ?? 0).getTime();

  test.each<[string, readonly number[], readonly number[]]>([
    ['time:today', [at(5, 4, 0), at(5, 4, 23, 59)], [at(5, 5, 0), at(5, 3, 23, 59)]],
    ['time:昨天', [at(5, 3, 0)], [at(5, 4, 0), at(5, 2, 23)]],
    ['time:2026-05-03', [at(5, 3, 12)], [at(5, 4, 0)]],
    ['time:۲۰۲۶-۰۵-۰۳', [at(5, 3, 12)], [at(5, 4, 0)]],
    ['time:>2026-05-03', [at(5, 4, 0)], [at(5, 3, 23)]],
    ['time:>=2026-05-03', [at(5, 3, 0)], [at(5, 2, 23)]],
    ['time:<=2026-05-03', [at(5, 3, 23, 59)], [at(5, 4, 0)]],
    ['time:<2026-05-03', [at(5, 2, 23, 59)], [at(5, 3, 0)]],
    ['time:2026-05-01..2026-05-03', [at(5, 1, 0), at(5, 3, 23)], [at(5, 4, 0), at(4, 30, 23)]],
    ['time:>11:30', [at(5, 4, 11, 31)], [at(5, 4, 11, 30), at(5, 3, 12)]],
    ['time:11:30', [at(5, 4, 11, 30)], [at(5, 4, 11, 31)]],
    ['time:09:00..11:30', [at(5, 4, 9), at(5, 4, 11, 30)], [at(5, 4, 11, 31)]],
    ['time:<2026-05-04T09:00', [at(5, 4, 8, 59)], [at(5, 4, 9)]],
    ['time:30m', [at(5, 4, 11, 45)], [at(5, 4, 11, 15)]],
  ])('%s', (text, inside, outside) => {
    expect(inside.filter((value) => !isWithin(value, within(text)))).toEqual([]);
    expect(outside.filter((value) => isWithin(value, within(text)))).toEqual([]);
  });
});

describe('a wrong word is named, with what was meant, and the rest works', () => {
  test.each<[string, string, string, string | null]>([
    ['statsu:failed', 'unknownField', 'statsu', 'status'],
    ['-durtion:>5s', 'unknownField', 'durtion', 'duration'],
    ['colour:red', 'unknownField', 'colour', null],
    ['constructor:1', 'unknownField', 'constructor', null],
    ['status:fialed', 'unknownStatus', 'fialed', 'failed'],
    ['status:fa', 'unknownStatus', 'fa', 'failed'],
    ['status:blue', 'unknownStatus', 'blue', null],
    ['状态：失', 'unknownStatus', '失', '失败'],
    ['状：失败', 'unknownField', '状', '状态'],
    ['类型：工', 'unknownKind', '工', '工具调用'],
    ['状态：蓝色', 'unknownStatus', '蓝色', null],
    ['kind:tol', 'unknownKind', 'tol', 'tool'],
    ['status:', 'noValue', 'status:', null],
    ['text:""', 'noValue', 'text:""', null],
    ['duration:5', 'badDuration', '5', '5s'],
    ['duration:>5', 'badDuration', '>5', '>5s'],
    ['duration:long', 'badDuration', 'long', null],
    ['duration:5s..1s', 'emptyRange', '5s..1s', '1s..5s'],
    ['code:abc', 'badCode', 'abc', null],
    ['time:25:00', 'badTime', '25:00', null],
    ['time:2026-02-30', 'badTime', '2026-02-30', null],
    ['text:"open', 'openQuote', '"open', null],
  ])('%s', (text, reason, word, suggestion) => {
    const whole = `before ${text}`;
    const { terms, faults } = parsed(whole);
    expect(faults).toMatchObject([{ reason, suggestion }]);
    const [fault] = faults;
    expect(whole.slice(fault?.range.from, fault?.range.to)).toBe(word);
    expect(terms[0]?.condition).toEqual({ kind: 'word', text: 'before' });
    // What is still being written is looked for as far as it goes; what is wrong is not looked for.
    expect(terms).toHaveLength(reason === 'openQuote' ? 2 : 1);
  });

  test('more texts than are looked for at once: the rest is left out, and said', () => {
    const whole = Array.from({ length: 10 }, (_, n) => `text:t${String(n)}`).join(' ');
    const { terms, faults } = parsed(`before ${whole} -text:no`);
    expect(terms).toHaveLength(1 + mostTexts);
    expect(faults.map(({ reason, word }) => [reason, word])).toEqual([
      ['tooManyTexts', 't8'],
      ['tooManyTexts', 't9'],
      ['tooManyTexts', 'no'],
    ]);
  });

  test('any text is read without throwing, and ranges lie in it', () => {
    const signs = [
      '"',
      ':',
      '-',
      ' ',
      'a',
      '提',
      '>',
      '.',
      '..',
      '\\',
      'status',
      'time',
      '5s',
      '：',
      '“',
      '\ud800',
    ];
    let seed = 7;
    for (let round = 0; round < 5_000; round++) {
      let text = '';
      for (let part = 0; part < 8; part++) {
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
        text += signs[seed % signs.length] ?? '';
      }
      const { terms, faults } = parsed(text);
      for (const { range } of [...terms, ...faults]) {
        expect(range.from >= 0 && range.from < range.to && range.to <= text.length, text).toBe(
          true,
        );
      }
    }
  });
});

function within(text: string) {
  const condition: Condition | undefined = parsed(text).terms[0]?.condition;
  if (condition === undefined || !('within' in condition)) throw new Error(`${text}: no interval`);
  return condition.within;
}
