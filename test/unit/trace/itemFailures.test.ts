import { describe, expect, it } from 'vitest';

import type { Json } from '../../../src/base/json.ts';
import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { openedParts } from '../../../src/answers/openedParts.ts';
import type { FlowDocument } from '../../../src/flow/flowDocument.ts';
import type { NodeData, NodeRun } from '../../../src/trace/execution.ts';
import { buildTree } from '../../../src/trace/buildTree.ts';
import { errorSettings } from '../../../src/decode/errorSettings.ts';
import { findItemFailures, withItems } from '../../../src/trace/itemFailures.ts';
import { aNodeData } from '../../support/builders.ts';
import { flowOf, recordOf } from '../../support/fixtures.ts';
import { anExecution, aRun } from '../../support/traceBuilders.ts';
import { usualRules } from '../../support/usualRules.ts';

/** Values of a variable by round, as a node of the newest services keeps them. */
const rounds = (name: string, values: readonly Json[]) =>
  values.map((value, round) => ({
    ...{ name, value, form: 'text' as const },
    round: values.length > 1 ? round : null,
  }));
const one = (name: string, value: Json) => ({ name, value, form: 'json' as const, round: null });

interface Case {
  readonly items: readonly Json[];
  /** What the rounds of the node that failed were given, and how often it was entered. */
  readonly given: readonly Json[];
  readonly entered?: number;
  readonly ended: number;
  readonly output?: readonly Json[];
  readonly strategy?: string;
  readonly retries?: boolean;
  readonly begun?: readonly Json[];
}

/** The failures of a serial iteration: start, node, end. */
function serial(case_: Case) {
  const { items, given, ended, output = [], strategy = 'continue' } = case_;
  const { entered = items.length, retries = false, begun = items } = case_;
  const runs = [
    aRun('iteration-node-start', { next: ['rpa'], count: items.length }),
    aRun('rpa', { next: ['iteration-node-end'], count: entered, status: 'recovered' }),
    ...(ended === 0 ? [] : [aRun('iteration-node-end', { count: ended })]),
    aRun('iteration'),
  ];
  const config = retries ? [one('retry_config', { should_retry: 'True' })] : [];
  const data: Record<string, Partial<NodeData>> = {
    'iteration-node-start': { input: rounds('input', begun) },
    rpa: { input: rounds('order', given), output: rounds('result', given), config },
    'iteration-node-end': { output: rounds('output', given) },
    iteration: {
      input: [one('input', items)],
      output: [one('output', output)],
      config: strategy === '' ? [] : [one('errorStrategy', strategy)],
    },
  };
  return failuresOf(runs, (key) => aNodeData(data[key]));
}

function failuresOf(runs: readonly NodeRun[], dataOf: (key: string) => NodeData) {
  const execution = anExecution(runs);
  const nodeData = (key: string) => {
    const data = dataOf(key);
    return { ...data, ...errorSettings(data.config) };
  };
  return findItemFailures(buildTree(execution, null, []), execution, nodeData);
}

const five = ['a', 'b', 'c', 'd', 'e'];

describe('items of a serial iteration', () => {
  it.each<[string, Case, readonly [number, readonly number[] | null] | undefined]>([
    [
      'are those for which it gave nothing',
      { items: five, given: ['a', 'c', 'e'], ended: 3, output: ['a', null, 'c', null, 'e'] },
      [2, [1, 3]],
    ],
    [
      'are those that no other round was given, where failures are left out',
      {
        ...{ items: five, given: ['a', 'c', 'e'], ended: 3, output: ['a', 'c', 'e'] },
        strategy: 'ignore_error_output',
      },
      [2, [1, 3]],
    ],
    [
      'may be fields of an object',
      {
        items: [{ no: 1 }, { no: 2 }, { no: 3 }],
        ...{ given: ['1', '3'], ended: 2, strategy: '' },
      },
      [1, [1]],
    ],
    [
      'are not guessed among equal ones',
      {
        ...{ items: ['a', 'a', 'b'], given: ['a', 'b'], ended: 2, output: ['a', 'b'] },
        strategy: 'ignore_error_output',
      },
      [1, null],
    ],
    [
      'are not guessed where nodes were given something else',
      { items: five, given: ['x', 'y', 'z'], ended: 3, strategy: '' },
      [2, null],
    ],
    [
      'may be all of them',
      { items: ['a', 'b'], given: [], ended: 0, output: [null, null] },
      [2, [0, 1]],
    ],
    [
      'are not those that gave nothing and went well',
      {
        ...{ items: five, given: ['a', 'c', 'd', 'e'], ended: 4, strategy: '' },
        output: ['a', null, 'c', null, 'e'],
      },
      [1, [1]],
    ],
    [
      'are found behind attempts, which leave entries too',
      {
        ...{ items: five, given: ['a', 'c', 'd', 'e'], entered: 7, ended: 5, retries: true },
        output: ['a', null, 'c', 'd', 'e'],
      },
      [1, [1]],
    ],
    [
      'are none where attempts made all good',
      { items: five, given: five, entered: 6, ended: 5 },
      undefined,
    ],
    [
      'are none where the older services keep the last round alone',
      { items: five, given: ['e'], begun: ['e'], ended: 5, strategy: '' },
      undefined,
    ],
  ])('%s', (_name, case_, expected) => {
    const { failures } = serial(case_);
    const of = (key: string) => failures.get(key);
    const failure =
      expected === undefined
        ? undefined
        : { total: case_.items.length, failed: expected[0], items: expected[1] };
    expect(of('iteration')).toStrictEqual(failure);
    expect(of('rpa')).toStrictEqual(failure);
  });

  it('stay apart where two nodes failed', () => {
    const runs = [
      aRun('iteration-node-start', { next: ['rpa'], count: 5 }),
      aRun('rpa', { next: ['code'], count: 5, status: 'recovered' }),
      aRun('code', { next: ['iteration-node-end'], count: 4, status: 'recovered' }),
      aRun('iteration-node-end', { count: 3 }),
      aRun('iteration'),
    ];
    const given = { rpa: ['a', 'c', 'd', 'e'], code: ['a', 'c', 'e'] } as Record<string, string[]>;
    const { failures } = failuresOf(runs, (key) =>
      key === 'iteration'
        ? aNodeData({ input: [one('input', five)] })
        : aNodeData({ input: rounds('input', given[key] ?? five) }),
    );
    expect([...failures]).toStrictEqual([
      ['rpa', { total: 5, failed: 1, items: [1] }],
      ['code', { total: 5, failed: 1, items: [3] }],
      ['iteration', { total: 5, failed: 2, items: [1, 3] }],
    ]);
  });

  it('are not counted where attempts may have left the entries', () => {
    const runs = [
      aRun('iteration-node-start', { next: ['rpa'], count: 5 }),
      aRun('rpa', { next: ['code'], count: 5, status: 'recovered' }),
      // Three rounds, one of them at the second attempt.
      aRun('code', { next: ['iteration-node-end'], count: 4, status: 'recovered' }),
      aRun('iteration-node-end', { count: 3 }),
      aRun('iteration'),
    ];
    const good = ['a', 'c', 'e'];
    const { failures } = failuresOf(runs, (key) => {
      if (key === 'iteration') return aNodeData({ input: [one('input', five)] });
      const input = rounds('input', key === 'iteration-node-start' ? five : good);
      const config = key === 'code' ? [one('retry_config', { should_retry: 'True' })] : [];
      return aNodeData({ input, config });
    });
    const failure = { total: 5, failed: 2, items: [1, 3] };
    expect([...failures]).toStrictEqual([
      ['rpa', failure],
      ['iteration', failure],
    ]);
  });

  it('of a parallel one are not those that a fixed answer got over', () => {
    const round = (iterationIndex: number, status: NodeRun['status'], ends: boolean) => {
      const own = { iterationIndex, iterationParent: 'iteration::1' };
      const end = { ...own, nodeId: 'iteration-node-end::1' };
      return [
        aRun(`rpa ${iterationIndex}`, { ...own, nodeId: 'rpa::1', status }),
        ...(ends ? [aRun(`end ${iterationIndex}`, end)] : []),
      ];
    };
    const runs = [
      ...round(0, 'succeeded', true),
      ...round(1, 'recovered', true),
      ...round(2, 'recovered', false),
      aRun('iteration'),
    ];
    expect([...failuresOf(runs, () => aNodeData()).failures]).toStrictEqual([
      ['rpa 2', { total: 3, failed: 1, items: [2] }],
      ['iteration', { total: 3, failed: 1, items: [2] }],
    ]);
  });

  it('are the places of the rounds that are kept', () => {
    const found = serial({ items: five, given: ['a', 'c', 'e'], ended: 3 });
    expect(found.rounds.get('iteration-node-end')).toStrictEqual([0, 2, 4]);
    const data = aNodeData({ output: rounds('result', ['a', 'c', 'e']) });
    expect(withItems(data, 'rpa', found).output.map(({ round }) => round)).toStrictEqual([0, 2, 4]);
    const unknown = serial({ items: five, given: ['x', 'y', 'z'], ended: 3, strategy: '' });
    expect(unknown.rounds.get('rpa')).toBeNull();
    expect(withItems(data, 'rpa', unknown)).toBe(data);
  });
});

function opened(name: string, flow: FlowDocument | null) {
  const record = openRecord(recordOf(name), usualRules);
  const execution = record.execution();
  const { itemFailures, findings } = openedParts(execution, record, {
    ...{ flow, subExecutions: [], called: [] },
  });
  const typeOf = (key: string) => execution.runs.find((run) => run.key === key)?.type ?? key;
  return {
    findings,
    failures: [...itemFailures.failures].map(([key, { total, failed, items }]) => [
      ...[typeOf(key), total, failed, items],
    ]),
  };
}

const batch = flowOf('batch-orders.core.json');
const container = 'flow:iteration::0b51a3c7-5d6e-4f70-8a91-1c2d3e4f5a55';

describe('items of a record', () => {
  it.each([
    [
      '19-',
      [
        ['rpa', 3, 1, [1]],
        ['iteration', 3, 1, [1]],
      ],
    ],
    [
      '38-',
      [
        ['rpa', 5, 2, null],
        ['iteration', 5, 2, null],
      ],
    ],
    [
      '39-',
      [
        ['rpa', 3, 1, [1]],
        ['iteration', 3, 1, [1]],
      ],
    ],
    ['04-workflow-iteration.g3', []],
    ['20-', []],
    ['21-', []],
  ])('%s', (name, expected) => {
    expect(opened(name, null).failures).toStrictEqual(expected);
    expect(opened(name, batch).failures).toStrictEqual(expected);
  });

  it('of an iteration that ended with an item: the one begun last', () => {
    expect(opened('18-', null).failures).toStrictEqual([['rpa', null, 1, [1]]]);
    expect(opened('18-', batch).failures).toStrictEqual([
      [container, null, 1, [1]],
      ['rpa', null, 1, [1]],
    ]);
  });

  it.each([
    ['19-', 'warning', [1]],
    ['38-', 'warning', null],
    ['39-', 'warning', [1]],
    ['18-', 'error', [1]],
  ])('%s are named by its first finding', (name, severity, items) => {
    const [finding, ...others] = opened(name, batch).findings;
    expect(others).toStrictEqual([]);
    expect(finding?.severity).toBe(severity);
    expect(finding?.failedItems?.items?.map(({ item }) => item) ?? null).toStrictEqual(items);
    expect(finding?.node?.runKey).toBeTruthy();
  });
});
