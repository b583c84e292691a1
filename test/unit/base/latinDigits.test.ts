import { expect, test } from 'vitest';
import { latinDigits } from '../../../src/base/latinDigits.ts';

test.each(['ar-EG', 'fa', 'th-u-nu-thai', 'hi-u-nu-deva', 'bn', 'my', 'en'])(
  'the digits of %s are read',
  (language) => {
    const written = new Intl.NumberFormat(language, { useGrouping: false }).format(9_876_543_210);
    expect(latinDigits(`x ${written}`)).toBe('x 9876543210');
  },
);

test('digits that stand right behind those of others are read', () => {
  expect(latinDigits('𝟎𝟗 𝟘𝟙𝟡 𝟢𝟫')).toBe('09 019 09');
});
