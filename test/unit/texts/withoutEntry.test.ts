import { expect, test } from 'vitest';
import type { TreeRow } from '../../../src/protocol/tree.ts';
import { rowStatusText } from '../../../src/texts/treeRowTexts.ts';
import { withoutEntry } from '../../../src/texts/withoutEntry.ts';
import { createTranslate } from '../../../webview/l10n.ts';
import { row } from '../../webview/treeRows.ts';

const t = createTranslate(null);

test.each<[Partial<TreeRow>, string]>([
  [{ inferred: true, status: 'failed' }, 'Most likely failed, no entry'],
  [{ inferred: true, status: 'recovered' }, 'Failed, and the flow went on; no entry'],
  [{ inferred: true, status: 'cancelled' }, 'Most likely cut off, no entry'],
])('%j says so in the tree, and each for a reason of its own', (parts, words) => {
  expect(rowStatusText(row('a', parts), t)).toBe(words);
  const others = (['failed', 'recovered', 'cancelled'] as const).filter((s) => s !== parts.status);
  const { what } = withoutEntry(row('a', parts));
  for (const status of others) {
    expect(withoutEntry(row('a', { inferred: true, status })).what).not.toBe(what);
  }
});

test.each<[TreeRow['whyNotRun'], string, RegExp]>([
  ['branch', 'Did not run: another branch was taken', /^Another branch/],
  ['ended', 'Did not run: the execution ended before', /^The execution ended/],
  ['notYet', 'Not run yet', /^The execution is still running/],
])('a step that has not run says why: %s', (whyNotRun, words, why) => {
  const notRun = row('a', { status: 'notRun', ...(whyNotRun && { whyNotRun }) });
  expect(rowStatusText(notRun, t)).toBe(words);
  expect(withoutEntry(notRun).why[0]).toMatch(why);
});

test('a step that did not run is none of these', () => {
  const notRun = withoutEntry(row('a', { inferred: false, status: 'notRun' }));
  const container = withoutEntry(row('a', { inferred: true, status: 'failed', expanded: true }));
  expect(notRun.what).not.toBe(container.what);
  expect(withoutEntry(row('a', { inferred: true, status: 'succeeded' }))).toBe(container);
});
