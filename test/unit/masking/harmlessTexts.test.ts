import { describe, expect, it } from 'vitest';

import { createRedactor } from '../../../src/masking/redact.ts';
import { createHarmlessTexts } from '../../../src/masking/harmlessTexts.ts';
import { createRedactionRules } from '../../../src/masking/createRedactionRules.ts';

describe('texts in which nothing was masked', () => {
  it('are remembered by one set of rules alone', () => {
    const usual = createRedactionRules();
    const more = createRedactionRules({ patterns: [], names: ['employee'] });
    const text = 'employee=E-2291-XY';
    expect(createRedactor([], usual).text(text)).toBe(text);
    expect(usual.harmless.has(text)).toBe(true);
    expect(createRedactor([], more).text(text)).not.toBe(text);
  });

  it('are masked all the same where they hold a known secret or meet a pattern', () => {
    const rules = createRedactionRules({ patterns: ['order-\\d+'], names: [] });
    const text = 'see order-5511 by hunter2hunter2';
    const first = createRedactor([], rules).text(text);
    const again = createRedactor([], rules).text(text);
    expect(first).not.toContain('order-5511');
    expect(again).toBe(first);
    expect(createRedactor(['hunter2hunter2'], rules).text(text)).not.toContain('hunter2hunter2');
  });

  it('hold no text with a secret', () => {
    const rules = createRedactionRules();
    const text = 'password=hunter2hunter2';
    createRedactor([], rules).text(text);
    expect(rules.harmless.has(text)).toBe(false);
  });

  it('are short and not many', () => {
    const texts = createHarmlessTexts();
    const long = 'x'.repeat(257);
    texts.add(long);
    expect(texts.has(long)).toBe(false);
    texts.add('the first');
    for (let index = 1; index < 4_000; index++) texts.add(`text ${String(index)}`);
    expect(texts.has('the first')).toBe(true);
    texts.add('one more');
    expect(texts.has('the first')).toBe(false);
    expect(texts.has('one more')).toBe(true);
  });
});
