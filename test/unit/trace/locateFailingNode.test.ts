import { describe, expect, it } from 'vitest';

import { locateFailingNode } from '../../../src/trace/locateFailingNode.ts';
import { aFlow, anExecution, aRun } from '../../support/traceBuilders.ts';

const inferred = { nodeId: null, runKey: null, name: '', inferred: true, afterNodeId: 'b::1' };

function located(ran: string, flow: string, edges: string, message = '') {
  const runs = ran.split(' ').map((id) => aRun(id, { nodeId: id }));
  const execution = anExecution(runs, { outcome: 'failed', code: 1, message, failing: inferred });
  return locateFailingNode(execution, aFlow(flow, edges))?.nodeId ?? null;
}

describe('locateFailingNode', () => {
  it.each<[string, string, string, string, string, string | null]>([
    ['the successor', 'a::1 b::1', 'a::1 b::1 c::1', 'a::1>b::1 b::1>c::1', '', 'c::1'],
    [
      'not the fail edge',
      'a::1 b::1',
      'a::1 x::1 b::1 c::1',
      'a::1>b::1 b::1!x::1 b::1>c::1',
      '',
      'c::1',
    ],
    ['the first in the file', 'b::1', 'b::1 c::1 d::1', 'b::1>d::1 b::1>c::1', '', 'c::1'],
    [
      'the one that fits the error',
      'b::1',
      'b::1 c::1 rpa::1',
      'b::1>c::1 b::1>rpa::1',
      'RPA node request failed(x)',
      'rpa::1',
    ],
    [
      'of another branch when it fits',
      'a::1 b::1',
      'a::1 b::1 c::1 plugin::1',
      'a::1>b::1 a::1>plugin::1 b::1>c::1',
      'Plugin node execution failed',
      'plugin::1',
    ],
    [
      'not beside a taken branch',
      'a::1 b::1',
      'a::1 b::1 c::1 rpa::1',
      'a::1?b::1 a::1?rpa::1 b::1>c::1',
      'RPA node request failed',
      'c::1',
    ],
    ['a branch, where none is taken', 'b::1', 'b::1 c::1 d::1', 'b::1?c::1 b::1?d::1', '', 'c::1'],
    [
      'rather not the end',
      'b::1',
      'b::1 node-end::1 c::1',
      'b::1>node-end::1 b::1>c::1',
      '',
      'c::1',
    ],
    ['nothing', 'b::1', 'b::1 c::1', '', '', null],
  ])('finds %s', (_name, ran, flow, edges, message, nodeId) => {
    expect(located(ran, flow, edges, message)).toBe(nodeId);
  });

  it('leaves what an entry says, and stays inferred otherwise', () => {
    const failing = { nodeId: 'b::1', runKey: 'b', name: 'b', inferred: false, afterNodeId: null };
    const flow = aFlow('b::1 c::1', 'b::1>c::1');
    expect(locateFailingNode(anExecution([aRun('b')], { failing }), flow)).toBe(failing);
    const found = locateFailingNode(anExecution([aRun('b')], { failing: inferred }), flow);
    expect(found).toMatchObject({
      nodeId: 'c::1',
      name: 'label of c::1',
      inferred: true,
      runKey: null,
    });
    expect(locateFailingNode(anExecution([aRun('b')], { failing: inferred }), null)).toBe(inferred);
    expect(locateFailingNode(anExecution([aRun('b')]), flow)).toBeNull();
  });
});
