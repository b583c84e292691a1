import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { declaredInput } from '../../../src/flow/declaredInputs.ts';
import { parseFlow } from '../../../src/flow/parseFlow.ts';
import type { SignsAnswer } from '../../../src/protocol/signs.ts';
import { asked } from '../../support/asked.ts';
import { recordWith } from '../../support/fixtures.ts';
import { storyRecord, storySid } from '../../support/storyRecords.ts';
import { engineParts } from '../engine/world.ts';

test.each(['constructor', '__proto__', 'toString'])('%s is no type that is known', (type) => {
  expect(declaredInput('x', type, true)).toEqual([{ name: 'x', type: null }]);
});

const n8n = (type: string, parameters: object) =>
  JSON.stringify({
    nodes: [
      {
        ...{ id: 'start', name: 'Start', type: `n8n-nodes-base.${type}`, typeVersion: 1.1 },
        ...{ position: [0, 0], parameters },
      },
      { id: 'x', name: 'X', type: 'n8n-nodes-base.set', typeVersion: 3, parameters: {} },
    ],
    connections: { Start: { main: [[{ node: 'X', type: 'main', index: 0 }]] } },
  });

const schema = {
  type: 'object',
  required: ['no', 'rows', 'count'],
  properties: {
    ...{ no: { type: 'string' }, rows: { type: 'array' }, count: { type: 'integer' } },
    either: { type: ['string', 'null'] },
  },
};
const logicApps = JSON.stringify({
  definition: {
    $schema: 'https://schema.management.azure.com/schemas/2016-06-01/workflowdefinition.json#',
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema } } },
    actions: { Enter: { type: 'Http', inputs: {}, runAfter: {} } },
  },
});

const bpmn = `<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
  <bpmn:process id="p">
    <bpmn:startEvent id="start">
      <bpmn:extensionElements><camunda:formData>
        <camunda:formField id="amount" type="long" />
        <camunda:formField id="due" type="date" />
        <camunda:formField id="urgent" type="boolean" />
      </camunda:formData></bpmn:extensionElements>
    </bpmn:startEvent>
    <bpmn:task id="enter" />
    <bpmn:sequenceFlow id="f" sourceRef="start" targetRef="enter" />
  </bpmn:process>
</bpmn:definitions>`;

const xaml = `<Activity x:Class="Main" xmlns="http://schemas.microsoft.com/netfx/2009/xaml/activities"
  xmlns:x="http://schemas.microsoft.com/winfx/2006/xaml" xmlns:sap2010="http://schemas.microsoft.com/netfx/2010/xaml/activities/presentation">
  <x:Members>
    <x:Property Name="in_File" Type="InArgument(x:String)" />
    <x:Property Name="in_Max" Type="InArgument(x:Int32)" />
    <x:Property Name="io_Rows" Type="InOutArgument(x:String[])" />
    <x:Property Name="out_Total" Type="OutArgument(x:Decimal)" />
  </x:Members>
  <Sequence DisplayName="Main" sap2010:WorkflowViewState.IdRef="Sequence_1">
    <Assign DisplayName="Set" sap2010:WorkflowViewState.IdRef="Assign_1" />
  </Sequence>
</Activity>`;

const robot = `*** Tasks ***
Enter All
    Log    hello
*** Keywords ***
Enter Invoice
    [Arguments]    \${no: str}    \${count: int}=1    \${lines: list[str]}
    ...    \${either: int | str}    \${plain}    @{rest}    &{named}
    Log    \${no}
`;

test('those who call a keyword of the file give it what it says', () => {
  const called = robot.replace('Log    hello', 'enter_invoice    A-1');
  const parsed = parseFlow(called, 'a.robot');
  const [call] = parsed.ok ? (parsed.value.nodesById.get('a.robot:3') ?? []) : [];
  expect(call?.ports?.inputs?.[1]).toEqual({ name: 'count', type: 'integer', isOptional: true });
});

test.each<[string, string, string, string, Readonly<Record<string, string | null>>]>([
  [
    'a workflow of n8n that others call',
    'a.json',
    n8n('executeWorkflowTrigger', {
      workflowInputs: { values: [{ name: 'no' }, { name: 'rows', type: 'array' }] },
    }),
    'start',
    { no: null, rows: 'array' },
  ],
  [
    'a form of n8n',
    'a.json',
    n8n('formTrigger', {
      formFields: {
        values: [{ fieldLabel: 'Amount', fieldType: 'number' }, { fieldLabel: 'Due' }],
      },
    }),
    'start',
    { Amount: 'number', Due: null },
  ],
  [
    'a request that starts a logic app',
    'a.json',
    logicApps,
    'manual',
    { no: 'string', rows: 'array', count: 'integer', either: null },
  ],
  [
    'the form of a start event',
    'a.bpmn',
    bpmn,
    'start',
    { amount: 'integer', due: null, urgent: 'boolean' },
  ],
  [
    'the arguments of a workflow in XAML',
    'a.xaml',
    xaml,
    'Sequence_1',
    { in_File: 'string', in_Max: 'integer', io_Rows: 'array' },
  ],
  [
    'a keyword of Robot Framework',
    'a.robot',
    robot,
    'a.robot:5',
    {
      ...{ no: 'string', count: 'integer', lines: 'array', either: null, plain: null },
      ...{ rest: 'array', named: 'object' },
    },
  ],
  [
    'what a run of astronRPA leaves of the parameters of its process',
    'package.json',
    readFileSync(new URL('../../fixtures/astronrpa-run/package.json', import.meta.url), 'utf8'),
    'bh755500000004096',
    { list_file: 'string', most: 'integer' },
  ],
])('%s says of which types its inputs are', (_, name, text, nodeId, expected) => {
  const parsed = parseFlow(text, name);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  const [node] = parsed.value.nodesById.get(nodeId) ?? [];
  const inputs = (node?.ports?.inputs ?? []).map((input) => [input.name, input.type] as const);
  expect(Object.fromEntries(inputs)).toEqual(expected);
  const others = parsed.value.nodes.filter(({ id }) => id !== nodeId);
  expect(others.flatMap(({ ports }) => ports?.inputs ?? [])).toEqual([]);
});

async function signsOf(input: Readonly<Record<string, never>>): Promise<SignsAnswer> {
  const engine = engineParts();
  engine.flows.set('file:///a.json', 'a.json', parseFlow(logicApps, 'a.json'));
  const steps = [
    { id: 'manual', name: 'manual', input },
    { id: 'Enter', name: 'Enter', input: { body: 'x' }, error: 'HTTP 400' },
  ];
  engine.take([recordWith(storyRecord({ n: 0, steps, code: 500, message: 'HTTP 400' }))]);
  return asked(engine.handlers, 'signs', { key: `workflow/${storySid(0)}` });
}

test('what a flow was started with is held against its trigger, when a later step fails', async () => {
  const good = { no: 'A-1', rows: [1], count: 2, either: '' };
  const lines = async (more: object) =>
    (await signsOf({ ...good, ...more } as never)).signs.map(
      ({ place, kind, name, type, expected, isDeclared }) =>
        [place.nodeId, kind, name, type, expected, isDeclared].join(' '),
    );
  expect(await lines({})).toEqual([]);
  expect(await lines({ count: 'many' })).toEqual(['manual otherType count text number true']);
  expect(await lines({ rows: [] })).toEqual(['manual empty rows   true']);
  expect(await lines({ no: '' })).toEqual(['manual empty no   true']);
});
