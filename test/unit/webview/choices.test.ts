import { describe, expect, test } from 'vitest';
import { firstChoices, readChoices } from '../../../webview/choices.ts';

const own = { fromMs: 1_000, toMs: 2_000 };

describe('what was chosen for numbers comes back after a reload', () => {
  test.each([
    [{ range: 'week' }, { range: 'week' }],
    [
      { range: 'own', own },
      { range: 'own', own },
    ],
    [{ range: 'own', own: { fromMs: 2_000, toMs: 2_000 } }, { range: '' }],
    [{ range: 'own' }, { range: '' }],
    [
      { range: 'own', own: { fromMs: 'x' } },
      { range: '', own: firstChoices.own },
    ],
    [{ range: 'century' }, { range: '' }],
    [{ only: { flow: 'f', service: '' } }, { only: { flow: 'f', service: '' } }],
    [{ only: { flow: '', service: 'rpa' } }, { only: { flow: '', service: 'rpa' } }],
    [{ only: { flow: '', service: 'constructor' } }, { only: firstChoices.only }],
    [{ only: 'rpa' }, { only: firstChoices.only }],
  ])('%j', (saved, expected) => {
    expect(readChoices(saved, null)).toMatchObject(expected);
  });
});
