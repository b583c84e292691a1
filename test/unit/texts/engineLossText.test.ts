import { expect, test } from 'vitest';

import type { EngineLoss } from '../../../src/protocol/engineLoss.ts';
import { engineLossSetting, engineLossText } from '../../../src/texts/engineLossText.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';

const comesBack = 'It is started again; what you see stays.';
const isGivenUp = 'That happened 6 times in a row, so it is not started again by itself.';

test.each<[EngineLoss['cause'], string, string, string | null]>([
  [
    'memory',
    'The trace engine ran out of memory.',
    'Allow it more memory in the settings, or read fewer records.',
    'rpaTrace.engine.maxHeapMegabytes',
  ],
  [
    'notLoaded',
    'The trace engine could not be loaded.',
    'If starting it again doesn’t help, install RPA Trace again.',
    null,
  ],
  ['exit', 'The trace engine ended by itself (exit code 3).', 'The log has the details.', null],
  ['fault', 'The trace engine stopped because of an error.', 'The log has the details.', null],
])('%s: what happened, what becomes of it, and what helps', (cause, what, advice, setting) => {
  const loss = { cause, detail: 'exit code 3', deaths: 6 };
  const text = (back: boolean) => engineLossText({ ...loss, comesBack: back }, plainEnglish);
  expect(text(true)).toBe(`${what} ${comesBack}`);
  expect(text(false)).toBe(`${what} ${isGivenUp} ${advice}`);
  expect(engineLossSetting({ ...loss, comesBack: false })).toBe(setting);
});
