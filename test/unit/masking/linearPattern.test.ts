import { describe, expect, it } from 'vitest';

import { linearPattern } from '../../../src/masking/linearPattern.ts';

const hide = (found: string) => `<${found}>`;

/** Every sign that may be told apart by a class, and some words. */
const signs = Array.from({ length: 0xffff }, (_, code) => code)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCharCode(code))
  .join('');
const words =
  'order EMP-123456 of bob@example.com, IBAN DE44 5001 0517 5407 3249 3100\r\nat 10.0.0.12:80 ' +
  'f(x [a] {b} "c" = 客户1024 来电\u3000foo bar-baz aaab \u00a0 KEY key\u2028end/x';

describe('a pattern as an automaton', () => {
  it.each([
    ...[/EMP-\d{6}/g, /emp-\d+/gi, /(?:\d{1,3}\.){3}\d{1,3}/g, /\b[A-Z]{2}\d{2}(?: \d{4}){5}\b/g],
    ...[/[\w.+-]+@[\w.-]+\.\w+/g, /客户\d+/g, /\s/g, /\S/g, /[\s,]/g, /[^\s,]/g, /[\S]/g, /[^\S]/g],
    ...[/./g, /./gs, /a.b/g, /\w+/g, /[^\w]/g, /\D/g, /[[a]/g, /[\]a]/g, /[a\-z]/g, /\//g, /[/]/g],
    ...[/(?<n>a+)b/g, /(?<=EMP-)\d+/g, /(?<!\d)\d{4}/g, /x|foo|bar/g, /a*?b/g, /\u5ba2/g],
    ...[/\x41/g, /\p{L}+/gu, /\u{1f600}/gu, /[.]/g, /\./g, /[^]/g, /\bend\b/g, /(a+)+b/g, /$/g],
  ])('%s finds the same', (expression) => {
    const replace = linearPattern(expression);
    // Without the flag `u` one reads a pair of surrogates as two, the other as one; both hide it.
    const texts = [words, signs, '', 'a', ...(expression.unicode ? ['\u{1f600}: ok'] : [])];
    for (const text of texts) {
      expect(replace?.(text, hide)).toBe(text.replace(expression, hide));
    }
  });

  it.each([
    ...[/(a)\1/g, /(?<x>a)\k<x>/g, /a(?=b)/g, /a(?!b)/g, /^a$/gm, /\Aa/g, /a\z/g, /\Qa\E/g],
    ...[/\pL/g, /[\w-x]/g, /[a-\d]/g, new RegExp('\\u{61}', 'g'), /[\ud800-\udbff]/g, /a{2000}/g],
  ])('%s has none', (expression) => {
    expect(linearPattern(expression)).toBeUndefined();
  });

  it('takes no longer for a text that another way of reading would never end with', () => {
    const replace = linearPattern(/(\w+\s?)+:/g);
    expect(replace?.(`${'a'.repeat(50_000)} b: c`, hide)).toBe(`<${'a'.repeat(50_000)} b:> c`);
  });
});
