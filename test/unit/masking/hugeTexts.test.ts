import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

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
  // Not the texts themselves: what they differ in would take minutes to print.
  expect([masked.content.length, masked.content.slice(0, 100)]).toEqual([
    text.length,
    text.slice(0, 100),
  ]);
  expect(masked.content === text).toBe(true);
  expect(masked.note).not.toContain(secret);
  expect(collectSecrets(JSON.stringify(value), usualRules.names)).toEqual([secret]);
});

test('a secret of 16 MB is hidden, whatever it takes', () => {
  for (const text of [`Authorization: Bearer ${file}`, `password=${file}`, `token: "${file}"`]) {
    expect(redactor.text(text)).not.toContain(file.slice(-1_000, -900));
  }
});

test('a text that names secrets half a million times and more is hidden, and not judged for a minute', () => {
  const names = (count: number) => 'pass '.repeat(count);
  const few = names(1_000);
  expect(redactor.text(few)).toBe(few);
  expect(redactor.text(names(500_100))).toBe('••••(not checked)');
});

test('where looking for secrets has no room no sentence is shown', () => {
  const knowing = createKnowingRedactor(() => {
    throw new RangeError('Maximum call stack size exceeded');
  }, usualRules);
  expect(knowing.text('The password of bob is wrong.')).toBe('••••(not checked)');
});

test('there is room as well where V8 optimizes no expression, as in a process that has many', async () => {
  const module = (name: string) => new URL(`../../../src/masking/${name}`, import.meta.url).href;
  const code = `
    const { findBase64Text } = await import('${module('base64Text.ts')}');
    const { inOneGo } = await import('${module('../base/steps.ts')}');
    const { createRedactor } = await import('${module('redact.ts')}');
    const { createRedactionRules } = await import('${module('createRedactionRules.ts')}');
    const redactor = createRedactor([], createRedactionRules());
    const encoded = Buffer.from('a=b '.repeat(5_000_000)).toString('base64');
    const digits = '1'.repeat(20_000_000);
    const count = (text) => inOneGo(findBase64Text(text)).length;
    console.log(count('deadbeef'.repeat(2_500_000)), count(encoded), redactor.text(digits) === digits);
  `;
  const args = ['--no-regexp-optimization', '--experimental-strip-types', '--input-type=module'];
  const { stdout } = await promisify(execFile)(process.execPath, [...args, '--eval', code]);
  expect(stdout.trim()).toBe('0 1 true');
});
