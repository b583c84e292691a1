import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseFlow } from '../../../src/flow/parseFlow.ts';

function flowOf(text: string, fileName: string) {
  const parsed = parseFlow(text, fileName);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  return parsed.value;
}

/** Each node as `type name`, and what precedes its id on the line: which of the id's places it is. */
function printed(fileName: string): string[] {
  const text = readFileSync(new URL(`../../fixtures/flows/${fileName}`, import.meta.url), 'utf8');
  return flowOf(text, fileName).nodes.map(({ id, name, type, idRange }) => {
    const lineStart = text.lastIndexOf('\n', idRange.start) + 1;
    expect(text.slice(idRange.start, idRange.end)).toBe(id);
    const before = text.slice(lineStart, idRange.start).trim().split(/\s+/).slice(-2).join(' ');
    return `${id} = ${type} “${name}” after ${before}`;
  });
}

test('Node-RED: a node, not the wires to it', () => {
  expect(printed('node-red-flows.json')).toEqual([
    '3cc11d24.ff01a2 = inject “every hour” after "id": "',
    '8bd04b10.813f58 = function “split invoices” after "id": "',
    '4146d01.5707f3 = http request “save in ERP” after "id": "',
    'c71e8f3a.2b4d9 = debug “” after "id": "',
    'e5b0a1d2.93c44 = catch “” after "id": "',
  ]);
});

test('BPMN: an element, not the flows to it nor its picture', () => {
  expect(printed('camunda-invoice.bpmn')).toEqual([
    'StartEvent_1 = startEvent “” after <bpmn:startEvent id="',
    'Activity_Save = serviceTask “Save in ERP” after <bpmn:serviceTask id="',
    'EndEvent_1 = endEvent “” after <bpmn:endEvent id="',
  ]);
});

test('XAML: the id of the activity, its display name as name', () => {
  expect(printed('uipath-Main.xaml').filter((line) => /Click|LogMessage/.test(line))).toEqual([
    'LogMessage_1 = LogMessage “Log Message” after Message" sap2010:WorkflowViewState.IdRef="',
    `Click_1 = Click “Click 'Save'” after 'Save'" sap2010:WorkflowViewState.IdRef="`,
    'LogMessage_2 = LogMessage “Log Message” after Message" sap2010:WorkflowViewState.IdRef="',
  ]);
});

test('the designer of the robot: the alias as name, the atom as type', () => {
  expect(printed('astronrpa-process.json')[7]).toBe(
    'bh755500000032768 = BrowserElement.click “点击保存按钮” after "id": "',
  );
});

test('edges join nodes; a step that copies a file is none', () => {
  const text = JSON.stringify({
    nodes: [{ id: 'a' }, { id: 'copy', source: '/from', target: '/to' }],
    edges: [
      { id: 'e1', source: 'a', target: 'copy' },
      { id: 'half', source: 'a' },
    ],
  });
  const { nodes, edges } = flowOf(text, 'a.json');
  expect(nodes.map(({ id }) => id)).toEqual(['a', 'copy', 'half']);
  expect(edges).toEqual([{ source: 'a', target: 'copy', kind: 'normal' }]);
});

test('BPMN gives its edges', () => {
  const text = readFileSync(
    new URL('../../fixtures/flows/camunda-invoice.bpmn', import.meta.url),
    'utf8',
  );
  expect(flowOf(text, 'a.bpmn').edges.map(({ source, target }) => `${source} → ${target}`)).toEqual(
    expect.arrayContaining(['StartEvent_1 → Activity_Save', 'Activity_Save → EndEvent_1']),
  );
});

test('a step without an id has the key that it stands under', () => {
  const text =
    '{"definition": {"actions": {"Get_items": {"type": "ApiConnection", "runAfter": {"x": {}}}}}}';
  const [node, ...others] = flowOf(text, 'a.json').nodes;
  expect(others).toEqual([]);
  expect(node).toMatchObject({ id: 'Get_items', name: 'Get_items', type: 'ApiConnection' });
  expect(text.slice(node?.idRange.start, node?.idRange.end)).toBe('Get_items');
  expect(text.slice(node?.range.start, node?.range.end)).toMatch(/^Get_items": \{.*\}$/);
});

test.each([
  // The definition has more to say than what points at it.
  ['{"seen": [{"id": "a"}], "steps": [{"id": "a", "name": "A", "type": "t"}]}', ['A']],
  // Of equal ones the outer.
  ['{"x": {"id": "a", "name": "outer", "y": {"id": "a", "name": "inner", "z": 1}}}', ['outer']],
  // Two that are equal side by side: the reader has to say which.
  ['[{"id": "a", "name": "1"}, {"id": "a", "name": "2"}]', ['1', '2']],
  // What has no value is no id; the next key may be one.
  ['[{"id": null, "uid": "a", "name": "1"}, {"id": "", "name": "2"},]', ['1']],
  // Never what a reference holds.
  ['{"s": {"id": "a", "name": "1"}, "runAfter": {"id": "a", "name": "2", "more": 1}}', ['1']],
])('of %s counts %j', (text, names) => {
  expect(flowOf(text, 'a.json').nodes.map(({ name }) => name)).toEqual(names);
});

test.each([
  ['an unclosed element', '<p><a id="1" name="x"><b id="2"/>', ['1', '2']],
  ['a wrong end', '<p><a id="1"></b><c id="2"/></p>', ['1', '2']],
  ['an attribute without quotes', '<p><a id=1/><c id="2"/></p>', ['2']],
  ['an unknown entity', '<p><a id="1" name="&nope;"/></p>', ['1']],
])('XML with %s still gives its nodes', (_, text, ids) => {
  const { nodes } = flowOf(text, 'a.bpmn');
  for (const { id, idRange } of nodes) expect(text.slice(idRange.start, idRange.end)).toBe(id);
  expect(nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
});

test('XML keeps its places after a byte order mark, Windows line ends, entities and emoji', () => {
  const text =
    '\uFEFF<?xml version="1.0"?>\r\n<p>\r\n <!-- 😀 <a id="no"/> -->\r\n <a t=\'"\' n="&lt;😀&gt;"\r\n  x:Name = \'s1\'/>\r\n' +
    ' <![CDATA[<a id="no"/>]]><stage><stageid> s2 </stageid><name>Two 😀</name><onsuccess>s1</onsuccess></stage></p>';
  const { nodes } = flowOf(text, 'a.bpprocess');
  expect(nodes.map(({ id, name }) => [id, name])).toEqual([
    ['s1', ''],
    ['s2', 'Two 😀'],
  ]);
  for (const { id, idRange } of nodes) expect(text.slice(idRange.start, idRange.end)).toBe(id);
});

test('activities without an id are known by their display name', () => {
  const text = '<Activity><Seq DisplayName="Save"/><Seq DisplayName="Save"/></Activity>';
  expect(flowOf(text, 'a.xaml').nodesById.get('Save')).toHaveLength(2);
});
