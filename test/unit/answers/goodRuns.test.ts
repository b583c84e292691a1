import { expect, test } from 'vitest';

import {
  firstGoodBehind,
  goodRuns,
  lastGoodBefore,
  lastGoodBehind,
} from '../../../src/answers/goodRuns.ts';
import type { StoredExecution } from '../../../src/store/storedExecution.ts';
import type { ExecutionSummary } from '../../../src/trace/execution.ts';
import { engineParts } from '../engine/world.ts';

const node = 'rpa::save';
const failing = { nodeId: node, name: 'Save', runKey: null, inferred: false, afterNodeId: null };
const flow = { flowId: 'f', outcome: 'succeeded', code: 0 } as const;

/** A window with these executions, one a second, and one that failed at the node in the eleventh. */
function window(runs: readonly Partial<ExecutionSummary>[]) {
  const { put, store } = engineParts({ maxBytes: 10_000_000, maxExecutions: 5_000 });
  for (const [second, parts] of runs.entries()) {
    put({ ...flow, sid: `s${String(second)}`, beginMs: second * 1_000, nodeIds: ['a'], ...parts });
  }
  put({ ...flow, sid: 'failed', beginMs: 10_500, outcome: 'failed', failing, nodeIds: [node] });
  return [lastGoodBefore(store, 'failed'), lastGoodBehind(store, 'failed')].map(
    (found) => found?.summary.sid,
  );
}

const some = (count: number, parts: Partial<ExecutionSummary> = {}) =>
  new Array<Partial<ExecutionSummary>>(count).fill(parts);

test('the last good run is one that came to the node', () => {
  const came = { nodeIds: ['a', node] };
  expect(window([...some(3), came, ...some(10), came, ...some(3)])).toEqual(['s3', 's14']);
});

test('where it left no entry, one that ran a node of which the message may speak', () => {
  const { put, store } = engineParts();
  const runs: readonly (readonly [string, readonly string[]])[] = [
    ['robot', ['a', 'rpa::1']],
    ['message', ['a', 'message::2']],
  ];
  for (const [sid, nodeIds] of runs) put({ ...flow, sid, beginMs: 1_000, nodeIds });
  const gap = { ...failing, nodeId: null, inferred: true };
  const failed = { ...flow, outcome: 'failed', failing: gap, nodeIds: ['a'] } as const;
  put({ ...failed, sid: 'failed', beginMs: 2_000, message: 'RPA node request failed(x)' });
  expect(lastGoodBefore(store, 'failed')?.summary.sid).toBe('robot');
  put({ ...failed, sid: 'silent', beginMs: 2_000, message: '' });
  expect(lastGoodBefore(store, 'silent')?.summary.sid).toBe('message');
});

test('else it is the last of the flow, and none of another', () => {
  const other = { flowId: 'other', nodeIds: [node] };
  const failed = { outcome: 'failed', nodeIds: [node] } as const;
  expect(window([...some(9), other, failed, failed, ...some(3), other])).toEqual(['s8', 's14']);
  expect(window(some(9, other))).toEqual([undefined, undefined]);
});

test('it is looked for as far as can be paid with each record that comes', () => {
  const came = { nodeIds: ['a', node] };
  const early = { beginMs: 100 };
  expect(window([came, ...some(998, early)])[0]).toBe('s0');
  expect(window([came, ...some(1_000, early)])[0]).toBe('s1000');
});

test.each<readonly [string, readonly string[], readonly string[], string | undefined]>([
  ['the first that is better', ['b1', 'b2', 'b3'], ['b2', 'b3'], 'b2'],
  ['else the first', ['b1', 'b2', 'b3'], [], 'b1'],
  ['none that can’t be used', ['b2', 'b3'], ['b1', 'b3'], 'b3'],
  ['else the first that can be used', ['b2', 'b3'], ['b1'], 'b2'],
  ['nothing where none can be', [], ['b1'], undefined],
])('of those behind it: %s', (_, usable, better, expected) => {
  const { put, store } = engineParts();
  put({ ...flow, sid: 'failed', beginMs: 1_000, outcome: 'failed', failing, nodeIds: [node] });
  for (const [at, sid] of ['b1', 'b2', 'b3'].entries()) {
    put({ ...flow, sid, beginMs: 2_000 + at, nodeIds: [better.includes(sid) ? node : 'a'] });
  }
  const isUsable = ({ summary }: StoredExecution) => usable.includes(summary.sid);
  const found = firstGoodBehind(store, 'failed', (ids) => ids.includes(node), isUsable);
  expect(found?.summary.sid).toBe(expected);
});

test('those that tell what is usual are the ones before it, then those after it', () => {
  const { put, store } = engineParts();
  for (let second = 0; second < 9; second++) {
    put({ ...flow, sid: `s${String(second)}`, beginMs: second * 1_000, nodeIds: ['a'] });
  }
  put({ ...flow, sid: 'failed', beginMs: 3_500, outcome: 'failed', failing, nodeIds: ['a'] });
  const sids = goodRuns(store, 'failed', 6).map(({ summary }) => summary.sid);
  expect(sids).toEqual(['s3', 's2', 's1', 's0', 's8', 's7']);
});
