import { describe, expect, it, vi } from 'vitest';

import { parseFlow } from '../../../src/flow/parseFlow.ts';
import type { LineageAnswer, LineageQuery } from '../../../src/protocol/lineage.ts';
import { asked } from '../../support/asked.ts';
import { longKey, longRow, longRun, type LongStep } from '../../support/longRun.ts';
import { engineParts } from '../engine/world.ts';

type Engine = ReturnType<typeof engineParts>;

interface Port {
  readonly input: string;
  readonly from: string;
  readonly path: string;
  readonly outputId?: string;
}

/** A flow file: which node is given what of which other. */
function flowOf(
  nodes: readonly {
    readonly id: string;
    readonly inputs?: readonly Port[];
    readonly outputs?: readonly { readonly id: string; readonly name: string }[];
  }[],
): string {
  return JSON.stringify({
    flowMeta: { name: 'Invoices' },
    flowData: {
      nodes: nodes.map(({ id, inputs = [], outputs = [] }) => ({
        id,
        data: {
          label: id,
          inputs: inputs.map(({ input, from, path, outputId = '' }) => ({
            name: input,
            schema: { value: { type: 'ref', content: { nodeId: from, name: path, id: outputId } } },
          })),
          outputs,
          nodeParam: {},
        },
      })),
      edges: [],
    },
  });
}

function engineWith(steps: readonly LongStep[], flow?: string): Engine {
  const engine = engineParts();
  if (flow !== undefined) engine.flows.set('file:///f.json', 'f.json', parseFlow(flow, 'f.json'));
  engine.take([longRun(steps)]);
  return engine;
}

const query = (row: number, parts: Partial<LineageQuery> = {}): LineageQuery => ({
  ...{ key: longKey, row: longRow(row), section: 'input', index: 0, path: '', direction: 'from' },
  ...parts,
});

const follow = (engine: Engine, wanted: LineageQuery): Promise<LineageAnswer> =>
  asked(engine.handlers, 'lineage', wanted);

/** A way in one line a step. */
function told({ steps, candidates, end }: LineageAnswer): readonly string[] {
  const lines = [...steps, ...candidates].map(({ row, asked: { section }, path, link, value }) => {
    const how =
      link === null ? '' : ` ${link.how} by ${link.by}${link.isSame === false ? ', changed' : ''}`;
    return `${row ?? ''} ${section} ${path} = ${value ?? 'nothing'}${how}`;
  });
  return [...lines, end];
}

const ids = ['a', 'b', 'c', 'd'].map((id) => `ifly-code::${id}`);
const [a = '', b = '', c = '', d = ''] = ids;

describe('by the flow file', () => {
  const flow = flowOf([
    { id: a, outputs: [{ id: 'u1', name: 'text' }] },
    {
      id: b,
      inputs: [{ input: 'raw', from: a, path: 'text', outputId: 'u1' }],
      outputs: [{ id: 'u2', name: 'invoice' }],
    },
    { id: c, inputs: [{ input: 'sum', from: b, path: 'old_name.total', outputId: 'u2' }] },
    { id: d, inputs: [{ input: 'sum', from: b, path: 'invoice.total' }] },
  ]);
  const steps = (parts: readonly Partial<LongStep>[] = []): LongStep[] =>
    [
      { nodeId: a, output: { text: 'go' } },
      { nodeId: b, input: { raw: 'go' }, output: { invoice: { total: 12, no: 'INV-20391' } } },
      { nodeId: c, input: { sum: 12 } },
      { nodeId: d, input: { sum: 12 }, output: { done: 'ok' } },
    ].map((step, n) => ({ ...step, ...parts[n] }));

  it.each<[string, readonly LongStep[], LineageQuery, readonly string[]]>([
    [
      'the id of an output goes before its name, and short values are told',
      steps(),
      query(2),
      ['run2 input sum = 12', 'run1 output invoice.total = 12 observed by reference', 'made'],
    ],
    [
      'a name does without an id',
      steps(),
      query(3),
      ['run3 input sum = 12', 'run1 output invoice.total = 12 observed by reference', 'made'],
    ],
    [
      'back to the start',
      steps(),
      query(1),
      ['run1 input raw = go', 'run0 output text = go observed by reference', 'start'],
    ],
    [
      'changed between two nodes',
      steps([{}, {}, { input: { sum: 99 } }]),
      query(2),
      [
        'run2 input sum = 99',
        'run1 output invoice.total = 12 inferred by reference, changed',
        'changed',
      ],
    ],
    [
      'a node gave nothing',
      steps([{}, { output: { invoice: null } }, { input: { sum: null } }]),
      query(2),
      [
        'run2 input sum = null',
        'run1 output invoice.total = nothing inferred by reference',
        'emptied',
      ],
    ],
    [
      'who used it',
      steps(),
      query(1, { section: 'output', path: '/total', direction: 'to' }),
      [
        'run1 output invoice.total = 12',
        'run2 input sum = 12 observed by reference',
        'run3 input sum = 12 observed by reference',
        'users',
      ],
    ],
    [
      'who used a part of it',
      steps(),
      query(1, { section: 'output', direction: 'to' }),
      [
        'run1 output invoice = {"total":12,"no":"INV-20391"}',
        'run2 input sum = 12 observed by reference',
        'run3 input sum = 12 observed by reference',
        'users',
      ],
    ],
    [
      'of several runs the one before',
      [
        { nodeId: a, output: { text: 'first' } },
        { nodeId: a, output: { text: 'second' } },
        { nodeId: b, input: { raw: 'second' } },
      ],
      query(2),
      ['run2 input raw = second', 'run1 output text = second observed by reference', 'made'],
    ],
    [
      'of several runs that gave the same none is chosen',
      [
        { nodeId: a, output: { text: 'same' } },
        { nodeId: a, output: { text: 'same' } },
        { nodeId: b, input: { raw: 'same' } },
      ],
      query(2),
      [
        'run2 input raw = same',
        'run0 output text = same ambiguous by reference',
        'run1 output text = same ambiguous by reference',
        'ambiguous',
      ],
    ],
  ])('%s', async (_name, run, wanted, expected) => {
    expect(told(await follow(engineWith(run, flow), wanted))).toEqual(expected);
  });
});

it('what a text in the settings names is a way on from who made it', async () => {
  const parsed = JSON.parse(
    flowOf([{ id: a }, { id: b, inputs: [{ input: 'raw', from: a, path: 'text' }] }]),
  ) as { flowData: { nodes: { data: { nodeParam: object } }[] } };
  const [, maker] = parsed.flowData.nodes;
  if (maker !== undefined) maker.data.nodeParam = { template: 'Dear {{raw}}' };
  const steps = [
    { nodeId: a, output: { text: 'Ann' } },
    { nodeId: b, input: { raw: 'Ann', other: 1 }, output: { mail: 'Dear Ann' } },
  ];
  const wanted = query(1, { section: 'output' });
  expect(told(await follow(engineWith(steps, JSON.stringify(parsed)), wanted))).toEqual([
    'run1 output mail = Dear Ann',
    'run1 input raw = Ann inferred by text',
    'made',
  ]);
});

it('of what texts in the settings name those are told that hold the value', async () => {
  const names = ['vendor', 'mail'];
  const parsed = JSON.parse(
    flowOf([
      { id: a },
      { id: b, inputs: names.map((name) => ({ input: name, from: a, path: name })) },
    ]),
  ) as { flowData: { nodes: { data: { nodeParam: object } }[] } };
  const [, maker] = parsed.flowData.nodes;
  if (maker !== undefined) maker.data.nodeParam = { prompt: '{{vendor}} {{mail}}' };
  const texts = { vendor: 'Nanyuan Electronics', mail: 'Please pay INV-20391' };
  const steps = [
    { nodeId: a, output: texts },
    { nodeId: b, input: texts, output: { lines: [{ no: 'INV-20391' }], urgent: false } },
  ];
  const engine = engineWith(steps, JSON.stringify(parsed));
  const wayOf = async (index: number) => {
    const [, ...way] = told(await follow(engine, query(1, { section: 'output', index })));
    return way;
  };
  expect(await wayOf(0)).toEqual([
    'run1 input mail = Please pay INV-20391 inferred by text',
    'made',
  ]);
  expect(await wayOf(1)).toEqual([
    'run1 input vendor = Nanyuan Electronics inferred by text, changed',
    'run1 input mail = Please pay INV-20391 inferred by text, changed',
    'made',
  ]);
});

it('what a start was given is what it gives, by the flow file', async () => {
  const start = 'node-start::1';
  const flow = flowOf([
    { id: start },
    { id: b, inputs: [{ input: 'raw', from: start, path: 'order.no' }] },
  ]);
  const steps = [
    { nodeId: a, output: { other: 1 } },
    { nodeId: start, input: { order: { no: 7 } } },
    { nodeId: b, input: { raw: 7 } },
  ];
  expect(told(await follow(engineWith(steps, flow), query(2)))).toEqual([
    'run2 input raw = 7',
    'run1 input order.no = 7 observed by reference',
    'start',
  ]);
});

it('says of inputs where the flow file says what they are', async () => {
  const flow = flowOf([
    { id: a, outputs: [{ id: 'u1', name: 'text' }] },
    { id: b, inputs: [{ input: 'raw', from: a, path: 'text' }] },
  ]);
  const steps = [
    { nodeId: a, output: { text: 'go' } },
    { nodeId: b, input: { raw: 'go', other: 'INV-20391' } },
  ];
  const engine = engineWith(steps, flow);
  const places = async (index: number) => {
    const answer = await follow(engine, query(1, { index }));
    return answer.steps.map(({ place }) => place);
  };
  expect(await places(0)).toEqual([{ part: 'input', input: 'raw' }, undefined]);
  expect(await places(1)).toEqual([undefined]);
});

describe('by variables of the flow file', () => {
  const atom = (id: string, read: string | null, set: string | null) => ({
    ...{ key: 'Code.Run', version: '1', id, alias: id },
    inputList: read === null ? [] : [{ key: 'of', value: [{ type: 'var', value: read }] }],
    outputList: set === null ? [] : [{ key: 'to', value: [{ type: 'var', value: set }] }],
  });
  const flow = JSON.stringify([
    ...[atom('a1', null, 'x'), atom('a2', null, 'x'), atom('a3', 'x', 'y'), atom('a4', 'y', null)],
  ]);
  const steps = (first: number, second: number, given: number): LongStep[] => [
    { nodeId: 'a1', output: { to: first } },
    { nodeId: 'a2', output: { x: second } },
    { nodeId: 'a3', input: { of: given }, output: { RES: 9 } },
    { nodeId: 'a4', input: { y: 9 } },
  ];
  const engineOf = (...parts: Parameters<typeof steps>) => {
    const engine = engineParts();
    engine.flows.set('file:///p.json', 'p.json', parseFlow(flow, 'p.json'));
    engine.take([longRun(steps(...parts))]);
    return engine;
  };

  it.each<[string, Parameters<typeof steps>, number, readonly string[]]>([
    [
      'of two that set it the one that gave it',
      [1, 2, 1],
      2,
      ['run0 output to = 1 observed by reference', 'start'],
    ],
    [
      'both where both gave it',
      [1, 1, 1],
      2,
      [
        'run1 output x = 1 ambiguous by reference',
        'run0 output to = 1 ambiguous by reference',
        'ambiguous',
      ],
    ],
    [
      'both where neither did',
      [1, 2, 3],
      2,
      [
        'run1 output x = 2 ambiguous by reference, changed',
        'run0 output to = 1 ambiguous by reference, changed',
        'ambiguous',
      ],
    ],
    [
      'the only value that a node gave, whatever it is called',
      [1, 2, 2],
      3,
      ['run2 output RES = 9 observed by reference', 'made'],
    ],
  ])('names %s', async (_, parts, row, expected) => {
    const [, ...way] = told(await follow(engineOf(...parts), query(row)));
    expect(way).toEqual(expected);
  });

  it('and who used one, once', async () => {
    const wanted = query(2, { section: 'output', direction: 'to' });
    expect(told(await follow(engineOf(1, 2, 2), wanted))).toEqual([
      'run2 output RES = 9',
      'run3 input y = 9 observed by reference',
      'users',
    ]);
  });
});

describe('both ends of a link', () => {
  /** What the link from an output to an input is, asked of either; null where it isn't told. */
  const links = async (parts: readonly LongStep[], output: number, input: number) => {
    const engine = engineWith(parts, sumFlow);
    const to = await follow(engine, query(output, { section: 'output', direction: 'to' }));
    const from = await follow(engine, query(input));
    const row = (n: number) => `run${String(n)}`;
    const there = [...from.steps.slice(1), ...from.candidates].find(
      (one) => one.row === row(output),
    );
    const user = to.steps.slice(1).find((one) => one.row === row(input));
    return [user?.link ?? null, there?.link ?? null];
  };
  const sumFlow = flowOf([{ id: a }, { id: b, inputs: [{ input: 'raw', from: a, path: 'text' }] }]);

  it.each<[string, readonly LongStep[], number, number, string | null]>([
    [
      'one of several that gave the same',
      [
        { nodeId: a, output: { text: 'INV-20391' } },
        { nodeId: a, output: { text: 'INV-20391' } },
        { nodeId: b, input: { raw: 'INV-20391' } },
      ],
      ...([1, 2, 'ambiguous'] as const),
    ],
    [
      'the one that the file names, beside another that gave the same',
      [
        { nodeId: a, output: { text: 'INV-20391' } },
        { output: { found: 'INV-20391' } },
        { nodeId: b, input: { raw: 'INV-20391' } },
      ],
      ...([0, 2, 'observed'] as const),
    ],
    [
      'the other one',
      [
        { nodeId: a, output: { text: 'INV-20391' } },
        { output: { found: 'INV-20391' } },
        { nodeId: b, input: { raw: 'INV-20391' } },
      ],
      ...([1, 2, null] as const),
    ],
  ])('say the same: %s', async (_, parts, output, input, how) => {
    const [to, from] = await links(parts, output, input);
    expect(to).toEqual(from);
    expect(to?.how ?? null).toBe(how);
  });
});

describe('without a flow file', () => {
  it.each<[string, readonly LongStep[], LineageQuery, readonly string[]]>([
    [
      'an equal value of telling length, and through whom it may have come',
      [
        { output: { start: 1 } },
        { output: { no: 'INV-20391' } },
        { input: { no: 'INV-20391' }, output: { same: 'INV-20391' } },
        { input: { given: 'INV-20391' } },
      ],
      query(3),
      [
        'run3 input given = INV-20391',
        'run1 output no = INV-20391 ambiguous by value',
        'run2 output same = INV-20391 ambiguous by value',
        'made',
      ],
    ],
    [
      'what came in at the start, though its node gave nothing',
      [{ input: { order: { no: 'INV-20391' } } }, { input: { given: 'INV-20391' } }],
      query(1),
      [
        'run1 input given = INV-20391',
        'run0 input order.no = INV-20391 inferred by value',
        'start',
      ],
    ],
    [
      'both places of one node that gave it twice',
      [
        { output: { start: 1 } },
        { output: { no: 'INV-20391', copy: 'INV-20391' } },
        { input: { given: 'INV-20391' } },
      ],
      query(2),
      [
        'run2 input given = INV-20391',
        'run1 output no = INV-20391 ambiguous by value',
        'run1 output copy = INV-20391 ambiguous by value',
        'made',
      ],
    ],
    [
      'what a node took out of a text that it was given',
      [
        { output: { start: 1 } },
        { output: { mail: 'Please pay INV-20391, due on Friday' } },
        { input: { text: 'Please pay INV-20391, due on Friday' }, output: { no: 'INV-20391' } },
      ],
      query(2, { section: 'output' }),
      [
        'run2 output no = INV-20391',
        'run2 input text = Please pay INV-20391, due on Friday inferred by part, changed',
        'run1 output mail = Please pay INV-20391, due on Friday inferred by value',
        'made',
      ],
    ],
    [
      'all texts that it may have been taken out of',
      [
        { output: { start: 1 } },
        {
          input: { a: 'pay INV-20391', b: 'INV-20391 is due', c: 'INV-203915' },
          output: { no: 'INV-20391' },
        },
      ],
      query(1, { section: 'output' }),
      [
        'run1 output no = INV-20391',
        'run1 input a = pay INV-20391 ambiguous by part, changed',
        'run1 input b = INV-20391 is due ambiguous by part, changed',
        'ambiguous',
      ],
    ],
    [
      'a value that many have is not said to be made where it was given: under another name',
      [{ output: { start: 1 } }, { input: { sum: 15 }, output: { total: 15 } }],
      query(1, { section: 'output' }),
      ['run1 output total = 15', 'run1 input sum = 15 ambiguous by within', 'notTelling'],
    ],
    [
      'or within a text',
      [{ output: { start: 1 } }, { input: { text: 'qty 15' }, output: { qty: 15 } }],
      query(1, { section: 'output' }),
      ['run1 output qty = 15', 'run1 input text = qty 15 ambiguous by part, changed', 'notTelling'],
    ],
    [
      'a short value that stands in the same place',
      [
        { output: { start: 1 } },
        {
          input: { text: { rows: [{ qty: 15 }, { qty: 15 }], urgent: false } },
          output: { fields: { rows: [{ qty: 15 }, { qty: 15 }], urgent: false } },
        },
      ],
      query(1, { section: 'output', path: '/rows/1/qty' }),
      [
        'run1 output fields.rows[1].qty = 15',
        'run1 input text.rows[1].qty = 15 inferred by within',
        'notTelling',
      ],
    ],
    [
      'several that gave it',
      [
        { output: { start: 1 } },
        { output: { no: 'INV-20391' } },
        { output: { rows: [{ no: 'INV-20391' }] } },
        { input: { given: 'INV-20391' } },
      ],
      query(3),
      [
        'run3 input given = INV-20391',
        'run1 output no = INV-20391 ambiguous by value',
        'run2 output rows[0].no = INV-20391 ambiguous by value',
        'ambiguous',
      ],
    ],
    [
      'a part of a longer text',
      [
        { output: { start: 1 } },
        { output: { mail: 'Please pay the invoice INV-2026-000391 until Friday' } },
        { input: { no: 'INV-2026-000391' } },
      ],
      query(2),
      [
        'run2 input no = INV-2026-000391',
        'run1 output mail = Please pay the invoice INV-2026-000391 until Friday inferred by part, changed',
        'changed',
      ],
    ],
    [
      'a value that tells nothing',
      [{ output: { ok: true } }, { output: { n: 3 } }, { input: { n: 3 } }],
      query(2),
      ['run2 input n = 3', 'notTelling'],
    ],
    [
      'a value that everybody gave',
      [
        ...Array.from({ length: 5 }, () => ({ output: { no: 'INV-20391' } })),
        { input: { no: 'INV-20391' } },
      ],
      query(5),
      ['run5 input no = INV-20391', 'notTelling'],
    ],
    [
      'nothing',
      [{ output: { a: 1 } }, { output: { a: '' } }, { input: { a: '' } }],
      query(2),
      ['run2 input a = ', 'unknown'],
    ],
    [
      'secrets, which are compared without being shown',
      [
        { output: { start: 1 } },
        { output: { password: 'hunter2-secret' } },
        { output: { password: 'hunter9-secret' } },
        { input: { password: 'hunter2-secret' } },
      ],
      query(3),
      [
        'run3 input password = ••••cret',
        'run1 output password = ••••cret inferred by value',
        'made',
      ],
    ],
    [
      'who used it, more than one of whom may have it from another',
      [
        { output: { no: 'INV-20391' } },
        { input: { no: 'INV-20391' } },
        { output: { found: 'INV-20391' } },
        { input: { rows: ['INV-20391'] } },
      ],
      query(0, { section: 'output', direction: 'to' }),
      [
        'run0 output no = INV-20391',
        'run1 input no = INV-20391 inferred by value',
        'run3 input rows[0] = INV-20391 ambiguous by value',
        'users',
      ],
    ],
    [
      'who used it, one of whom handed it on',
      [
        { output: { no: 'INV-20391' } },
        { input: { no: 'INV-20391' }, output: { same: 'INV-20391' } },
        { input: { given: 'INV-20391' } },
      ],
      query(0, { section: 'output', direction: 'to' }),
      [
        'run0 output no = INV-20391',
        'run1 input no = INV-20391 inferred by value',
        'run2 input given = INV-20391 ambiguous by value',
        'users',
      ],
    ],
  ])('%s', async (_name, run, wanted, expected) => {
    expect(told(await follow(engineWith(run), wanted))).toEqual(expected);
  });

  it('each step can be shown where it stands, and asked from', async () => {
    const engine = engineWith([
      { output: { a: 1 } },
      { output: { rows: [{ no: 'INV-20391' }] } },
      { input: { given: 'INV-20391' } },
    ]);
    const { steps } = await follow(engine, query(2));
    expect(steps[1]).toMatchObject({
      ...{ row: 'run1', name: 'Step 1', nodeId: 'ifly-code::1' },
      match: {
        section: 'output',
        entry: 'output:rows:',
        path: '/rows/0/no'.slice(5),
        part: 'value',
        length: 9,
      },
      asked: { section: 'output', index: 0, path: '/0/no', direction: 'to' },
    });
  });

  it('of what is gone says so', async () => {
    const engine = engineWith([{ output: { a: 1 } }]);
    await expect(follow(engine, query(0, { index: 7 }))).rejects.toThrow('not in the execution');
    await expect(follow(engine, query(5))).rejects.toThrow('not in the execution');
  });
});

it('looks for no end of texts in a long one', async () => {
  const list = (nth: number) =>
    Array.from({ length: 1_000 }, (_, k) => `item ${String(nth)} ${String(k)} of a list`);
  const steps = Array.from({ length: 40 }, (_, nth) => ({ output: { list: list(nth) } }));
  const page = `${'a page '.repeat(15_000)}made by hand: 4711`;
  const engine = engineWith([
    ...steps,
    { output: { by: 'made by hand: 4711' } },
    { input: { page } },
  ]);
  let signs = 0;
  const { includes } = String.prototype;
  const spy = vi.spyOn(String.prototype, 'includes').mockImplementation(function (
    this: string,
    ...given: Parameters<typeof includes>
  ) {
    signs += this.length;
    return includes.apply(this, given);
  });
  const answer = await follow(engine, query(41));
  spy.mockRestore();
  expect(signs).toBeLessThan(400_000_000);
  // What stands near is found all the same.
  expect(told(answer).at(-2)).toContain('run40 output by');
});

it.each<[string, unknown]>([
  [
    'n8n',
    {
      nodes: [a, b].map((id, n) => ({
        ...{ id, name: `节点 ${String(n)}`, type: 'n8n-nodes-base.set', typeVersion: 1 },
        parameters: n === 0 ? {} : { 总额: "={{ $('节点 0').item.json.sum }}" },
      })),
      connections: {},
    },
  ],
  [
    'Power Automate',
    {
      definition: {
        triggers: {},
        actions: {
          [a]: { type: 'Compose', runAfter: {} },
          [b]: {
            ...{ type: 'Http', runAfter: { [a]: ['Succeeded'] } },
            inputs: { 总额: `@{outputs('${a}')?['sum']}` },
          },
        },
      },
    },
  ],
])('by the expressions of %s, as short as values are', async (_, flow) => {
  const engine = engineWith(
    [
      { nodeId: a, output: { sum: 12, other: 7 } },
      { nodeId: b, input: { 总额: 12 } },
    ],
    JSON.stringify(flow),
  );
  expect(told(await follow(engine, query(1)))).toEqual([
    'run1 input 总额 = 12',
    'run0 output sum = 12 observed by reference',
    'start',
  ]);
  const users = query(0, { section: 'output', direction: 'to' });
  expect(told(await follow(engine, users))).toContain('run1 input 总额 = 12 observed by reference');
});

it('looks for no end of what two large values have in common', async () => {
  const texts = (nth: number) =>
    Array.from(
      { length: 100 },
      (_, k) => `${String(nth)} ${String(k)} ${'of a page '.repeat(1_500)}`,
    );
  const names = ['one', 'two'];
  const parsed = JSON.parse(
    flowOf([{ id: a }, { id: b, inputs: names.map((input) => ({ input, from: a, path: input })) }]),
  ) as { flowData: { nodes: { data: { nodeParam: object } }[] } };
  const [, maker] = parsed.flowData.nodes;
  if (maker !== undefined) maker.data.nodeParam = { prompt: '{{one}} {{two}}' };
  const engine = engineWith(
    [
      { nodeId: a },
      { nodeId: b, input: { one: texts(1), two: texts(2) }, output: { made: texts(3) } },
    ],
    JSON.stringify(parsed),
  );
  let signs = 0;
  const { indexOf } = String.prototype;
  const spy = vi.spyOn(String.prototype, 'indexOf').mockImplementation(function (
    this: string,
    ...given: Parameters<typeof indexOf>
  ) {
    // What else is looked for in a record is short.
    if (given[0].length > 1_000) signs += this.length;
    return indexOf.apply(this, given);
  });
  const answer = await follow(engine, query(1, { section: 'output' }));
  spy.mockRestore();
  expect(told(answer).at(-1)).toBe('made');
  expect(signs).toBeLessThan(400_000_000);
});
