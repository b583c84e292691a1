import { expect, test } from 'vitest';

import { inOneGo } from '../../../src/base/steps.ts';
import { findBase64Text } from '../../../src/masking/base64Text.ts';
import { hintsIn, hintsInSteps } from '../../../src/masking/namedSecrets.ts';
import { createNameJudge } from '../../../src/masking/secretNames.ts';
import { recordFixtures, recordsOf } from '../../support/fixtures.ts';

const names = createNameJudge();
const base64In = (text: string) => inOneGo(findBase64Text(text));

test.each([
  ['counts of an entry', '"usage":{"question_tokens":"0","prompt_tokens":12,"total_tokens": 640}'],
  ['counts in JSON in JSON', String.raw`"usage":"{\"prompt_tokens\":\"12\"}"`],
  ['when the first came', String.raw`"stream_node_first_token":"{\"_value\": \"False\"}"`],
])('what each entry has is no hint of a secret: %s', (_, text) => {
  expect(hintsIn(text, names)).toEqual([]);
});

test.each([
  ['a text where a count would be', '"prompt_tokens":"Xk29fLq8Zt7w"'],
  ['a number that goes on as a text', '"total_tokens":"12ab-Xk29fLq8Zt7w"'],
  ['a number as long as a secret', '"total_tokens":"1234567890123456"'],
  ['the title of a column', '[["total_tokens","x"],["Xk29fLq8Zt7w","y"]]'],
  ['a token', '"access_token":"12"'],
  ['a list of them', '"refresh_tokens":["12"]'],
  ['a name without quotes', 'first_token: Xk29fLq8Zt7w'],
])('what may hold one is: %s', (_, text) => {
  expect(hintsIn(text, names)).not.toEqual([]);
});

test('nor is a count passed whose name the reader asked to be masked', () => {
  const asked = createNameJudge(['prompt_tokens']);
  expect(hintsIn('"prompt_tokens":"12"', asked)).not.toEqual([]);
});

test('ids are not read as base64, and text in it is', () => {
  const text = Buffer.from('{"password":"abc"}').toString('base64');
  const ids = 'd212733636e6475ea0b4b71ab6fbaa1b f36f0b71-87ee-475e-93ba-f1607f0ce783';
  expect(base64In(`${ids} ${text}`)).toEqual(['{"password":"abc"}']);
});

const lines = Buffer.from('{"user":"bob","password":"Wn7kq2zRt5","host":"erp.example"}')
  .toString('base64')
  .match(/.{1,32}/g);

test.each(['\n', '\r\n', String.raw`\n`, String.raw`\r\n`, String.raw`\\r\\n`, '\n  '])(
  'base64 in lines is found whatever ends them: %j',
  (lineEnd) => {
    expect(base64In(`x ${lines?.join(lineEnd) ?? ''} y`)).toContain(
      '{"user":"bob","password":"Wn7kq2zRt5","host":"erp.example"}',
    );
  },
);

test.each(recordFixtures())('in steps the same hints are found, wherever these end: %s', (name) => {
  for (const { value } of recordsOf(name).slice(0, 3)) {
    const text = new TextDecoder().decode(value ?? undefined).slice(0, 20_000);
    const hints = hintsIn(text, names);
    for (const perStep of [1, 2, 7, 100, 4_001])
      expect(inOneGo(hintsInSteps(text, names, perStep))).toEqual(hints);
  }
});
