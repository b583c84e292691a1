import { describe, expect, test } from 'vitest';
import { payloadTexts } from '../../../src/answers/payloadTexts.ts';
import { holdFrames, RawNeedle } from '../../../src/decode/bytes/rawNeedle.ts';
import { recordFixtures, recordsOf, recordWith } from '../../support/fixtures.ts';
import { usualRules } from '../../support/usualRules.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const mayHold = (value: Uint8Array, text: string) => new RawNeedle(text).mayHold(value);

test.each<[boolean, string, string]>([
  [true, 'INV-20391', '{"a":"INV-20391"}'],
  [false, 'INV-20392', '{"a":"INV-20391"}'],
  [true, 'Äpfel', '{"a":"Äpfel"}'],
  [false, 'Äpfel', '{"a":"Birnen"}'],
  [false, '提取', '{"a":"b"}'],
  [true, '提取', '{"a":"x提取"}'],
  [true, '提取', String.raw`{"a":"\u63d0\u53D6"}`],
  [true, '提取2', String.raw`{"a":"{\"b\":\"\\u63d0\\u53d62\"}"}`],
  [false, '提取', String.raw`{"a":"\u63d0\u63d0"}`],
  [true, '票😀', String.raw`{"a":"\u7968\ud83d\ude00"}`],
  [true, 'émile', '{"a":"ÉMILE"}'],
  [true, 'émile', String.raw`{"a":"\u00c9mile"}`],
  [true, 'say "so"', String.raw`{"a":"say \"so\""}`],
  [true, 'say "so"', String.raw`{"a":"{\"b\":\"say \\\"so\\\"\"}"}`],
  [true, 'c:\\temp', String.raw`{"a":"C:\\Temp"}`],
  [true, 'a\nb', String.raw`{"a":"a\nb"}`],
  [true, 'a/b', String.raw`{"a":"a\/b"}`],
  [true, 'x&y', String.raw`{"a":"x\u0026y"}`],
  [false, 'xy', String.raw`{"a":"x\u0026y"}`],
  [false, 'a.b', '{"a":"axb"}'],
  [true, '2.50', '{"a":2.50}'],
  [false, '251', '{"a":2.50}'],
  [true, '0.5', `{"a":"{'b': .5}"}`],
  // What can't be told from the bytes has to be decoded.
  [true, '••••c3f1', '{"a":"b"}'],
  [true, 'green text', String.raw`{"a":"green\u001b[0m text"}`],
  [false, 'hello', String.raw`{"a":"{\"choices\":[{\"delta\":{\"content\":\"hel\"}}]}"}`],
  [true, '', '{}'],
  [false, `${'x'.repeat(199)}😀`, '{"a":"b"}'],
  [true, '1000', '{"a":1e3}'],
  [true, '1e+21', '{"a":1000000000000000000000}'],
  [true, 'null', `{"a":"{'b': None}"}`],
  [true, 'cancel', String.raw`{"a":"\u0063ancel"}`],
  [true, 'cancel', String.raw`{"a":"{'b': '\\x63ancel'}"}`],
  [true, 'cancel', String.raw`{"a":"{'b': '\\143ancel'}"}`],
  [true, 'cancel', `{"a":"${btoa('{"b":"cancelled by nobody"}')}"}`],
  [true, 'kalk', '{"a":"\u212aal\u212a"}'],
])('%s: %s in %s', (expected, text, raw) => {
  expect(mayHold(bytes(raw), text.toLowerCase())).toBe(expected);
});

test.each<[boolean, string]>([
  [true, String.raw`{"logs":["{\"message\":\"{\\\"choices\\\":[]}\"}"]}`],
  [true, String.raw`{"logs":["{\"message\":\"{\\\"type\\\": \\\"content_block_delta\\\"}\"}"]}`],
  [false, '{"choices":[{"type":"response.x"}]}'],
])('%s: frames in %s', (expected, raw) => {
  expect(holdFrames(bytes(raw))).toBe(expected);
});

describe('nothing that is shown is excluded', () => {
  const readable = recordFixtures()
    .filter((name) => !name.startsWith('34'))
    .flatMap((name) =>
      recordsOf(name).map((record, index) => ({ name: `${name} ${String(index)}`, record })),
    );

  test.each(readable)('$name', ({ name, record }) => {
    const { value } = record;
    if (value === null || name.includes('link')) return;
    const excluded = [...new Set(payloadTexts(record, usualRules))]
      .flatMap((shown) => (shown === null ? [] : [shown, ...shown.split(/[^\p{L}\d]+/u)]))
      .filter((text) => text !== '' && !mayHold(value, text.toLowerCase()));
    expect(excluded).toEqual([]);
  });
});

test('most records without the text are excluded', () => {
  const records = recordFixtures().flatMap((name) => recordsOf(name));
  const left = records.filter(
    ({ value }) => value !== null && mayHold(value, 'nowhere-to-be-seen'),
  );
  expect(left.length / records.length).toBeLessThan(0.2);
});

test('texts of any depth are told without recursion', () => {
  const deep = `${'['.repeat(5_000)}"needle"${']'.repeat(5_000)}`;
  const record = recordWith(
    `{"sid":"s","sub":"x","status":{"code":0},"question":"q","odd":${deep}}`,
  );
  expect(() => [...payloadTexts(record, usualRules)]).not.toThrow();
});
