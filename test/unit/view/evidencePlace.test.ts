import { expect, test } from 'vitest';

import type { EvidenceSource } from '../../../src/diagnosis/finding.ts';
import { evidencePlace } from '../../../src/view/evidencePlace.ts';

const node = { nodeId: 'rpa::1', runKey: 'r', name: 'Enter' };
const log = (length: number) => ({
  kind: 'record',
  row: 'r',
  match: { section: 'logs', entry: '2', path: '', part: 'value', offset: 0, length },
});

test.each<[EvidenceSource, string, string | null, typeof node | null, unknown]>([
  [{ kind: 'code' }, '3', null, node, { kind: 'record', row: null, match: null }],
  [{ kind: 'runningStatus' }, 'false', 'r', node, { kind: 'record', row: 'r', match: null }],
  [{ kind: 'log', index: 2 }, 'no #a', 'r', node, log(5)],
  [{ kind: 'log', index: 2 }, 'no…end', 'r', node, log(2)],
  [
    { kind: 'setting', part: 'timeout', limit: null },
    '60',
    null,
    node,
    { kind: 'setting', nodeId: 'rpa::1', name: 'Enter', part: 'timeout' },
  ],
  [{ kind: 'setting', part: 'retry', limit: null }, '2', null, null, null],
])('%j leads to where it stands', (source, value, runKey, of, expected) => {
  expect(evidencePlace({ source, value, runKey }, { node: of })).toEqual(expected);
});
