import { describe, expect, it } from 'vitest';

import { statusOf } from '../../../src/trace/treeRowNodes.ts';

describe('statusOf', () => {
  it.each([
    ['succeeded', 'succeeded'],
    ['unreported', 'succeeded'],
    ['failed', 'failed'],
    ['cancelled', 'cancelled'],
    ['running', 'running'],
    ['stalled', 'stalled'],
  ] as const)('%s is shown as %s', (outcome, status) => {
    expect(statusOf(outcome)).toBe(status);
  });
});
