import { expect, test } from 'vitest';
import { countsOf } from '../../../src/answers/flowCounts.ts';
import { FlowNodeFinder } from '../../../src/answers/flowNodeRows.ts';
import { parseFlow } from '../../../src/flow/parseFlow.ts';
import { aSummary } from '../../support/builders.ts';

function parsed(text: string, fileName: string) {
  const flow = parseFlow(text, fileName);
  if (!flow.ok) throw new Error(flow.error.detail);
  return flow.value;
}

const robot = parsed('*** Tasks ***\nOrder\n    Open ERP\n    Save\n    Save\n', 'tasks.robot');

test.each([
  ['suites/tasks.robot:3', '', 'Open ERP'],
  ['', 'Erp.Open ERP', 'Open ERP'],
  ['Open ERP', '', 'Open ERP'],
  // One of several: nobody knows which.
  ['Save', 'Save', undefined],
  ['other.robot:3', '', undefined],
  ['', '', undefined],
])('a run that calls a step %j, “%s”, means %s', (nodeId, name, found) => {
  const finder = new FlowNodeFinder(robot);
  expect(finder.find(nodeId, name)?.name).toBe(found);
  expect(finder.find(nodeId, name)?.name).toBe(found);
});

test('thousands of names that the file has not are looked for only so often', () => {
  const finder = new FlowNodeFinder(robot);
  for (let index = 0; index < 1_000; index++) finder.find(`gone ${String(index)}`, '');
  expect(finder.find('Open ERP', '')).toBeUndefined();
  const [order] = robot.nodes;
  expect(finder.find(order?.id ?? '', '')?.name).toBe('Order');
});

test('steps called by their place are counted as well', () => {
  const nodeIds = ['suites/tasks.robot:3', 'gone'];
  const failing = {
    nodeId: 'suites/tasks.robot:4',
    runKey: null,
    name: '',
    inferred: false,
    afterNodeId: null,
  };
  const summaries = [
    aSummary({ nodeIds }),
    aSummary({ nodeIds, failing, outcome: 'failed' }),
    // These go on: nobody knows yet whether they pass.
    aSummary({ nodeIds, outcome: 'running' }),
    aSummary({ nodeIds, outcome: 'stalled' }),
  ];
  const counts = countsOf(summaries, new FlowNodeFinder(robot));
  expect([...counts].map(([{ name }, { runs, failures }]) => [name, runs, failures])).toEqual([
    ['Save', 1, 1],
    ['Open ERP', 2, 0],
  ]);
});
