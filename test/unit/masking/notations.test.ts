import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { collectSecrets } from '../../../src/masking/knownSecrets.ts';
import { createRedactor } from '../../../src/masking/redact.ts';
import { usualRules } from '../../support/usualRules.ts';

/** One secret in every notation that we thought of; its name is what the case is called. */
const file = new URL('../../fixtures/secrets/notations.json', import.meta.url);
const notations = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
const planted =
  /Zq7Kd93h|KD93HT|0123456789abcdef0123|13800001234|S3cretPw|839201|\b1234\b|abc123|5a71374b6439/i;
const redactor = createRedactor([], usualRules);

/** A text and all that stands in base64 in it. */
function withDecoded(text: string): string {
  const unbroken = text.replace(/(?:\\r|\\n|\r|\n) */g, '');
  const parts = [text, unbroken].flatMap((form) => form.match(/[\w+/-]{12,}=*/g) ?? []);
  const inner = parts.map((part) => Buffer.from(part, 'base64').toString('utf8'));
  const again = inner.flatMap((part) => part.match(/[\w+/-]{12,}=*/g) ?? []);
  return [
    text,
    text.normalize('NFKC'),
    ...inner,
    ...again.map((part) => Buffer.from(part, 'base64').toString()),
  ].join(' ');
}

describe('a secret', () => {
  it.each(notations)('written as %s is masked, and stays so', (_name, text) => {
    expect(withDecoded(text)).toMatch(planted);
    const masked = redactor.text(text);
    expect(withDecoded(masked)).not.toMatch(planted);
    expect(redactor.text(masked)).toBe(masked);
  });

  it.each(notations)('written as %s is masked in the middle of other text', (_name, text) => {
    const around = redactor.text(`order SO-1001\n${text}\nINV-20391`);
    expect(withDecoded(around)).not.toMatch(planted);
    expect(around).toContain('order SO-1001');
    expect(around).toContain('INV-20391');
  });

  it.each(notations)('written as %s is masked in JSON in JSON', (_name, text) => {
    const twice = JSON.stringify({ body: JSON.stringify({ note: text }) });
    // Escaped line ends are seen as such by few of the notations; what is parsed is masked part by part.
    if (text.includes('\n')) return;
    expect(withDecoded(redactor.text(twice))).not.toMatch(planted);
    expect(JSON.parse(redactor.text(twice))).toHaveProperty('body');
  });
});

describe('an echo', () => {
  it('of a secret is found from any notation that names it', () => {
    const record = JSON.stringify({ data: { config: { password: 'Zq7Kd93hTTx1' } } });
    const known = createRedactor(collectSecrets(record, usualRules.names), usualRules);
    expect(known.text('login failed for bob/Zq7Kd93hTTx1')).toBe('login failed for bob/••••TTx1');
  });
});
