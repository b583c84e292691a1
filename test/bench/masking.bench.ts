/** Masking texts that are made to be slow, in the engine and in a robot; and the end of a pattern that never would. */
import { createRedactor } from '../../src/masking/redact.ts';
import { linearPattern } from '../../src/masking/linearPattern.ts';
import { createUserPatterns } from '../../src/masking/userPatterns.ts';
import { createMask } from '../../src/telemetry/mask.ts';
import { hostileTexts } from '../support/hostileTexts.ts';
import { reportGrowth, timeOf } from './growth.ts';
import { heading, report } from './report.ts';
import { usualRules } from '../support/usualRules.ts';

const length = 250_000;

heading('Masking 500 KB of a record');
const redactor = createRedactor([], usualRules);
for (const text of hostileTexts) {
  reportGrowth(text.name, length, (size) => {
    const value = text.ofLength(size);
    return () => redactor.text(value);
  });
}

heading('Masking 500 KB before a robot sends them');
const mask = createMask();
for (const text of hostileTexts) {
  reportGrowth(text.name, length, (size) => {
    const value = text.ofLength(size);
    return () => mask.text(value);
  });
}

heading('A pattern of the reader that would take minutes');
report('until another way is taken', timeOf(maskWithSlowPattern, 1), 'ms', { atMost: 1_000 });

function maskWithSlowPattern(): string {
  const patterns = createUserPatterns([`${'\\w*'.repeat(8)}=`], () => undefined, linearPattern);
  return patterns.guard(() => patterns.mask('a'.repeat(3_000)));
}
