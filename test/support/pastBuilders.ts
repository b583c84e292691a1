import type { PastExecution, PastNode } from '../../src/analysis/pastExecution.ts';

/** An execution with what the test cares about: a workflow that went well. */
export function aPast(parts: Partial<PastExecution> = {}): PastExecution {
  return {
    ...{
      key: 'workflow/a',
      sid: 'a',
      flow: 'f',
      name: 'Flow',
      kind: 'workflow',
      outcome: 'succeeded',
    },
    ...{ code: 0, beginMs: 0, durationMs: 1_000, tokens: 0, recordBytes: 1_000, storedValues: 0 },
    ...{ payloadBytes: 0, revision: '', failure: null, nodes: [], resources: null },
    ...parts,
  };
}

/** A run of a node with what the test cares about. */
export function aPastNode(parts: Partial<PastNode> = {}): PastNode {
  const durationMs = parts.durationMs === undefined ? 100 : parts.durationMs;
  return {
    ...{ nodeId: 'n', name: 'Node', type: 'ifly-code', status: 'succeeded', count: 1 },
    ...{ beginMs: 0, durationMs, ownMs: durationMs, waitedMs: null, lostMs: 0, tokens: 0 },
    ...{ logCount: 0, resources: null },
    ...parts,
  };
}
