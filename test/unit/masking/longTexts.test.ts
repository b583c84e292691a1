import { describe, expect, it } from 'vitest';

import { collectSecrets } from '../../../src/masking/knownSecrets.ts';
import { createRedactor } from '../../../src/masking/redact.ts';
import { hostileTexts } from '../../support/hostileTexts.ts';
import { usualRules } from '../../support/usualRules.ts';

const redactor = createRedactor([], usualRules);

describe('long texts', () => {
  const mb = 1_000_000;
  it.each(hostileTexts)('of $name are masked to their end', ({ ofLength }) => {
    // An expression that goes back over them takes minutes, which no test has.
    const masked = redactor.text(`${ofLength(mb)}\nphone_number: 13800001234`);
    expect(masked).toContain('••••');
    expect(masked.includes('13800001234')).toBe(false);
  });

  it('of 12 MB in JSON are masked', () => {
    // An expression over it would exhaust its stack.
    const long = 'x '.repeat(6 * mb);
    const json = (secret: string) => JSON.stringify({ a: `\n${long}`, b: `pwd: ${secret}` });
    expect(redactor.text(json('hunter22')) === json('••••')).toBe(true);
  });

  it('of 150,000 texts in base64 within another are looked through', () => {
    // They would be more than a call has room for.
    const inBase64 = (text: string) => Buffer.from(text).toString('base64');
    const each = Array.from({ length: 150_000 }, (_, at) => inBase64(`a=${String(at)}: 1234567`));
    const text = inBase64(`pwd=hunter22secret; list: ${each.join(' ')}`);
    expect(collectSecrets(`x ${text} y`, usualRules.names)).toContain('hunter22secret');
  });
});
