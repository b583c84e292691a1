import { describe, expect, it } from 'vitest';

import type { JsonObject } from '../../../src/base/json.ts';
import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { findItemFailures } from '../../../src/trace/itemFailures.ts';
import { buildTree } from '../../../src/trace/buildTree.ts';
import type { TreeNode } from '../../../src/trace/tree.ts';
import { recordWith } from '../../support/fixtures.ts';
import { usualRules } from '../../support/usualRules.ts';

const sid = 'spf00970001@hf1a2094e36ee0009782';
const startMs = 1_795_452_450_000;

const error = (message: string) =>
  JSON.stringify({ level: 'ERROR', message, time: '2026-11-23 16:47:33' });

/** An entry that begins and ends so many milliseconds after the execution did. */
function entry(nodeId: string, from: number, to: number | null, more: JsonObject = {}): JsonObject {
  return {
    id: nodeId,
    node_id: nodeId,
    node_name: nodeId.split('::')[0] ?? '',
    running_status: true,
    next_log_ids: [],
    start_time: startMs + from,
    end_time: to === null ? 0 : startMs + to,
    duration: to === null ? 0 : to - from,
    data: { output_vars: [JSON.stringify({ name: 'out', value: 1 })] },
    ...more,
  };
}

/** A child of a parallel iteration: other ids, another sid, the round and its parent in its configuration. */
function child(
  nodeId: string,
  round: number,
  from: number,
  to: number | null,
  more: JsonObject = {},
) {
  const config = { iteration_index: String(round), parent_iteration_node_id: 'iteration::1' };
  const made = entry(nodeId, from, to, more);
  return {
    ...made,
    id: `${nodeId} ${String(round)}`,
    sid: `child${String(round)}`,
    data: { ...(made['data'] as JsonObject), config },
  };
}

const failed = (message: string | null): JsonObject => ({
  running_status: false,
  data: {},
  logs: message === null ? [] : [error(message)],
});

function opened(trace: readonly JsonObject[], status = { code: 21000, message: 'it broke' }) {
  const record = openRecord(
    recordWith({
      ...{ sid, sub: 'workflow', flow_id: '1', answer: '', status, trace },
      ...{ start_time: startMs, end_time: startMs + 9_000, duration: 9_000 },
    }),
    usualRules,
  );
  const execution = record.execution();
  const tree = buildTree(execution, null, []);
  const items = findItemFailures(tree, execution, (key) => record.nodeData(key));
  const rows: TreeNode[] = [];
  const add = (nodes: readonly TreeNode[]) => {
    for (const node of nodes) {
      rows.push(node);
      add(node.children);
    }
  };
  add(tree);
  const status_ = (nodeId: string) =>
    rows.filter((row) => row.nodeId === nodeId).map(({ status: s }) => s);
  const itemsOf = (nodeId: string) => {
    const row = rows.find((candidate) => candidate.nodeId === nodeId);
    return row && items.failures.get(row.key);
  };
  return { failing: execution.summary.failing, statusOf: status_, itemsOf };
}

describe('the failing node of an iteration that stopped the run', () => {
  const list = { input_vars: [JSON.stringify({ name: 'input', value: [1, 2, 3] })] };
  const parallel = (message: string, childsMessage: string | null) =>
    opened(
      [
        entry('node-start::1', 0, 1),
        child('iteration-node-start::1', 0, 10, 11),
        child('iteration-node-start::1', 1, 10, 11),
        child('rpa::1', 0, 20, 900),
        child('rpa::1', 1, 20, 950, failed(childsMessage)),
        entry('iteration::1', 5, 1_000, { ...failed(message), data: list }),
      ],
      { code: 22700, message },
    );

  it.each([
    ['repeats the words of the node', 'it broke', 'it broke'],
    ['puts the words of the node into its own', 'Iteration failed(it broke)', 'it broke'],
    ['has words of its own', 'Iteration failed', 'Element not found'],
    ['has the only words', 'Iteration failed', null],
  ])('is the child where the iteration %s', (_, message, childsMessage) => {
    const { failing, statusOf, itemsOf } = parallel(message, childsMessage);
    expect(failing).toMatchObject({ nodeId: 'rpa::1', inferred: false });
    expect(statusOf('iteration::1')).toEqual(['failed']);
    expect(itemsOf('iteration::1')).toEqual({ total: 3, failed: 1, items: [1] });
  });

  it('is the child of a serial one too', () => {
    const { failing } = opened([
      entry('node-start::1', 0, 1),
      entry('iteration-node-start::1', 10, 11),
      entry('rpa::1', 20, 950, failed('Element not found')),
      entry('iteration::1', 5, 1_000, failed('it broke')),
    ]);
    expect(failing?.nodeId).toBe('rpa::1');
  });

  it('is the first of several children to fail: the others were cut off by it', () => {
    const { failing } = opened([
      child('rpa::1', 0, 20, 900, failed('it broke')),
      child('code::1', 1, 20, 950, failed('it broke')),
      entry('iteration::1', 5, 1_000, failed('it broke')),
    ]);
    expect(failing?.nodeId).toBe('rpa::1');
  });

  it('is the innermost of two iterations', () => {
    const { failing } = opened([
      entry('rpa::1', 30, 800, failed('Element not found')),
      entry('iteration::2', 20, 900, failed('Iteration failed')),
      entry('iteration::1', 5, 1_000, failed('it broke')),
    ]);
    expect(failing?.nodeId).toBe('rpa::1');
  });

  it('is the iteration where no child failed, whatever failed beside it', () => {
    const { failing } = opened([
      entry('plugin::1', 2, 300, failed(null)),
      entry('rpa::1', 20, 950),
      entry('iteration::1', 305, 1_000, failed('it broke')),
    ]);
    expect(failing?.nodeId).toBe('iteration::1');
  });
});

describe('a node that began and never ended', () => {
  it.each([
    ['has no end', null],
    ['ended when it was made, before it began', -50],
  ])('is where the run failed, and no success: it %s', (_, to) => {
    const { failing, statusOf } = opened([
      entry('node-start::1', 0, 1),
      entry('rpa::1', 20, to, { data: {} }),
    ]);
    expect(failing).toMatchObject({ nodeId: 'rpa::1', inferred: false });
    expect(statusOf('rpa::1')).toEqual(['unended']);
    expect(statusOf('node-start::1')).toEqual(['succeeded']);
  });

  it('is not where the run failed if another node says that it did', () => {
    const { failing, statusOf } = opened([
      entry('plugin::1', 20, 300, failed('it broke')),
      entry('rpa::1', 20, null),
    ]);
    expect(failing?.nodeId).toBe('plugin::1');
    expect(statusOf('rpa::1')).toEqual(['unended']);
  });

  it('is the innermost where its container did not end either', () => {
    const { failing } = opened([
      entry('iteration::1', 5, null),
      entry('rpa::1', 20, null),
      entry('node-start::1', 0, 1),
    ]);
    expect(failing?.nodeId).toBe('rpa::1');
  });

  it('was cut off with a run that was', () => {
    const { statusOf } = opened([entry('node-start::1', 0, 1), entry('rpa::1', 20, null)], {
      code: 0,
      message: '',
    });
    expect(statusOf('rpa::1')).toEqual(['cancelled']);
  });

  it('ended all the same if it gave something, or a clock ran backwards by a little', () => {
    const { statusOf } = opened([
      entry('message::1', 415, 414),
      entry('rpa::1', 420, 900, failed('it broke')),
    ]);
    expect(statusOf('message::1')).toEqual(['succeeded']);
  });
});

describe('a model that failed', () => {
  const said = (data: JsonObject): JsonObject => ({
    ...{ running_status: false, llm_output: 'The total of the invo', data },
    next_log_ids: ['rpa::1'],
  });

  it('is where the run failed, whatever it had said by then', () => {
    const { failing, statusOf } = opened([
      entry('node-start::1', 0, 1, { next_log_ids: ['spark-llm::1'] }),
      entry('spark-llm::1', 2, 900, said({})),
    ]);
    expect(failing).toMatchObject({ nodeId: 'spark-llm::1', inferred: false });
    expect(statusOf('spark-llm::1')).toEqual(['failed']);
  });

  it('and succeeded when it was tried again is not', () => {
    const { failing } = opened([
      entry('node-start::1', 0, 1, { next_log_ids: ['spark-llm::1'] }),
      entry('spark-llm::1', 2, 900, said({ output: { output: 'The total is 7' } })),
    ]);
    expect(failing).toMatchObject({ nodeId: null, inferred: true, afterNodeId: 'spark-llm::1' });
  });
});
