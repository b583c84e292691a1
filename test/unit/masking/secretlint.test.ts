import { readFileSync } from 'node:fs';
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { describe, expect, it } from 'vitest';

import { decodeRecord } from '../../../src/decode/decodeRecord.ts';
import { maskedRecordText } from '../../../src/decode/maskedRecord.ts';
import { createRedactor } from '../../../src/masking/redact.ts';
import { maskMark } from '../../../src/masking/maskSecret.ts';
import { createRedactionRules } from '../../../src/masking/createRedactionRules.ts';
import { recordFixtures, recordsOf } from '../../support/fixtures.ts';
import { plantedCases } from '../../support/secretCorpus.ts';

/** What somebody else's rules find: a second opinion on what is a secret. */
async function found(content: string): Promise<string[]> {
  const id = '@secretlint/secretlint-rule-preset-recommend';
  const { messages } = await lintSource({
    source: { content, filePath: '/shown.txt', ext: '.txt', contentType: 'text' },
    options: { config: { rules: [{ id, rule: creator, options: {} }] } },
  });
  // An address with a mask in it still looks like one with a password.
  return messages
    .map(({ range: [start, end] }) => content.slice(start, end))
    .filter((part) => !part.includes(maskMark));
}

const rules = createRedactionRules();
const redactor = createRedactor([], rules);
const word = 'aB3dE6gH9jK2mN5pQ8sTuVwXyZ1234567890cDfGhJkLmNpQrStUvWxYz';
const some = (length: number) => word.slice(0, length);
/** Made up, in pieces: as a whole each looks like a key to whoever looks through this file. */
const keys = [
  ...[['ghp', some(36)].join('_'), ['glpat', some(20)].join('-'), ['npm', some(36)].join('_')],
  ...[['AKIA', 'Q3EGRTYUIOPLKJHG'].join(''), ['xoxb', '123456789012', some(24)].join('-')],
  ...[
    ['sk', 'ant', 'api03', `${word}${some(38)}AA`].join('-'),
    ['SG', some(22), some(43)].join('.'),
  ],
  ...[['shpat', '0123456789abcdef0123456789abcdef'].join('_'), ['lin', 'api', some(40)].join('_')],
  ...['postgres', 'mysql', 'mongodb'].map((kind) =>
    [kind, '://u:', some(9), '@h.example/d'].join(''),
  ),
  ...[['https://u:', some(9), '@h.example/'].join('')],
  ['-----BEGIN RSA PRIVATE', ` KEY-----\n${word}\n-----END RSA PRIVATE`, ' KEY-----'].join(''),
];

describe('the recommended rules of secretlint', () => {
  it('find keys as they are, and none that is masked', async () => {
    const before = await Promise.all(keys.map((key) => found(`call with ${key} failed`)));
    expect(before.filter(({ length }) => length > 0).length).toBeGreaterThanOrEqual(6);
    const after = keys.map((key) => redactor.text(`call with ${key} failed`));
    expect((await Promise.all(after.map(found))).flat()).toEqual([]);
  });

  it('find nothing in the masked fixtures', async () => {
    const records = recordFixtures()
      .flatMap(recordsOf)
      .filter((record) => decodeRecord(record, rules).ok)
      .map((record) => maskedRecordText(record, rules));
    expect((await Promise.all(records.map(found))).flat()).toEqual([]);
  });

  it('find nothing in masked notations', async () => {
    const file = new URL('../../fixtures/secrets/notations.json', import.meta.url);
    const notations = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    const planted = plantedCases().map(({ value }) =>
      typeof value === 'string' ? value : JSON.stringify(value),
    );
    const masked = [...Object.values(notations), ...planted].map((text) => redactor.text(text));
    expect((await Promise.all(masked.map(found))).flat()).toEqual([]);
  });
});
