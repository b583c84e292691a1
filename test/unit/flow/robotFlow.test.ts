import { expect, test } from 'vitest';
import { bindFlows } from '../../../src/flow/bindFlow.ts';
import { locateNode } from '../../../src/flow/locateNode.ts';
import { looksLikeFlow } from '../../../src/flow/looksLikeFlow.ts';
import { parseFlow } from '../../../src/flow/parseFlow.ts';
import { flowAs, nodesOf } from '../../support/flowFormats.ts';

const suite = `*** Settings ***
Documentation     Enters what a list holds.
Library           Browser
Suite Setup       Open Shop    \${URL}
Test Teardown     NONE

*** Variables ***
\${URL}            https://shop.example.com

*** Tasks ***
Enter The List
    [Documentation]    Open Shop is only named here.
    [Setup]    Prepare
    # Open Shop    in a comment
    \${rows} =    Read List    list.csv    # and here
    FOR    \${row}    IN    @{rows}
        TRY
            Enter Row    \${row}
            ...    quick=yes
        EXCEPT    *timeout*    type=GLOB
            Log    late
        FINALLY
            Close Row
        END
    END
    IF    $rows    Log    done    ELSE    Fail
    \${a}    \${b}    Split Row
    RETURN

*** Keywords ***
Open Shop
    [Arguments]    \${url}
    New Page    \${url}
    [Teardown]    Close Page
`;

test.each([
  ['with line ends of Unix', suite],
  ['with those of Windows', suite.replaceAll('\n', '\r\n')],
  ['behind a byte order mark', `\uFEFF${suite}`],
  ['with tabs', suite.replaceAll('    ', '\t')],
])('steps are known by file and line, %s', (_, text) => {
  const flow = flowAs('robot', text, 'shop.robot');
  expect(nodesOf(flow)).toEqual([
    'shop.robot:4 keyword “Open Shop”',
    'shop.robot:11 task “Enter The List”',
    'shop.robot:13 keyword “Prepare” in shop.robot:11',
    'shop.robot:15 keyword “Read List” in shop.robot:11',
    'shop.robot:16 FOR “FOR” in shop.robot:11',
    'shop.robot:17 TRY “TRY” in shop.robot:16',
    'shop.robot:18 keyword “Enter Row” in shop.robot:17',
    'shop.robot:20 EXCEPT “EXCEPT” in shop.robot:16',
    'shop.robot:21 keyword “Log” in shop.robot:20',
    'shop.robot:22 FINALLY “FINALLY” in shop.robot:16',
    'shop.robot:23 keyword “Close Row” in shop.robot:22',
    'shop.robot:26 IF “IF” in shop.robot:11',
    'shop.robot:27 keyword “Split Row” in shop.robot:11',
    'shop.robot:28 RETURN “RETURN” in shop.robot:11',
    'shop.robot:31 keyword “Open Shop”',
    'shop.robot:33 keyword “New Page” in shop.robot:31',
    'shop.robot:34 keyword “Close Page” in shop.robot:31',
  ]);
  const lines = (id: string) => flow.nodesById.get(id)?.[0]?.lines;
  expect([11, 16, 17, 20, 18].map((line) => lines(`shop.robot:${String(line)}`))).toEqual([
    [11, 28],
    [16, 25],
    [17, 24],
    [20, 21],
    [18, 19],
  ]);
});

test.each([
  [
    'headers in Chinese',
    '*** 任务 ***\n录入\n    [启程]    准备\n    打开页面\n',
    ['task “录入”', 'keyword “准备”', 'keyword “打开页面”'],
  ],
  [
    'cells between bars',
    '| *Keywords* |\n| Save |\n|  | ${x} = | Click | a |\n',
    ['keyword “Save”', 'keyword “Click”'],
  ],
  [
    'a first step beside the name',
    '*** Test Cases ***\nOne    Log    1\n    Log    2\n',
    ['test “One”', 'keyword “Log”', 'keyword “Log”'],
  ],
  [
    'loops as they once were',
    '*** Keywords ***\nAll\n    :FOR    ${i}    IN    1    2\n    \\    Log    ${i}\n    Done\n',
    ['keyword “All”', 'FOR “:FOR”', 'keyword “Log”', 'keyword “Done”'],
  ],
  [
    'rows of a template',
    '*** Settings ***\nTest Template    Add\n*** Test Cases ***\nSmall    1    2\nOther\n    [Template]    NONE\n    Log    x\n',
    ['test “Small”', 'keyword “Add”', 'test “Other”', 'keyword “Log”'],
  ],
  [
    'what is being written',
    '*** Tasks ***\nOne\n    IF    ${a}\n    Log    x\nTwo\n    END\n    ELSE\n    Log    y\n',
    ['task “One”', 'IF “IF”', 'keyword “Log”', 'task “Two”', 'keyword “ELSE”', 'keyword “Log”'],
  ],
])('%s', (_, text, expected) => {
  const { nodes } = flowAs('robot', text, 'a.resource');
  expect(nodes.map(({ type, name }) => `${type} “${name}”`)).toEqual(expected);
});

test('a step is found by its place on whatever machine it ran, by a line that continues it, and by name', () => {
  const flow = flowAs('robot', suite, 'shop.robot');
  const lineOf = (nodeId: string, nodeName = '') => {
    const found = locateNode(flow, { nodeId, nodeName });
    return found.kind === 'found' ? found.node.lines?.[0] : found.kind;
  };
  expect(lineOf('shop.robot:18')).toBe(18);
  expect(lineOf('/srv/suites/shop.robot:18')).toBe(18);
  expect(lineOf(String.raw`C:\robots\shop.robot:19`)).toBe(18);
  expect(lineOf('shop.robot:25')).toBe(16);
  expect(lineOf('shop.robot:8')).toBe('notFound');
  expect(lineOf('other.robot:18')).toBe('notFound');
  expect(lineOf('shop.py:18')).toBe('notFound');
  expect(lineOf('s1-t1-k3', 'Enter Row')).toBe(18);
  expect(lineOf('s1-t1-k3', 'Browser.new_page')).toBe(33);
  expect(lineOf('s1-t1-k3', 'Open Shop')).toBe('ambiguous');
});

test('of files of one name the one whose folders fit', () => {
  const document = flowAs('robot', suite, 'shop.robot');
  const files = ['file:///w/a/shop.robot', 'file:///w/b%20c/shop.robot'].map((uri) => ({
    uri,
    document,
  }));
  expect(bindFlows(['/srv/b c/shop.robot:18'], '', files)).toEqual([
    { uri: 'file:///w/b%20c/shop.robot', share: 1, tied: false },
    { uri: 'file:///w/a/shop.robot', share: 1, tied: false },
  ]);
  expect(bindFlows(['shop.robot:18'], '', files).map(({ tied }) => tied)).toEqual([true, true]);
});

test.each([
  [
    '<?xml version="1.0"?><object class="Robot"><property name="id" id="p1"/></object>',
    'kofax.robot',
  ],
  ['# A robot\n\nwith notes\n', 'notes.robot'],
])('what another tool keeps under the name is no flow: %j', (text, fileName) => {
  expect(looksLikeFlow(text, fileName)).toBe(false);
  expect(parseFlow(text, fileName)).toMatchObject({ ok: false, error: { reason: 'notAFlow' } });
});
