import { describe, expect, it } from 'vitest';

import { buildTree } from '../../../src/trace/buildTree.ts';
import type { ExecutionSummary, NodeData, NodeRun } from '../../../src/trace/execution.ts';
import type { FlowShape } from '../../../src/trace/flowShape.ts';
import { lostToAttempts } from '../../../src/trace/lostToAttempts.ts';
import { aNodeData } from '../../support/builders.ts';
import { aFlow, anExecution, aRun } from '../../support/traceBuilders.ts';

const at = (beginMs: number | null, endMs: number | null) => ({ beginMs, endMs });
const start = aRun('node-start', { ...at(1_000, 1_000), next: ['code', 'rpa'] });
const code = aRun('code', { ...at(1_000, 2_000), next: ['rpa'] });
const rpa = aRun('rpa', { ...at(5_200, 6_000), count: 3, status: 'recovered', next: ['end'] });
const output = [{ name: 'ok', value: 1, form: 'json', round: null } as const];

interface Case {
  readonly runs: readonly NodeRun[];
  readonly flow?: FlowShape;
  readonly summary?: Partial<ExecutionSummary>;
  readonly data?: NodeData;
}

function lostOf({ runs, flow, summary, data = aNodeData() }: Case) {
  const execution = anExecution(runs, { beginMs: 1_000, ...summary });
  const shape = flow ?? null;
  return lostToAttempts(execution, buildTree(execution, shape, []), shape, () => data).get('rpa');
}

describe('time lost to earlier attempts', () => {
  it.each<[string, Case, number]>([
    ['runs from the end of the step before', { runs: [start, code, rpa] }, 3_200],
    [
      'runs from the end of the latest of several',
      { runs: [start, { ...code, ...at(1_000, 3_000) }, rpa] },
      2_200,
    ],
    ['whichever of them stands first', { runs: [{ ...start, endMs: 3_000 }, code, rpa] }, 2_200],
    [
      'of a step that failed for good, too',
      { runs: [code, { ...rpa, status: 'failed' }], summary: { outcome: 'failed' } },
      3_200,
    ],
    [
      'in a round that has entries of its own',
      {
        runs: [
          aRun('iteration-node-start', { ...at(2_000, 2_000), next: ['rpa'], iterationIndex: 1 }),
          { ...rpa, iterationIndex: 1 },
        ],
      },
      3_200,
    ],
    [
      'runs from the begin of its iteration where nothing stands before',
      {
        runs: [
          { ...rpa, iterationIndex: 1, iterationParent: 'iteration::1' },
          aRun('iteration', at(4_000, 7_000)),
        ],
      },
      1_200,
    ],
    [
      'outside of the body that the flow file names',
      {
        runs: [code, rpa, aRun('iteration-node-start', at(1_500, 1_500))],
        flow: aFlow('rpa::1 iteration::1 iteration-node-start::1<iteration::1'),
      },
      3_200,
    ],
    [
      'of the older services, which write one entry with an output',
      { runs: [code, { ...rpa, count: 1, next: [] }], data: aNodeData({ output }) },
      3_200,
    ],
  ])('%s', (_name, case_, expected) => {
    expect(lostOf(case_)).toBe(expected);
  });

  it.each<[string, Case]>([
    ['a step that wasn’t retried', { runs: [code, { ...rpa, count: 1, status: 'succeeded' }] }],
    [
      'one entry that says failed and gave nothing',
      { runs: [code, { ...rpa, count: 1, next: [] }] },
    ],
    [
      'one entry of the older services, with a step missing that may have taken the time',
      {
        runs: [
          { ...code, next: ['rpa', 'gone'] },
          { ...rpa, count: 1, next: [] },
        ],
        data: aNodeData({ output }),
      },
    ],
    [
      'rounds of an iteration',
      { runs: [code, rpa], flow: aFlow('rpa::1<iteration::1 iteration::1') },
    ],
    [
      'entries that may be rounds, without a flow file',
      { runs: [code, rpa, aRun('iteration-node-start', at(1_500, 1_500))] },
    ],
    ['a step that nothing stands before', { runs: [rpa] }],
    ['a gap that is no more than a step takes', { runs: [code, { ...rpa, ...at(2_090, 3_000) }] }],
    ['a step that began before the other ended', { runs: [code, { ...rpa, ...at(1_500, 3_000) }] }],
    ['a begin before that of the execution', { runs: [code, rpa], summary: { beginMs: 9_000 } }],
    ['an execution without a begin', { runs: [code, rpa], summary: { beginMs: null } }],
    ['swapped times', { runs: [code, rpa], summary: { timeSource: 'swapped' } }],
    ['a step before without an end', { runs: [{ ...code, endMs: null }, rpa] }],
    ['one of several before without an end', { runs: [start, { ...code, endMs: null }, rpa] }],
    ['an attempt without an end', { runs: [code, { ...rpa, endMs: null }] }],
    ['an attempt that still runs', { runs: [code, { ...rpa, status: 'running' }] }],
    [
      'a message before, which may have waited',
      { runs: [code, aRun('message', { ...at(1_000, 4_000), next: ['rpa'] }), rpa] },
    ],
    ['a message itself', { runs: [code, { ...rpa, type: 'message' }] }],
    ['an end itself', { runs: [code, { ...rpa, type: 'node-end' }] }],
    ['an entry that mixes rounds', { runs: [code, { ...rpa, mixesRounds: true }] }],
    ['the record of an agent', { runs: [code, rpa], summary: { kind: 'agent' } }],
  ])('is not told for %s', (_name, case_) => {
    expect(lostOf(case_)).toBeUndefined();
  });
});
