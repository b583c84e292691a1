import { describe, expect, test } from 'vitest';
import type { FlowDocument, FlowFormat } from '../../../src/flow/flowDocument.ts';
import { edgesOf, flowAs } from '../../support/flowFormats.ts';

/** Where nodes lie, each as `id x,y` and its page. */
function placesOf({ nodes }: FlowDocument): string[] {
  return nodes.map(({ id, canvas }) =>
    canvas === undefined
      ? `${id} nowhere`
      : `${id} ${String(canvas.x)},${String(canvas.y)}${canvas.page === '' ? '' : ` on ${canvas.page}`}`,
  );
}

const files: readonly [FlowFormat, string, string, readonly string[]][] = [
  [
    'astronYaml',
    'w.yml',
    `flowMeta:
  name: w
flowData:
  nodes:
  - id: node-start::1
    width: 360
    height: 100
    position:
      x: 20.5
      y: -40
    data: {label: Start}
  - id: iteration::2
    position: {x: 620, y: 0}
    data: {label: Each}
  - id: ifly-code::3
    parentId: iteration::2
    position: {x: 40, y: 120}
    data: {label: Code}
  - id: node-end::4
    position: {x: far}
    data: {label: End}
  edges: []
`,
    [
      'node-start::1 200.5,10',
      'iteration::2 620,0',
      'ifly-code::3 40,120 on iteration::2',
      'node-end::4 nowhere',
    ],
  ],
  [
    'n8n',
    'n.json',
    JSON.stringify({
      nodes: [
        { id: 'a', name: 'A', type: 'n8n-nodes-base.set', typeVersion: 1, position: [220, -80] },
        { id: 'b', name: 'B', type: 'n8n-nodes-base.set', typeVersion: 1, position: ['x', 1] },
      ],
      connections: {},
    }),
    ['a 220,-80', 'b nowhere'],
  ],
  [
    'nodeRed',
    'flows.json',
    JSON.stringify([
      { id: 't1', type: 'tab', label: 'Tab' },
      { id: 'a', type: 'inject', z: 't1', x: 120, y: 80, wires: [['b']] },
      { id: 'b', type: 'debug', z: 't1', x: '300', y: 80, wires: [] },
    ]),
    ['a 120,80 on t1', 'b 300,80 on t1'],
  ],
  [
    'bpmn',
    'b.bpmn',
    `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"><bpmn:process id="P">
<bpmn:task id="A" /><bpmn:task id="B" /></bpmn:process>
<bpmndi:BPMNDiagram><bpmndi:BPMNPlane>
<bpmndi:BPMNShape bpmnElement="A"><dc:Bounds x="100" y="80" width="100" height="80" /></bpmndi:BPMNShape>
<bpmndi:BPMNShape bpmnElement="B"><bpmndi:BPMNLabel /></bpmndi:BPMNShape>
</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>`,
    ['A 150,120', 'B nowhere'],
  ],
  [
    'bluePrism',
    'p.bpprocess',
    `<process name="P"><subsheet subsheetid="p1" type="Normal"><name>Page</name></subsheet>
<stage stageid="s1" name="Start" type="Start"><display x="15" y="-105" /></stage>
<stage stageid="s2" name="Old" type="Action"><subsheetid>p1</subsheetid><displayx>15</displayx><displayy>45</displayy></stage>
</process>`,
    ['s1 15,-105', 's2 15,45 on p1'],
  ],
];

test.each(files)('%s: nodes lie where their designer put them', (format, name, text, places) => {
  expect(placesOf(flowAs(format, text, name))).toEqual(places);
});

describe('XAML: what follows what', () => {
  const id = (name: string) => `sap2010:WorkflowViewState.IdRef="${name}"`;
  const inActivity = (body: string) =>
    `<Activity x:Class="Main" xmlns="http://schemas.microsoft.com/netfx/2009/xaml/activities">${body}</Activity>`;

  test.each([
    [
      'a flow chart: steps hold what follows, or name it',
      `<Flowchart ${id('Flowchart_1')}>
<Flowchart.StartNode><x:Reference>__ReferenceID0</x:Reference></Flowchart.StartNode>
<FlowStep x:Name="__ReferenceID0" ${id('FlowStep_1')}><Log DisplayName="Log" ${id('Log_1')} />
<FlowStep.Next><FlowDecision x:Name="__ReferenceID1" ${id('FlowDecision_1')} False="{x:Reference __ReferenceID0}">
<FlowDecision.True><FlowStep x:Name="__ReferenceID2" ${id('FlowStep_2')}>
<FlowStep.Next><x:Reference>__ReferenceID1</x:Reference></FlowStep.Next></FlowStep></FlowDecision.True>
</FlowDecision></FlowStep.Next></FlowStep>
<x:Reference>__ReferenceID1</x:Reference><x:Reference>__ReferenceID2</x:Reference></Flowchart>`,
      [
        'FlowStep_1 → FlowDecision_1 normal',
        'FlowDecision_1 → FlowStep_2 branch',
        'FlowDecision_1 → FlowStep_1 branch',
        'FlowStep_2 → FlowDecision_1 normal',
      ],
    ],
    [
      'a switch and its cases',
      `<Flowchart ${id('Flowchart_1')}><FlowSwitch x:TypeArguments="x:String" ${id('FlowSwitch_1')}>
<FlowSwitch.Default><FlowStep ${id('FlowStep_1')} /></FlowSwitch.Default>
<FlowStep x:Key="a" ${id('FlowStep_2')} /></FlowSwitch></Flowchart>`,
      ['FlowSwitch_1 → FlowStep_1 branch', 'FlowSwitch_1 → FlowStep_2 branch'],
    ],
    [
      'a state machine: a transition leads to a state',
      `<StateMachine DisplayName="M" ${id('StateMachine_1')}>
<State x:Name="__ReferenceID0" DisplayName="Init" ${id('State_1')}><State.Transitions>
<Transition DisplayName="done" ${id('Transition_1')}><Transition.To><State x:Name="__ReferenceID1" DisplayName="Work" ${id('State_2')}>
<State.Transitions><Transition DisplayName="again" ${id('Transition_2')} To="{x:Reference __ReferenceID0}" /></State.Transitions>
</State></Transition.To></Transition></State.Transitions></State>
<x:Reference>__ReferenceID1</x:Reference></StateMachine>`,
      ['Transition_1 → State_2 normal', 'Transition_2 → State_1 normal'],
    ],
    [
      'a name that nobody has leads nowhere',
      `<Flowchart ${id('F')}><FlowStep ${id('S')} Next="{x:Reference gone}" /></Flowchart>`,
      [],
    ],
  ])('%s', (_, body, edges) => {
    expect(edgesOf(flowAs('xaml', inActivity(body), 'Main.xaml'))).toEqual(edges);
  });
});
