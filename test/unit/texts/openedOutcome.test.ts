import { expect, test } from 'vitest';
import type { Finding } from '../../../src/diagnosis/finding.ts';
import type { FailingNode, Outcome } from '../../../src/trace/execution.ts';
import { openedOutcome, openedPresentation } from '../../../src/texts/openedOutcome.ts';
import { aSummary } from '../../support/builders.ts';
import { createTranslate } from '../../../webview/l10n.ts';

const t = createTranslate(null);
const itemsFailed = { failedItems: { total: 3, failed: 1, items: [1] } } as unknown as Finding;
const other = { cause: 'retried' } as Finding;

const failing: FailingNode = {
  ...{ nodeId: 'rpa::1', runKey: '1', name: '录入', inferred: false, afterNodeId: null },
};

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

test.each<[FailingNode | null, string]>([
  [null, 'Failed'],
  [{ ...failing, name: '', inferred: true }, 'Failed at a step without an entry'],
  [{ ...failing, inferred: true }, 'Failed, most likely at “录入”'],
  [failing, 'Failed at “录入”'],
])('a failed one says where: %#', (node, words) => {
  const opened = { summary: aSummary({ outcome: 'failed' }), failing: node, findings: [] };
  expect(openedOutcome(opened, t)).toBe(words);
});
