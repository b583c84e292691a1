import { expect, test } from 'vitest';

import { collectSecrets } from '../../../src/masking/knownSecrets.ts';
import { createKnowingRedactor, createRedactor } from '../../../src/masking/redact.ts';
import { usualRules } from '../../support/usualRules.ts';

/** Files and pictures that stand in a record: V8 has no room for an expression over all of it in one go. */
const bytes = 12_000_000;
const file = Buffer.from(
  Uint8Array.from({ length: bytes }, (_, index) => (index * 7919 + (index >> 8)) & 255),
).toString('base64');
const secret = 'Wn7!kq2zRt5-x';
const redactor = createRedactor([], usualRules);

const texts: readonly [string, string][] = [
  ['base64', file],
  ['base64 in lines', file.replace(/.{76}/g, '$&\n')],
  ['base64 in lines of JSON', file.replace(/.{76}/g, String.raw`$&\r\n`)],
  ['letters', 'a'.repeat(file.length)],
];

test.each(texts)('%s of 16 MB hides no more than secrets', (_, text) => {
  const value = { content: text, note: `password: ${secret}` };
  const masked = redactor.named('file', value) as typeof value;
  expect(masked.content === text).toBe(true);
  expect(masked.note).not.toContain(secret);
  expect(collectSecrets(JSON.stringify(value), usualRules.names)).toEqual([secret]);
});

test('a secret of 16 MB is hidden, whatever it takes', () => {
  for (const text of [`Authorization: Bearer ${file}`, `password=${file}`, `token: "${file}"`]) {
    expect(redactor.text(text)).not.toContain(file.slice(-1_000, -900));
  }
});

test('where looking for secrets has no room no sentence is shown', () => {
  const knowing = createKnowingRedactor(() => {
    throw new RangeError('Maximum call stack size exceeded');
  }, usualRules);
  expect(knowing.text('The password of bob is wrong.')).toBe('••••(not checked)');
});
