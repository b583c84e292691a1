import { describe, expect, it } from 'vitest';

import { buildTree } from '../../../src/trace/buildTree.ts';
import { treeJson } from '../../../src/view/treeJson.ts';
import { treeText } from '../../../src/view/treeText.ts';
import { aSummary } from '../../support/builders.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';
import { aFlow, anExecution, aRun } from '../../support/traceBuilders.ts';

const robot = aSummary({
  key: 'r',
  kind: 'rpa',
  service: 'rpa-server',
  beginMs: 0,
  endMs: 9,
  code: 7,
});
const stray = aSummary({ key: 's', kind: 'link', service: 'spark-link', outcome: 'unreported' });
const execution = anExecution(
  [
    aRun('rpa', { beginMs: 0, endMs: 9, status: 'failed', count: 3, error: 'a\u001b[31m\nb' }),
    aRun('x', { status: 'recovered' }),
  ],
  { outcome: 'failed', beginMs: null, sid: '', subject: '' },
);
const printed = {
  summary: execution.summary,
  name: '',
  failing: null,
  tree: buildTree(execution, aFlow('rpa::1 x::1 y::1'), [robot, stray]),
  findings: [],
  itemFailures: { failures: new Map(), rounds: new Map() },
  dataOf: () => undefined,
  ownData: () => undefined,
};

describe('treeJson', () => {
  it('is rows in order, with the executions below them', () => {
    const { nodes, subExecutions, ok } = treeJson(printed, plainEnglish);
    expect(ok).toBe(false);
    expect(nodes.map((node) => [node.nodeId, node.ok, node.level])).toStrictEqual([
      ['rpa::1', false, 1],
      ['x::1', true, 1],
      ['y::1', null, 1],
    ]);
    expect(nodes[0]?.subExecutions).toMatchObject([{ service: 'rpa-server' }]);
    expect(subExecutions).toMatchObject([{ service: 'spark-link', ok: null }]);
  });
});

describe('treeText', () => {
  it('lets no control character through to the terminal', () => {
    const text = treeText(printed, plainEnglish);
    expect(text).toContain('error: a b');
    expect(text.startsWith('✗ failed  0  -  -  -  1.00 s\n')).toBe(true);
  });
});
