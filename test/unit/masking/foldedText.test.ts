import { describe, expect, it } from 'vitest';

import { foldText } from '../../../src/masking/foldedText.ts';
import { createRandom } from '../../../src/sources/sample/random.ts';

/** What is longer is looked at in another way first. */
const long = 'a plain word of '.repeat(100);
const signs = [
  ...['\\', 'u0070', 'x70', '%', '70', '%70', '&', '&#112;', '&amp;', '<', '<b>', '</b>'],
  ...['*', '**', '~~', '[', '0', '1m', '[31m', '[/b]', '[b]', '=', '=3D', '=3d', '\x1b', '\x1b[0m'],
  ...['pass', 'word', ' ', 'ｐ', 'р', 'é', '密', '\u200b', '\x9b', '\ud800', '"', '\n'],
];

describe('a text', () => {
  it.each(signs.map((sign) => [JSON.stringify(sign), sign]))(
    'with %s has its normal form, however long it is',
    (_, sign) => {
      const short = foldText(`pa${sign}ss`);
      const behind = foldText(`${long}pa${sign}ss`);
      expect([behind.text, behind.isFolded]).toEqual([long + short.text, short.isFolded]);
    },
  );

  it('of any signs has its normal form, however long it is', () => {
    const random = createRandom(7);
    for (let n = 0; n < 2_000; n++) {
      const text = Array.from({ length: random.int(1, 8) }, () => random.pick(signs)).join('');
      const short = foldText(` ${text} `);
      expect(foldText(`${long} ${text} `).text, JSON.stringify(text)).toBe(long + short.text);
    }
  });
});
