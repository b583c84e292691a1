import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { FlowRegistry } from '../../../src/answers/flowRegistry.ts';
import { readAstronRpaMap } from '../../../src/flow/astronRpaRun.ts';
import { looksLikeFlow } from '../../../src/flow/looksLikeFlow.ts';
import { parseFlow } from '../../../src/flow/parseFlow.ts';
import { runNames } from '../../../src/flow/runNames.ts';
import { aSummary } from '../../support/builders.ts';
import { flowAs, nodesOf } from '../../support/flowFormats.ts';

const textOf = (path: string) =>
  readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), 'utf8');
const process = textOf('flows/astronrpa-process.json');
const packed = textOf('astronrpa-run/package.json');
const report = textOf('astronrpa-run/report/19581/e1.txt');
const map = textOf('astronrpa-run/main.map');
const processId = '1958000000000000001';
const [click, print] = ['bh755500000032768', 'bh755500000053248'];

describe('the report of a run', () => {
  const flow = flowAs('astronRpaRun', report, 'e1.txt');

  test('tells of the steps that failed or said something', () => {
    expect(nodesOf(flow)).toEqual([
      `${click} BrowserElement.click “点击保存按钮”`,
      `${print}  “记录失败”`,
    ]);
  });

  test('leads from the line that says how a step failed, not from a later try', () => {
    const [node] = flow.nodesById.get(click) ?? [];
    const line = report.slice(node?.range.start, node?.range.end);
    expect(line).toContain('"status":"error"');
    expect([line.at(0), line.at(-1)]).toEqual(['{', '}']);
  });

  test.each([
    ['', 'a.txt'],
    ['a list of packages', 'requirements.txt'],
    ['{"event_time":1,"data":{"log_type":"flow","status":"init"}}', 'a.txt'],
    ['{"line_id": 5}\n{"line_id"', 'a.txt'],
    ['{"version":3,"mappings":"AAAA"}', 'main.map'],
    ['x1:2,3:4', 'main.map'],
    ['12', 'main.map'],
    ['', 'main.map'],
  ])('%j in %s is none', (text, name) => {
    expect(parseFlow(text, name).ok).toBe(false);
  });

  test('a line that was cut off hides no other one', () => {
    const cut = report.slice(0, report.indexOf('"atomic":"记录失败"'));
    expect(nodesOf(flowAs('astronRpaRun', cut, 'e1.txt'))[0]).toContain(click);
  });

  test('a line that can’t be read costs no other one', () => {
    const deep = `${'{"a":'.repeat(100_000)}"line_id"`;
    const read = flowAs('astronRpaRun', `${report.trimEnd()}\n${deep}\n`, 'e1.txt');
    expect(read.nodes.map(({ id }) => id)).toEqual(flow.nodes.map(({ id }) => id));
  });
});

test('the table of lines names each as a traceback does', () => {
  expect(looksLikeFlow(map, 'main.map')).toBe(true);
  const flow = readAstronRpaMap(map, 'main.map');
  const marked = `\uFEFF${map}`;
  expect(looksLikeFlow(marked, 'main.map')).toBe(true);
  const ids = (read: typeof flow) => read?.nodes.map(({ id }) => id);
  expect(ids(readAstronRpaMap(marked, 'main.map'))).toEqual(ids(flow));
  expect(flow?.nodes.slice(4, 6).map(({ id }) => id)).toEqual(['main.py:11', 'main.py:13']);
  expect(flow?.otherIds?.get('main.py:13')).toBe('main:8');
});

test.each([
  ['within a pair', '2:1,4:2,11:', ['main.py:2', 'main.py:4']],
  ['behind a line of the program', '2:1,4:2,11', ['main.py:2', 'main.py:4']],
  ['behind a pair', '2:1,4:2,', ['main.py:2', 'main.py:4']],
  ['by a disk that was full', '2:1,4:2,\0\0\0', ['main.py:2', 'main.py:4']],
])(
  'a table that was cut off %s tells of what is before, and that it is not all',
  (_, text, ids) => {
    expect(looksLikeFlow(text, 'main.map')).toBe(true);
    const read = parseFlow(text, 'main.map');
    expect(read).toMatchObject({ ok: true, value: { isPartial: true } });
    expect(read.ok ? read.value.nodes.map(({ id }) => id) : []).toEqual(ids);
  },
);

describe('what runs call the atoms of a process', () => {
  const files: Readonly<Record<string, readonly [string, string]>> = {
    process: ['file:///w/process.json', process],
    package: ['file:///w/astron/package.json', packed],
    map: ['file:///w/astron/main.map', map],
    report: ['file:///w/logs/report/19581/e1.txt', report],
  };
  const uriOf = (name: string) => files[name]?.[0] ?? '';
  const setIn = (flows: FlowRegistry, name: string, change = (text: string) => text) => {
    const text = change(files[name]?.[1] ?? '');
    const fileName = uriOf(name).slice(uriOf(name).lastIndexOf('/') + 1);
    flows.set(uriOf(name), fileName, parseFlow(text, fileName));
  };
  const located = (flows: FlowRegistry, nodeId: string) => {
    const summary = aSummary({ nodeIds: [nodeId] });
    flows.observe(summary);
    const answer = flows.locate(summary, { nodeId, name: '' });
    return answer.kind === 'found' ? [answer.location.uri, answer.location.nodeId] : answer.kind;
  };
  const step = [uriOf('process'), click];

  test.each([
    ['an atom', click, ['process', 'report'], step],
    ['a line of the process, by the table of its run', `${processId}:8`, ['package'], step],
    ['a line of the process, by the report', `${processId}:8`, ['report'], step],
    ['a line of the program', 'main.py:13', ['map', 'package'], step],
    ['a line of the program without what it is of', 'main.py:13', ['map'], null],
    ['a line that is none of an atom', 'main.py:12', ['map', 'package'], null],
  ])('%s leads to the step', (_, nodeId, others, expected) => {
    for (const names of [
      ['process', ...others],
      [...others, 'process'],
    ]) {
      const flows = new FlowRegistry();
      for (const name of names) setIn(flows, name);
      if (expected === null) expect(located(flows, nodeId)[0]).not.toBe(uriOf('process'));
      else expect(located(flows, nodeId)).toEqual(expected);
    }
  });

  test('comes with what the process is given', () => {
    const flows = new FlowRegistry();
    setIn(flows, 'process');
    setIn(flows, 'package');
    const first = flows.fileOf(uriOf('process'))?.document.nodes[0];
    expect(first?.ports?.inputs?.map(({ name, type }) => [name, type])).toEqual([
      ['list_file', 'string'],
      ['most', 'integer'],
    ]);
  });

  test('is forgotten with the files of the run, and follows them', () => {
    const flows = new FlowRegistry();
    setIn(flows, 'process');
    setIn(flows, 'package');
    expect(located(flows, `${processId}:8`)).toEqual(step);
    setIn(flows, 'package', (text) => text.replace('[8, ', '[18, '));
    expect(located(flows, `${processId}:18`)).toEqual(step);
    flows.remove(uriOf('package'));
    expect(located(flows, `${processId}:18`)).not.toEqual(step);
  });

  test('a name that two runs give to two steps is none', () => {
    const documents = [packed, packed.replace('[8, ', '[88, ').replace('[6, ', '[8, ')].flatMap(
      (text) => {
        const parsed = parseFlow(text, 'package.json');
        return parsed.ok ? [parsed.value] : [];
      },
    );
    const names = runNames(documents);
    expect(names.get(`${processId}:8`)).toBeUndefined();
    expect(names.get(`${processId}:10`)).toBeDefined();
  });
});
