import { describe, expect, test } from 'vitest';

import type { FlowDocument, FlowReference } from '../../../src/flow/flowDocument.ts';
import { parseFlow } from '../../../src/flow/parseFlow.ts';

function read(text: string, fileName: string): FlowDocument {
  const parsed = parseFlow(text, fileName);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  return parsed.value;
}

function referencesOf(flow: FlowDocument, id: string): readonly FlowReference[] {
  return flow.nodesById.get(id)?.[0]?.ports?.references ?? [];
}

/** What a node is given, in lines: `input ← source: path`. */
function given(flow: FlowDocument, id: string): readonly string[] {
  return referencesOf(flow, id).map(({ input, source, path }) => `${input} ← ${source}: ${path}`);
}

/** What the file has where it says so. */
const placesOf = (flow: FlowDocument, id: string, text: string) => [
  ...new Set(
    referencesOf(flow, id).map(({ range }) =>
      range === undefined ? '' : text.slice(range.start, range.end),
    ),
  ),
];

describe('a process of the robot’s designer', () => {
  const atom = (
    id: string,
    inputs: Record<string, unknown>,
    outputs: Record<string, string> = {},
  ) => ({
    ...{ key: `Data.${id}`, version: '1', id, alias: id },
    inputList: Object.entries(inputs).map(([key, value]) => ({ key, value })),
    outputList: Object.entries(outputs).map(([key, value]) => ({
      ...{ key, value: [{ type: 'var', value }] },
    })),
  });
  const one = (type: string, value: string) => [{ type, value }];
  const text = JSON.stringify([
    atom('open', { path: one('p_var', 'list_path') }, { book: 'excel_1' }),
    atom('read', { excel: one('var', 'excel_1'), sheet: one('other', 'excel_1') }, { rows: '行' }),
    atom('sum', { code: one('python', 'len(行) + len(excel_1.行)') }, { out: 'total' }),
    atom('again', { x: one('var', 'later') }),
    atom('end', {}, { out: 'later' }),
  ]);
  const flow = read(text, 'process.json');

  test.each([
    ['of an earlier atom', 'read', 'excel', ['excel_1', 'book', '']],
    ['of none where nobody sets it', 'open', '', []],
    ['of a later one, which comes round again', 'again', 'x', ['later', 'out', '']],
  ])('is given %s', (_, id, input, paths) => {
    const source = id === 'read' ? 'open' : 'end';
    const own = given(flow, id).filter((line) => line.startsWith(`${input} ←`));
    expect(own).toEqual(paths.map((path) => `${input} ← ${source}: ${path}`));
  });

  test('names variables in code', () => {
    expect(given(flow, 'sum')).toContain('code ← read: 行');
    expect(given(flow, 'sum')).toContain('行 ← read: rows');
    expect(placesOf(flow, 'read', text)).toEqual(['excel_1']);
  });
});

describe('a suite of Robot Framework', () => {
  const text = `*** Variables ***
\${SUM}    0

*** Tasks ***
Enter invoices
    \${rows: list}=    Read Sheet    invoices.xlsx
    FOR    \${row: dict}    IN    @{rows}
        \${no}    \${total} =    Split Row    \${row}[no]    \${row.total}
        Enter    sheet=\${NO}    text=No. \${total}
        IF    $total > 3    Log    \${t_o_tal}
    END
    Set Suite Variable    \${sum}    \${total}
    VAR    \${note}    done    scope=SUITE
Close
    Log    \${SUM} \${note}
    Log    \${rows}
`;
  const flow = read(text, 'tasks.robot');
  const lines = (line: number) => given(flow, `tasks.robot:${String(line)}`);

  test.each<[string, number, readonly string[]]>([
    ['what a loop goes through', 7, ['rows ← tasks.robot:6: rows', '${rows} ← tasks.robot:6: ']],
    ['a field of it', 8, ['row ← tasks.robot:7: row.no', 'row ← tasks.robot:7: row.total']],
    ['by name, whatever the case', 9, ['sheet ← tasks.robot:8: no', 'NO ← tasks.robot:8: no']],
    ['within a text', 9, ['text ← tasks.robot:8: total', 'total ← tasks.robot:8: ${total}']],
    ['in a condition', 10, ['total ← tasks.robot:8: total', 't_o_tal ← tasks.robot:8: total']],
    ['of the suite', 15, ['SUM ← tasks.robot:12: sum', 'note ← tasks.robot:13: note']],
  ])('is given %s', (_, line, expected) => {
    expect(lines(line)).toEqual(expect.arrayContaining([...expected]));
  });

  test('and nothing of the variables of another task', () => {
    expect(lines(16)).toEqual([]);
    expect(placesOf(flow, 'tasks.robot:9', text)).toEqual(['sheet=${NO}', 'text=No. ${total}']);
  });
});

test('each of a dozen arguments is known, however often its variable was set', () => {
  const numbers = Array.from({ length: 12 }, (_, n) => String(n));
  const set = numbers.map((n) => `    \${v${n}}    \${w${n}} =    Read    ${n}\n`).join('');
  const enter = numbers.map((n) => `    a${n}=\${v${n}}`).join('');
  const flow = read(`*** Tasks ***\nEnter\n${set.repeat(5)}    Enter${enter}\n`, 'tasks.robot');
  const lines = given(flow, 'tasks.robot:63');
  for (const n of numbers) {
    const own = lines.filter((line) => line.startsWith(`a${n} ←`));
    expect(new Set(own.map((line) => line.split(':')[1])).size).toBe(5);
  }
});

test('of a node that reads hundreds of variables some are known', () => {
  const numbers = Array.from({ length: 300 }, (_, n) => String(n));
  const set = numbers.map((n) => `    \${v${n}} =    Read\n`).join('');
  const enter = numbers.map((n) => `    a${n}=\${v${n}}`).join('');
  const flow = read(`*** Tasks ***\nEnter\n${set}    Enter${enter}\n`, 'tasks.robot');
  const inputs = new Set(referencesOf(flow, 'tasks.robot:303').map(({ input }) => input));
  expect(numbers.filter((n) => inputs.has(`a${n}`))).toEqual(numbers.slice(0, 200));
});

describe('a workflow of UiPath or OpenRPA', () => {
  const text = `<Activity x:Class="Main" xmlns="http://schemas.microsoft.com/netfx/2009/xaml/activities"
 xmlns:sap2010="http://schemas.microsoft.com/netfx/2010/xaml/activities/presentation"
 xmlns:ui="http://schemas.uipath.com/workflow/activities" xmlns:x="http://schemas.microsoft.com/winfx/2006/xaml">
  <Sequence DisplayName="Main" sap2010:WorkflowViewState.IdRef="Main_1">
    <Sequence.Variables><Variable x:TypeArguments="x:String" Name="total" /></Sequence.Variables>
    <ui:ReadRange DataTable="[dt]" DisplayName="Read" sap2010:WorkflowViewState.IdRef="Read_1" SheetName="dt" />
    <Assign DisplayName="Sum" sap2010:WorkflowViewState.IdRef="Assign_1">
      <Assign.To><OutArgument x:TypeArguments="x:String">[total]</OutArgument></Assign.To>
      <Assign.Value><InArgument x:TypeArguments="x:String">[dt.Rows(0)("total").ToString + "dt2"]</InArgument></Assign.Value>
    </Assign>
    <ui:InvokeWorkflowFile DisplayName="Enter" sap2010:WorkflowViewState.IdRef="Invoke_1" WorkflowFileName="Enter.xaml">
      <ui:InvokeWorkflowFile.Arguments>
        <InArgument x:TypeArguments="x:String" x:Key="in_Total">[total]</InArgument>
        <OutArgument x:TypeArguments="x:String" x:Key="out_No">[no]</OutArgument>
      </ui:InvokeWorkflowFile.Arguments>
    </ui:InvokeWorkflowFile>
    <Sequence DisplayName="Inner" sap2010:WorkflowViewState.IdRef="Inner_1">
      <ui:TypeInto DisplayName="Type" sap2010:WorkflowViewState.IdRef="Type_1" Text="[&quot;No. &quot; &amp; no]" />
      <ui:LogMessage DisplayName="Log" sap2010:WorkflowViewState.IdRef="Log_1" Message="no total" />
      <ui:Multiple DisplayName="Code" sap2010:WorkflowViewState.IdRef="Code_1">
        <ui:Multiple.Text><InArgument x:TypeArguments="x:String"><mca:CSharpValue xmlns:mca="x" x:TypeArguments="x:String">total + no</mca:CSharpValue></InArgument></ui:Multiple.Text>
      </ui:Multiple>
    </Sequence>
  </Sequence>
</Activity>`;
  const flow = read(text, 'Main.xaml');

  test.each<[string, string, readonly string[]]>([
    ['an attribute', 'Assign_1', ['Value ← Read_1: dt', 'dt ← Read_1: DataTable', 'dt ← Read_1: ']],
    ['an argument', 'Invoke_1', ['in_Total ← Assign_1: total', 'total ← Assign_1: To']],
    ['what another one gave', 'Type_1', ['Text ← Invoke_1: no', 'no ← Invoke_1: out_No']],
    ['C#', 'Code_1', ['Text ← Assign_1: total', 'Text ← Invoke_1: no']],
  ])('is given %s', (_, id, expected) => {
    expect(given(flow, id)).toEqual(expect.arrayContaining([...expected]));
  });

  test('and nothing by a text, by what it holds, or of what a text names', () => {
    expect(given(flow, 'Log_1')).toEqual([]);
    expect(given(flow, 'Inner_1')).toEqual([]);
    expect(given(flow, 'Main_1')).toEqual([]);
    expect(placesOf(flow, 'Invoke_1', text)).toEqual(['[total]']);
  });
});

describe('a process of BPMN', () => {
  const text = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="c" xmlns:zeebe="z">
  <bpmn:process id="invoice" isExecutable="true">
    <bpmn:userTask id="ask"><bpmn:extensionElements><camunda:formData>
      <camunda:formField id="amount" label="Amount" type="long" /></camunda:formData></bpmn:extensionElements></bpmn:userTask>
    <bpmn:serviceTask id="rate" camunda:resultVariable="rating" />
    <bpmn:serviceTask id="enter"><bpmn:extensionElements><camunda:inputOutput>
      <camunda:inputParameter name="sum">\${amount * 2 &gt; 'rating'.length()}</camunda:inputParameter>
      <camunda:inputParameter name="note">amount</camunda:inputParameter>
      <camunda:outputParameter name="no">\${response.no}</camunda:outputParameter>
    </camunda:inputOutput></bpmn:extensionElements></bpmn:serviceTask>
    <bpmn:serviceTask id="mail"><bpmn:extensionElements><zeebe:ioMapping>
      <zeebe:input source="=rating.value[1]" target="stars" />
      <zeebe:input source="=no" target="number" />
    </zeebe:ioMapping></bpmn:extensionElements></bpmn:serviceTask>
    <bpmn:callActivity id="call"><bpmn:extensionElements><camunda:in source="no" target="id" /></bpmn:extensionElements>
      <bpmn:multiInstanceLoopCharacteristics camunda:collection="\${rating.list}" /></bpmn:callActivity>
  </bpmn:process>
</bpmn:definitions>`;
  const flow = read(text, 'invoice.bpmn');

  test.each<[string, string, readonly string[]]>([
    ['of a form, by an expression', 'enter', ['sum ← ask: amount', 'amount ← ask: ']],
    ['of a result, and a part of it', 'mail', ['stars ← rate: rating.value[1]']],
    [
      'of an output and what it is made of',
      'mail',
      ['number ← enter: no', 'number ← enter: response'],
    ],
    ['as it is called there', 'call', ['id ← enter: no', 'collection ← rate: rating.list']],
  ])('is given %s', (_, id, expected) => {
    expect(given(flow, id)).toEqual(expect.arrayContaining([...expected]));
  });

  test('and nothing by a plain text, or by a text within an expression', () => {
    expect(given(flow, 'enter').filter((line) => /^note|rate/.test(line))).toEqual([]);
    expect(given(flow, 'rate')).toEqual([]);
  });
});

describe('a cloud flow', () => {
  const text = JSON.stringify({
    definition: {
      $schema: 'https://schema.management.azure.com/2016-06-01/workflowdefinition.json#',
      triggers: { Mail: { type: 'Request' } },
      actions: {
        Init: {
          ...{ type: 'InitializeVariable', runAfter: {} },
          inputs: { variables: [{ name: 'total', type: 'integer', value: 0 }] },
        },
        Add: {
          ...{ type: 'IncrementVariable', runAfter: { Init: ['Succeeded'] } },
          inputs: { name: 'total', value: "@outputs('Read')?['sum']" },
        },
        Enter: {
          ...{ type: 'Http', runAfter: { Add: ['Succeeded'] } },
          inputs: { body: { sum: "@{variables('total')}" } },
        },
        Each: {
          ...{ type: 'Foreach', runAfter: {}, foreach: "@variables('total')['rows']" },
          actions: {},
        },
        Check: {
          ...{ type: 'If', runAfter: {}, actions: {} },
          expression: { and: [{ equals: ["@body('Enter')?['no']", 1] }] },
        },
      },
    },
  });
  const flow = read(text, 'flow.json');

  test.each<[string, string, readonly string[]]>([
    ['by a variable, of all that set it', 'Enter', ['sum ← Add: total', 'sum ← Init: total']],
    ['what a loop goes through', 'Each', ['foreach ← Add: total.rows']],
    ['by what a way is chosen', 'Check', ['expression ← Enter: body.no']],
  ])('is given %s', (_, id, expected) => {
    expect(given(flow, id)).toEqual(expect.arrayContaining([...expected]));
    expect(placesOf(flow, id, text).join()).toMatch(/^@/);
  });
});

describe('flows of Node-RED', () => {
  const node = (id: string, type: string, parts: object, wires: string[] = []) => ({
    ...{ id, type, z: 'tab1', name: id, wires: [wires] },
    ...parts,
  });
  const text = JSON.stringify([
    { id: 'tab1', type: 'tab', label: 'Invoices' },
    node('in', 'inject', {}, ['split', 'log']),
    node('split', 'function', { func: "flow.set('sum', 1);\nmsg.no = msg.payload.rows[0].no;" }, [
      ...['change', 'page'],
    ]),
    node('change', 'change', {
      rules: [{ t: 'set', p: 'a', pt: 'msg', to: 'payload.no', tot: 'msg' }],
    }),
    node('page', 'template', { field: 'payload', template: 'No. {{payload.no}} of {{topic}}' }, [
      'join',
    ]),
    node('log', 'debug', { complete: 'payload', targetType: 'msg' }, ['join']),
    node('join', 'function', { func: 'return { payload: msg.payload + flow.get("sum") };' }),
  ]);
  const flow = read(text, 'flows.json');

  test.each<[string, string, readonly string[]]>([
    ['what code reads, and not what it sets', 'split', ['payload ← in: payload']],
    ['what a rule names', 'change', ['payload ← split: payload', 'to ← split: payload.no']],
    [
      'what a template names',
      'page',
      ['payload ← split: payload', 'topic ← split: topic', 'template ← split: payload.no'],
    ],
    ['what is shown', 'log', ['payload ← in: payload', 'complete ← in: payload']],
  ])('are given %s', (_, id, expected) => {
    expect(given(flow, id)).toEqual(expect.arrayContaining([...expected]));
  });

  test('and of several before them what is kept beside the message alone', () => {
    expect(given(flow, 'join')).toEqual(['sum ← split: sum', 'sum ← split: ']);
    expect(given(flow, 'split').some((line) => line.startsWith('no '))).toBe(false);
  });
});

test('a variable that very many set and read is told in a time that grows with the file', () => {
  const count = 4_000;
  const step = (n: number) => `    \${x}=    Add    \${x}    ${String(n)}\n`;
  const text = `*** Tasks ***\nCount\n${Array.from({ length: count }, (_, n) => step(n)).join('')}`;
  const flow = read(text, 'count.robot');
  const all = flow.nodes.flatMap((node) => node.ports?.references ?? []);
  // Five that set it, under two names and three of its own.
  expect(all.length).toBeLessThanOrEqual(count * 5 * 2 * 3);
  expect(given(flow, `count.robot:${String(count)}`)[0]).toBe(
    `x ← count.robot:${String(count - 1)}: x`,
  );
});
