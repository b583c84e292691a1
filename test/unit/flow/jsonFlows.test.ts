import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bindFlows } from '../../../src/flow/bindFlow.ts';
import { locateNode } from '../../../src/flow/locateNode.ts';
import { looksLikeFlow } from '../../../src/flow/looksLikeFlow.ts';
import { edgesOf, flowAs, nodesOf } from '../../support/flowFormats.ts';

describe('a process of the robot’s designer', () => {
  const atom = (id: string, key: string, more: object = {}) => ({
    ...{ key, version: '1.0.0', id, alias: `name of ${id}`, outputList: [] },
    inputList: [
      { key: 'x', value: [{ type: 'element', value: 'save', data: 'bh9', id: 'inner' }] },
    ],
    ...more,
  });
  const process = [
    atom('bh1', 'Code.ForList'),
    atom('bh2', 'Window.exist'),
    atom('bh3', 'Report.print', { disabled: true }),
    atom('bh4', 'Code.ElseIf'),
    atom('bh5', 'Code.Try'),
    atom('bh6', 'Code.Process'),
    atom('bh7', 'Code.Catch'),
    atom('bh8', 'Code.Component.77'),
    atom('bh10', 'Code.TryEnd'),
    atom('bh11', 'Code.IfEnd'),
    atom('bh12', 'Code.ForEnd'),
    atom('group_bh13', 'Code.Group'),
    atom('bh14', 'Smart.run_code.5', { alias: '', anotherName: 'older' }),
    atom('bh15', 'Code.GroupEnd'),
    atom('bh16', 'Code.Else'),
  ];
  const forms: [string, string][] = [
    ['over many lines', JSON.stringify(process, null, 2)],
    ['on one line', JSON.stringify(process)],
    ['in an answer', JSON.stringify({ code: '000000', data: process })],
    ['as a text in an answer', JSON.stringify({ code: '000000', data: JSON.stringify(process) })],
  ];

  test.each(forms)('%s: each atom once, in its block', (_, text) => {
    expect(nodesOf(flowAs('astronRpa', text, 'process.json'))).toEqual([
      'bh1 Code.ForList “name of bh1”',
      'bh2 Window.exist “name of bh2” in bh1',
      'bh3 Report.print “name of bh3” in bh2',
      'bh4 Code.ElseIf “name of bh4” in bh1',
      'bh5 Code.Try “name of bh5” in bh4',
      'bh6 Script.process “name of bh6” in bh5',
      'bh7 Code.Catch “name of bh7” in bh4',
      'bh8 Script.component “name of bh8” in bh7',
      'bh10 Code.TryEnd “name of bh10” in bh4',
      'bh11 Code.IfEnd “name of bh11” in bh1',
      'bh12 Code.ForEnd “name of bh12”',
      'group_bh13 Code.Group “name of group_bh13”',
      'bh14 Smart.run_code “older” in group_bh13',
      'bh15 Code.GroupEnd “name of bh15”',
      'bh16 Code.Else “name of bh16”',
    ]);
  });

  test('a block that lacks its end ends with the one around it', () => {
    const text = JSON.stringify([
      ...[atom('a', 'Code.While'), atom('b', 'Code.If'), atom('c', 'Code.ForEnd'), atom('d', 'x')],
    ]);
    expect(flowAs('astronRpa', text, 'p.json').nodes.map(({ parentId }) => parentId)).toEqual([
      ...[null, 'a', null, null],
    ]);
  });

  test('an atom is found by its line in the process, if its name is right', () => {
    const flow = flowAs('astronRpa', JSON.stringify(process), 'process.json');
    const located = (nodeId: string, nodeName: string) => {
      const found = locateNode(flow, { nodeId, nodeName });
      return found.kind === 'found' ? found.node.id : found.kind;
    };
    expect(located('1958120045671239690:3', 'name of bh3')).toBe('bh3');
    expect(located('1958120045671239690:3', 'renamed')).toBe('notFound');
    expect(located('1958120045671239690:3', '')).toBe('notFound');
    expect(located('inner', '')).toBe('notFound');
  });

  test('the folder of a run has the table of its atoms, and gives way to the process', () => {
    const text = JSON.stringify(
      {
        project_info: { project_id: '19581', project_name: 'Enter invoices' },
        process_info: {
          p1: {
            ...{ process_id: 'p1', process_name: 'main', breakpoint: [3] },
            process_meta: [
              [1, 'bh1', 'each', 'Code.ForList'],
              [3, 'bh6', 'call', 'Code.Process'],
              [4],
            ],
          },
        },
      },
      null,
      2,
    );
    const run = flowAs('astronRpaRun', text, 'package.json');
    expect(run.name).toBe('Enter invoices');
    expect(nodesOf(run)).toEqual(['bh1 Code.ForList “each”', 'bh6 Script.process “call”']);
    const files = [
      { uri: 'a/package.json', document: run },
      { uri: 'b/process.json', document: flowAs('astronRpa', JSON.stringify(process), 'p.json') },
    ];
    expect(bindFlows(['bh1', 'bh6'], '', files).map(({ uri }) => uri)).toEqual([
      'b/process.json',
      'a/package.json',
    ]);
  });

  test('the package of a library is none', () => {
    expect(looksLikeFlow('{"name": "x", "process": {"id": "1"}}', 'package.json')).toBe(false);
  });
});

describe('Node-RED', () => {
  const items = [
    { id: 't1', type: 'tab', label: 'Shop' },
    { id: 'sf', type: 'subflow', name: 'Save' },
    { id: 'g1', type: 'group', z: 't1', nodes: ['n1'] },
    { id: 'c1', type: 'comment', z: 't1', name: 'n1', wires: [] },
    { id: 'cfg', type: 'mqtt-broker', name: 'broker' },
    { id: 'n1', type: 'switch', z: 't1', g: 'g1', name: 'paid?', wires: [['n2'], ['n3', 'n2']] },
    { id: 'n2', type: 'subflow:sf', z: 't1', wires: [['n4']] },
    { id: 'n3', type: 'link out', z: 't1', links: ['n4'], wires: [] },
    { id: 'n4', type: 'debug', z: 't1', wires: [] },
    { id: 'in', type: 'http request', z: 'sf', name: 'post', wires: [[]] },
    { id: 'n5', type: 'catch', z: 't1', scope: ['n2'], wires: [['n4']] },
  ];

  test.each([
    ['a list', items],
    ['an object', { flows: items, rev: '1' }],
  ])('%s: what has wires is a node', (_, value) => {
    const flow = flowAs('nodeRed', JSON.stringify(value, null, 1), 'flows.json');
    expect(flow.name).toBe('Shop');
    expect(nodesOf(flow)).toEqual([
      ...['n1 switch “paid?”', 'n2 subflow:sf', 'n3 link out', 'n4 debug'],
      ...['in http request “post” in n2', 'n5 catch'],
    ]);
    expect(edgesOf(flow)).toEqual([
      ...['n1 → n2 branch', 'n1 → n3 branch', 'n1 → n2 branch', 'n2 → n4 normal'],
      ...['n3 → n4 normal', 'n5 → n4 normal', 'n2 → n5 fail'],
    ]);
  });

  test('a node in a subflow is called with what stands for it', () => {
    const flow = flowAs('nodeRed', JSON.stringify(items), 'flows.json');
    expect(locateNode(flow, { nodeId: 'n2-in', nodeName: '' })).toMatchObject({
      kind: 'found',
      node: { id: 'in' },
    });
    expect(bindFlows(['n1', 'n2-in'], '', [{ uri: 'f', document: flow }])[0]?.share).toBe(1);
  });

  test('of a subflow with several instances no parent is told', () => {
    const more = [...items, { id: 'n6', type: 'subflow:sf', z: 't1', wires: [[]] }];
    const flow = flowAs('nodeRed', JSON.stringify(more), 'flows.json');
    expect(flow.nodesById.get('in')?.[0]?.parentId).toBeNull();
  });
});

describe('Logic Apps and Power Automate', () => {
  const metadata = { operationMetadataId: 'same' };
  const definition = {
    $schema:
      'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    triggers: { manual: { type: 'Request', metadata } },
    actions: {
      Get_items: {
        type: 'OpenApiConnection',
        runAfter: {},
        metadata,
        inputs: { id: 'x', actions: 'no' },
      },
      是否付款: {
        ...{ type: 'If', runAfter: { Get_items: ['Succeeded'] } },
        actions: { Save: { type: 'Http' } },
        else: { actions: { Skip: { type: 'Compose' } } },
      },
      Which: {
        ...{ type: 'Switch', runAfter: { Get_items: ['Failed', 'TimedOut'] } },
        cases: { A: { case: 'a', actions: { In_A: { type: 'Http', runAfter: {} } } } },
        default: { actions: { Else: { type: 'Http' } } },
      },
    },
  };

  test.each([
    ['a workflow', { definition, kind: 'Stateful' }],
    ['a cloud flow of a solution', { properties: { definition }, schemaVersion: '1.0.0.0' }],
    ['a definition', definition],
    ['a template', { resources: [{ type: 'x' }, { properties: { definition } }] }],
  ])('%s: steps are the keys that they stand under', (_, value) => {
    const flow = flowAs('logicApps', JSON.stringify(value, null, 1), 'workflow.json');
    expect(nodesOf(flow)).toEqual([
      'manual Request “manual”',
      'Get_items OpenApiConnection “Get_items”',
      '是否付款 If “是否付款”',
      'Save Http “Save” in 是否付款',
      'Skip Compose “Skip” in 是否付款',
      'Which Switch “Which”',
      'In_A Http “In_A” in Which',
      'Else Http “Else” in Which',
    ]);
    expect(edgesOf(flow)).toEqual([
      'Get_items → 是否付款 normal',
      'Get_items → Which fail',
      'manual → Get_items normal',
    ]);
    const located = (nodeId: string) => locateNode(flow, { nodeId, nodeName: '' }).kind;
    expect(['same', 'x', 'A', 'Get items'].map(located)).toEqual([
      ...['notFound', 'notFound', 'notFound', 'found'],
    ]);
  });

  test('actions of something else are none', () => {
    expect(looksLikeFlow('{"actions": {"build": {"type": "x"}}}', 'a.json')).toBe(false);
  });
});

test('n8n: its runs go by names, and a node may be called like a property', () => {
  const nodes = ['toString', 'Save'].map((name, index) => ({
    ...{ id: `id${String(index)}`, name, type: 'n8n-nodes-base.set', typeVersion: 1 },
  }));
  const flow = flowAs('n8n', JSON.stringify({ nodes, connections: {} }), 'a.json');
  expect(bindFlows(['toString', 'Save'], '', [{ uri: 'a', document: flow }])[0]?.share).toBe(1);
  expect(locateNode(flow, { nodeId: 'Save', nodeName: '' })).toMatchObject({ node: { id: 'id1' } });
});

describe('a format of one’s own', () => {
  const keys = { identity: ['stepKey'], reference: ['after', 'title'], name: ['caption'] };
  const steps = [
    { stepKey: 'one', id: 7, caption: 'First', title: { id: 'x' } },
    { stepKey: 'two', id: 8, caption: 'Second', after: { stepKey: 'one', more: 1, still: 2 } },
  ];

  test.each([
    ['JSON', JSON.stringify({ steps }), 'own.json'],
    [
      'YAML',
      'steps:\n- {stepKey: one, id: 7, caption: First}\n- stepKey: two\n  caption: Second\n  after: {stepKey: one}\n',
      'own.yaml',
    ],
    [
      'XML',
      '<f><s stepKey="one" id="7" caption="First"/><s stepKey="two" caption="Second"><after><r stepKey="one"/></after></s></f>',
      'own.xml',
    ],
  ])('in %s has its keys from the settings', (_, text, fileName) => {
    expect(looksLikeFlow(text, fileName)).toBe(false);
    const { nodes } = flowAs('generic', text, fileName, keys);
    expect(nodes.map(({ id, name }) => [id, name])).toEqual([
      ['one', 'First'],
      ['two', 'Second'],
    ]);
  });

  test('does not change what is known', () => {
    const text = readFileSync(
      new URL('../../fixtures/flows/invoice-entry.yaml', import.meta.url),
      'utf8',
    );
    expect(flowAs('astronYaml', text, 'a.yaml', keys).nodes).toHaveLength(6);
  });
});
