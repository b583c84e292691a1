import { expect, test } from 'vitest';
import type { Finding } from '../../../src/diagnosis/finding.ts';
import type { Outcome } from '../../../src/trace/execution.ts';
import { openedOutcome, openedPresentation } from '../../../src/view/openedOutcome.ts';
import { aSummary } from '../../support/builders.ts';
import { createTranslate } from '../../../webview/l10n.ts';

const t = createTranslate(null);
const itemsFailed = { failedItems: { total: 3, failed: 1, items: [1] } } as unknown as Finding;
const other = { cause: 'retried' } as Finding;

test.each<[Outcome, readonly Finding[], string, string]>([
  ['succeeded', [], 'pass', 'Succeeded'],
  ['succeeded', [other], 'pass', 'Succeeded'],
  ['succeeded', [other, itemsFailed], 'warning', 'Succeeded, 1 of 3 items failed'],
  ['failed', [itemsFailed], 'error', 'Failed'],
  ['running', [itemsFailed], 'loading', 'Running'],
])('%s with findings %#', (outcome, findings, icon, words) => {
  const opened = { summary: aSummary({ outcome }), failing: null, findings };
  expect(openedPresentation(opened).icon).toBe(icon);
  expect(openedOutcome(opened, t)).toBe(words);
});
