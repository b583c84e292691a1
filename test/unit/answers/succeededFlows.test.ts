import { describe, expect, test } from 'vitest';

import { SucceededFlows } from '../../../src/answers/succeededFlows.ts';
import { aSummary } from '../../support/builders.ts';

const run = (key: string, parts: Parameters<typeof aSummary>[0] = {}) =>
  aSummary({ key, sid: key, flowId: '', nodeIds: [], subject: 'Invoices', ...parts });

describe('whether another execution of a flow succeeded', () => {
  const failed = { outcome: 'failed', code: 1 } as const;
  test.each([
    ['none ran', [], run('a'), false],
    ['it alone succeeded', [run('a')], run('a'), false],
    ['another one succeeded', [run('b')], run('a'), true],
    ['another one failed', [run('b', failed)], run('a', failed), false],
    ['it succeeded before, and others since', [run('a'), run('b'), run('c')], run('a'), true],
    ['another flow', [run('b', { flowId: '2' })], run('a', { flowId: '1' }), false],
    ['the same flow', [run('b', { flowId: '1' })], run('a', { flowId: '1' }), true],
    ['a node of both', [run('b', { nodeIds: ['x', 'y'] })], run('a', { nodeIds: ['y'] }), true],
    ['no node of both', [run('b', { nodeIds: ['x'] })], run('a', { nodeIds: ['y'] }), false],
    ['another kind', [run('b', { kind: 'rpa' })], run('a', { kind: 'link' }), false],
  ] as const)('%s', (_, seen, asked, expected) => {
    const flows = new SucceededFlows();
    for (const summary of seen) flows.observe(summary);
    // A record that comes once more is no other run.
    for (const summary of seen) flows.observe(summary);
    expect(flows.hasOther(asked)).toBe(expected);
    flows.clear();
    expect(flows.hasOther(asked)).toBe(false);
  });

  test('of more than are kept it says nothing against it', () => {
    const flows = new SucceededFlows();
    const nodeIds = Array.from({ length: 100_001 }, (_, index) => String(index));
    flows.observe(run('a', { nodeIds }));
    expect(flows.hasOther(run('b', { nodeIds: ['unknown'] }))).toBe(true);
  });
});
