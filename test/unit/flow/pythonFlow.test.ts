import { expect, test } from 'vitest';
import { locateNode } from '../../../src/flow/locateNode.ts';
import { looksLikeFlow } from '../../../src/flow/looksLikeFlow.ts';
import { parseFlow } from '../../../src/flow/parseFlow.ts';
import { flowAs, nodesOf } from '../../support/flowFormats.ts';

const tasks = `from robocorp.tasks import task
from robocorp import browser

"""
def not_one():
    only a text
"""

@task
def enter_invoices():
    """Enters
def neither(): them."""
    rows = read(
        "list.csv",
    )
    for row in rows:
        enter(row)  # def nor_this():

    def inner(): return 1


class Shop:
    url = 'it\\'s'

    @property
    @cached(
        size=3)
    async def page(self):
        return {
            'a': [1, 2]}

def last(): pass
`;

test('functions have names in any script', () => {
  const text =
    'import RPA\n@任务.task\nasync def 录入_1(\n发票,\ndef 打印(x): pass\nclass É: pass\n';
  expect(nodesOf(flowAs('python', text, 'a.py'))).toEqual([
    'a.py:2 task “录入_1”',
    'a.py:5 function “打印”',
  ]);
});

test.each([
  ['with line ends of Unix', tasks],
  ['with those of Windows', tasks.replaceAll('\n', '\r\n')],
])('functions are known by file and line, %s', (_, text) => {
  const flow = flowAs('python', text, 'tasks.py');
  expect(nodesOf(flow)).toEqual([
    'tasks.py:9 task “enter_invoices”',
    'tasks.py:19 function “inner” in tasks.py:9',
    'tasks.py:25 function “page”',
    'tasks.py:32 function “last”',
  ]);
  expect(flow.nodes.map(({ lines }) => lines)).toEqual([
    [9, 19],
    [19, 19],
    [25, 30],
    [32, 32],
  ]);
});

test.each([
  ['/opt/robot/tasks.py:17', 'enter_invoices'],
  ['tasks.py:10', 'enter_invoices'],
  ['tasks.py:19', 'inner'],
  ['tasks.py:29', 'page'],
  ['tasks.py:22', undefined],
  ['tasks.py:999', undefined],
  ['lib/other.py:10', undefined],
])('%s is in %s', (nodeId, name) => {
  const found = locateNode(flowAs('python', tasks, 'tasks.py'), { nodeId, nodeName: '' });
  expect(found.kind === 'found' ? found.node.name : undefined).toBe(name);
});

const generated = `from .package import element

def main(args):
    try:
        page = shop.web.Web().open(url='https://shop.example.com/?q=(1)', __info__=[1, '1958120000000000001'])
        if compare(args1=page, __info__=[3, '1958120000000000001']):
            shop.web.Web().click(
                target=element('x'),
                __info__=[4, '1958120000000000001'])
    finally:
        pass
`;

test('what the engine of the robot generates has its atoms by process and line', () => {
  expect(nodesOf(flowAs('python', generated, 'main.py'))).toEqual([
    'main.py:3 function “main”',
    '1958120000000000001:1 open “open” in main.py:3',
    '1958120000000000001:3 compare “compare” in main.py:3',
    '1958120000000000001:4 click “click” in main.py:3',
  ]);
});

test.each(['import os\nprint(1)\n', 'def f():\n    return 1\n', '# from robocorp import x\n'])(
  '%j is not taken for a robot',
  (text) => {
    expect(looksLikeFlow(text, 'a.py')).toBe(false);
  },
);

test('what is being written keeps the functions around it', () => {
  const text =
    'from RPA.Browser import B\ndef a():\n    f(1,\ndef b():\n    x = "open\n    y = 1\ndef c(): """';
  const parsed = parseFlow(text, 'a.py');
  expect(parsed.ok && parsed.value.nodes.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
});

test('atoms that are no calls, and those outside of functions, are known as well', () => {
  const text = [
    "mark = [__info__ = [7, 'p']]",
    "save(f(), __info__=[8, 'p'])",
    '@',
    'def a(): pass',
    '  @decorated',
    "  x(__info__=[9, ''])",
  ].join('\n');
  const flow = parseFlow(text, 'main.py');
  expect(flow.ok && flow.value.nodes.map(({ id, name, parentId }) => [id, name, parentId])).toEqual(
    [
      ['p:7', '', null],
      ['p:8', 'save', null],
      ['main.py:4', 'a', null],
    ],
  );
});
