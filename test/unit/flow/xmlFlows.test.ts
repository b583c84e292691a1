import { describe, expect, test } from 'vitest';
import { locateNode } from '../../../src/flow/locateNode.ts';
import { looksLikeFlow } from '../../../src/flow/looksLikeFlow.ts';
import { parseFlow } from '../../../src/flow/parseFlow.ts';
import { edgesOf, flowAs, nodesOf } from '../../support/flowFormats.ts';

describe('XAML', () => {
  const idRef = (id: string) => `sap2010:WorkflowViewState.IdRef="${id}"`;
  const xaml = `\uFEFF<!-- <Window> -->\r
<Activity x:Class="Shop" ${idRef('Shop_1')} xmlns="http://schemas.microsoft.com/netfx/2009/xaml/activities">
  <x:Members><x:Property Name="in_Path" /></x:Members>
  <StateMachine DisplayName="Shop" ${idRef('StateMachine_1')}>
    <State x:Name="__ReferenceID0" DisplayName="Enter" ${idRef('State_1')}>
      <State.Entry>
        <Sequence DisplayName=" ">
          <Sequence.Variables><Variable Name="x" /></Sequence.Variables>
          <ui:Click DisplayName="Click 'Save'" ${idRef('Click`1_1')} Image="${'iVBORw0KGgo'.repeat(2_000)}">
            <ui:Click.Target><ui:Target Id="7c3b1f0e" /></ui:Click.Target>
          </ui:Click>
          <ui:Log DisplayName="Log" /><ui:Log DisplayName="Log" />
          <Assign><sap2010:WorkflowViewState.IdRef>Assign_1</sap2010:WorkflowViewState.IdRef></Assign>
        </Sequence>
      </State.Entry>
      <State.Transitions>
        <Transition DisplayName="done" ${idRef('Transition_1')}>
          <Transition.To><State DisplayName="End" ${idRef('State_2')} /></Transition.To>
        </Transition>
      </State.Transitions>
    </State>
    <x:Reference>__ReferenceID0</x:Reference>
  </StateMachine>
  <sap2010:WorkflowViewState.ViewStateManager>
    <sap2010:ViewStateManager>
      <sap2010:ViewStateData Id="Click\`1_1" DisplayName="Click 'Save'" ${idRef('no')} />
    </sap2010:ViewStateManager>
  </sap2010:WorkflowViewState.ViewStateManager>
</Activity>`;

  test('activities alone are nodes, states stand in their machine', () => {
    const flow = flowAs('xaml', xaml, 'Shop.xaml');
    expect(flow.name).toBe('Shop');
    expect(nodesOf(flow)).toEqual([
      'StateMachine_1 StateMachine “Shop”',
      'State_1 State “Enter” in StateMachine_1',
      "Click`1_1 Click “Click 'Save'” in State_1",
      'Log Log “Log” in State_1',
      'Log Log “Log” in State_1',
      'Assign_1 Assign in State_1',
      'Transition_1 Transition “done” in State_1',
      'State_2 State “End” in StateMachine_1',
    ]);
  });

  test('a name is found, and a choice where several have it', () => {
    const flow = flowAs('xaml', xaml, 'Shop.xaml');
    const located = (nodeId: string) => locateNode(flow, { nodeId, nodeName: '' });
    expect(located("Click 'Save'")).toMatchObject({ kind: 'found', node: { id: 'Click`1_1' } });
    expect(located('Assign')).toMatchObject({ kind: 'found', node: { id: 'Assign_1' } });
    expect(located('Log').kind).toBe('ambiguous');
    expect(located('Shop_1').kind).toBe('notFound');
  });

  test('a window is no workflow', () => {
    const text = '<Window x:Class="W"><Button x:Name="save" DisplayName="Save" id="1" /></Window>';
    expect(looksLikeFlow(text, 'W.xaml')).toBe(false);
    expect(parseFlow(text, 'W.xaml')).toMatchObject({ ok: false, error: { reason: 'notAFlow' } });
  });
});

describe('BPMN', () => {
  test.each([
    ['', 'xmlns'],
    ['bpmn:', 'xmlns:bpmn'],
    ['semantic:', 'xmlns:semantic'],
  ])('what runs is a node, with the prefix %j', (p, xmlns) => {
    const text = `<?xml version="1.0"?>
<${p}definitions id="D" ${xmlns}="http://www.omg.org/spec/BPMN/20100524/MODEL">
  <${p}message id="M" name="order" /><${p}collaboration id="C"><${p}participant id="P1" processRef="Ship" /></${p}collaboration>
  <${p}process id="Ship" name="Ship it">
    <${p}laneSet id="L"><${p}lane id="L1"><${p}flowNodeRef>Pack</${p}flowNodeRef></${p}lane></${p}laneSet>
    <${p}startEvent id="Begin"><${p}outgoing>f1</${p}outgoing></${p}startEvent>
    <${p}task id="Pack" name="Pack" default="f3"><${p}multiInstanceLoopCharacteristics id="x" /></${p}task>
    <${p}boundaryEvent id="Broken" attachedToRef="Pack"><${p}errorEventDefinition id="e" /></${p}boundaryEvent>
    <${p}exclusiveGateway id="Way" />
    <${p}subProcess id="Send"><${p}userTask id="Post" /><${p}textAnnotation id="t"><${p}text>Post</${p}text></${p}textAnnotation></${p}subProcess>
    <${p}callActivity id="Bill" /><${p}endEvent id="End" /><${p}dataObjectReference id="data" />
    <${p}sequenceFlow id="f1" sourceRef="Begin" targetRef="Pack" />
    <${p}sequenceFlow id="f2" sourceRef="Pack" targetRef="Way" />
    <${p}sequenceFlow id="f3" sourceRef="Way" targetRef="Send" />
    <${p}sequenceFlow id="f4" sourceRef="Way" targetRef="Bill" />
    <${p}sequenceFlow id="f5" sourceRef="Broken" targetRef="End" />
  </${p}process>
  <bpmndi:BPMNDiagram id="Dia"><bpmndi:BPMNShape id="Pack_di" bpmnElement="Pack" /></bpmndi:BPMNDiagram>
</${p}definitions>`;
    const flow = flowAs('bpmn', text, 'ship.bpmn');
    expect(flow).toMatchObject({ name: 'Ship it', flowId: 'Ship' });
    expect(nodesOf(flow)).toEqual([
      'Begin startEvent',
      'Pack task “Pack”',
      'Broken boundaryEvent',
      'Way exclusiveGateway',
      'Send subProcess',
      'Post userTask in Send',
      'Bill callActivity',
      'End endEvent',
    ]);
    expect(edgesOf(flow)).toEqual([
      'Pack → Broken fail',
      'Begin → Pack normal',
      'Pack → Way normal',
      'Way → Send branch',
      'Way → Bill branch',
      'Broken → End normal',
    ]);
  });

  test('other definitions are none', () => {
    const text =
      '<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"><message id="m" /></definitions>';
    expect(looksLikeFlow(text, 'a.xml')).toBe(false);
  });
});

describe('Blue Prism', () => {
  const stage = (id: string, name: string, type: string, inner: string) =>
    `<stage stageid="${id}" name="${name}" type="${type}"><subsheetid>page1</subsheetid><display x="1" y="2" />${inner}</stage>`;
  const process =
    '<process name="Shop" bpversion="7"><subsheet subsheetid="page1" type="Normal"><name>Page</name></subsheet>' +
    stage('info', 'Page', 'SubSheetInfo', '') +
    stage('s1', 'Start', 'Start', '<onsuccess>s2</onsuccess>') +
    stage('s2', 'Paid?', 'Decision', '<ontrue>s3</ontrue><onfalse>s4</onfalse>') +
    stage('s3', 'Save', 'Action', '<onsuccess>s4</onsuccess>') +
    stage(
      's5',
      'Which',
      'ChoiceStart',
      '<choices><choice><name>a</name><ontrue>s3</ontrue></choice></choices>',
    ) +
    stage('d1', 'rows', 'Collection', '') +
    stage('b1', 'Frame', 'Block', '') +
    stage('s4', 'Start', 'End', '') +
    '</process>';

  test.each([
    ['a process', process, 'a.bpprocess', 'Shop'],
    ['an object', process, 'a.bpobject', 'Shop'],
    [
      'a release, a whole process on its line',
      `<?xml version="1.0"?>\n<bpr:release xmlns:bpr="http://www.blueprism.co.uk/product/release">\n<bpr:name>Autumn</bpr:name><bpr:contents>\n<process id="p" name="Shop">${process}</process>\n</bpr:contents></bpr:release>`,
      'a.bprelease',
      'Autumn',
    ],
  ])('%s', (_, text, fileName, name) => {
    const flow = flowAs('bluePrism', text, fileName);
    expect(flow.name).toBe(name);
    expect(nodesOf(flow)).toEqual([
      's1 Start “Start”',
      's2 Decision “Paid?”',
      's3 Action “Save”',
      's5 ChoiceStart “Which”',
      's4 End “Start”',
    ]);
    expect(edgesOf(flow)).toEqual([
      's1 → s2 normal',
      's2 → s3 branch',
      's2 → s4 branch',
      's3 → s4 normal',
      's5 → s3 branch',
    ]);
    expect(locateNode(flow, { nodeId: 'page1', nodeName: '' }).kind).toBe('notFound');
    expect(locateNode(flow, { nodeId: 'gone', nodeName: 'Start' }).kind).toBe('ambiguous');
  });
});
