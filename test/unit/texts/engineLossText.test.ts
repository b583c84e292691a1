import { expect, test } from 'vitest';

import type { EngineLoss } from '../../../src/protocol/engineLoss.ts';
import { engineLossSetting, engineLossText } from '../../../src/texts/engineLossText.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';

const comesBack = 'It is being restarted; what you see stays.';
const isGivenUp = 'This happened 6 times in a row, so it isn’t restarted automatically.';

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
    'If restarting it doesn’t help, reinstall RPA Trace.',
    null,
  ],
  ['exit', 'The trace engine exited unexpectedly (exit code 3).', 'See the log for details.', null],
  ['fault', 'The trace engine stopped because of an error.', 'See the log for details.', null],
])('%s: what happened, what becomes of it, and what helps', (cause, what, advice, setting) => {
  const loss = { cause, detail: 'exit code 3', deaths: 6 };
  const text = (back: boolean) => engineLossText({ ...loss, comesBack: back }, plainEnglish);
  expect(text(true)).toBe(`${what} ${comesBack}`);
  expect(text(false)).toBe(`${what} ${isGivenUp} ${advice}`);
  expect(engineLossSetting({ ...loss, comesBack: false })).toBe(setting);
});
