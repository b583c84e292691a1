import { describe, expect, test } from 'vitest';
import type {
  FlowMarks,
  MarkedNode,
  MarksQuery,
  ShortValuesQuery,
} from '../../../src/protocol/marks.ts';
import { packNodes, unpackNodes } from '../../../src/protocol/packedNodes.ts';
import { recordOf, recordsOf, recordWith } from '../../support/fixtures.ts';
import { corpusRecord } from '../../support/runCorpus.ts';
import { engineParts, fixtures, flowFile, rpaNode } from '../engine/world.ts';

const invoice = flowFile('invoice-entry.yaml');

async function world() {
  const parts = engineParts();
  await parts.handlers.setFlow({ ...invoice, version: { document: 1, version: 4 } });
  const { marks: view } = parts;
  const marks = {
    stamp: (query: MarksQuery) => view.stamp(query),
    shortValues: (query: ShortValuesQuery) => view.shortValues(query),
    marks: async (query: MarksQuery): Promise<FlowMarks> => {
      const sent = await view.marks(query);
      return { ...sent, nodes: unpackNodes(sent.nodes) };
    },
  };
  return { ...parts, marks };
}

function outline({ nodes }: FlowMarks): string[] {
  return nodes.map(({ name, run, runs = 0, failures = 0 }: MarkedNode) => {
    const state = run === undefined ? '–' : `${run.status}${run.failing ? ' ←' : ''}`;
    return `${name} ${state} ${String(failures)}/${String(runs)}`;
  });
}

const latest = { uri: invoice.uri, execution: null };

describe('the marks of a flow file', () => {
  test('are its nodes with their places, before anything ran', async () => {
    const { marks } = await world();
    const answer = await marks.marks(latest);
    expect(answer).toMatchObject({ version: { document: 1, version: 4 }, execution: null });
    expect(
      answer.nodes.map(({ idRange: { start, end } }) => invoice.text.slice(start, end)),
    ).toEqual(answer.nodes.map(({ nodeId }) => nodeId));
    expect(answer.nodes).toHaveLength(6);
  });

  test('tell of the latest execution what happened at each node', async () => {
    const { marks, takeFixture } = await world();
    const { key } = takeFixture('failed');
    const answer = await marks.marks(latest);
    expect(outline(answer)).toEqual([
      '开始 succeeded 0/1',
      '提取发票 succeeded 0/1',
      '规整字段 succeeded 0/1',
      '录入ERP failed ← 1/1',
      '通知 notRun 0/0',
      '结束 notRun 0/0',
    ]);
    expect(answer).toMatchObject({ counted: 1, execution: { key, outcome: 'failed' } });
    expect(answer.problem).toMatchObject({
      execution: key,
      failing: { nodeId: rpaNode },
      finding: { cause: 'elementNotFound' },
    });
    expect(answer.problem?.text).not.toBe('');
  });

  test.each([
    [
      'the line of its code that raised it',
      { failedAt: 2, error: 'Traceback:\n  File "<string>", line 2, in main\nKeyError: 1' },
      [['code', 'import json']],
    ],
    [
      'the limit that was reached, and how often it is tried',
      { failedAt: 3, error: 'Node execution failed(Node execution timeout)' },
      [
        ['timeout', '60'],
        ['retry', 'retryConfig:'],
      ],
    ],
    ['nothing of what its words tell', { failedAt: 3, error: 'Element not found: #a' }, []],
  ])('tell where in the node its cause stands: %s', async (_, run, parts) => {
    const { marks, take } = await world();
    take([corpusRecord({ n: 0, generation: 'g3', ...run })]);
    const { problem, nodes } = await marks.marks(latest);
    const node = nodes.find(({ nodeId }) => nodeId === problem?.failing.nodeId);
    const { start = 0 } = node?.idRange ?? {};
    const places = problem?.places ?? [];
    const found = places.map(({ part, fromId }) => {
      const [line = ''] = invoice.text.slice(start + fromId.start).split('\n');
      // The program stands on one line of the file.
      return [part, line.replace(/\\n.*/, '').trim()];
    });
    expect(found).toEqual(parts);
  });

  test('tell how often a node was tried, and what earlier attempts took', async () => {
    const { marks, take } = await world();
    const { value } = recordOf('11-retry-then-interrupt.g3.json');
    const tried = JSON.parse(new TextDecoder().decode(value ?? new Uint8Array())) as {
      trace: { node_id: string; start_time: number; end_time: number }[];
    };
    // Its last attempt began so much after what came before it.
    for (const entry of tried.trace.filter(({ node_id }) => node_id === rpaNode)) {
      entry.start_time += 3_000;
      entry.end_time += 3_000;
    }
    take([recordWith(tried)]);
    const { nodes } = await marks.marks(latest);
    const { run } = nodes.find(({ nodeId }) => nodeId === rpaNode) ?? {};
    expect(run).toMatchObject({ status: 'failed', count: 4, attempts: true });
    expect(run?.lostMs).toBeGreaterThanOrEqual(3_000);
  });

  test('tell of the execution that is open, and the problem stays that of the newest', async () => {
    const { marks, takeFixture } = await world();
    const bad = takeFixture('failed').key;
    const good = takeFixture('succeeded').key;
    expect((await marks.marks(latest)).execution?.key).toBe(good);
    const answer = await marks.marks({ ...latest, execution: bad });
    expect(answer).toMatchObject({ execution: { key: bad }, problem: null });
    expect(outline(answer)[3]).toBe('录入ERP failed ← 1/2');
  });

  test('have no problem once a newer run passed', async () => {
    const { marks, takeFixture } = await world();
    takeFixture('failed');
    expect((await marks.marks(latest)).problem).not.toBeNull();
    const stamp = marks.stamp(latest);
    takeFixture('succeeded');
    expect(marks.stamp(latest)).not.toBe(stamp);
    expect((await marks.marks(latest)).problem).toBeNull();
  });

  test('of an execution of another flow are those of the latest', async () => {
    const { marks, takeFixture } = await world();
    const other = takeFixture('iteration').key;
    const { key } = takeFixture('failed');
    expect((await marks.marks({ ...latest, execution: other })).execution?.key).toBe(key);
  });

  test('of a file that is no flow are none', async () => {
    const { marks } = await world();
    expect((await marks.marks({ uri: 'file:///w/none', execution: null })).nodes).toEqual([]);
  });

  test('keep the places of the last good text while it is unreadable', async () => {
    const { marks, handlers } = await world();
    await handlers.setFlow({
      ...invoice,
      text: 'flowData: [',
      version: { document: 1, version: 5 },
    });
    const answer = await marks.marks(latest);
    expect(answer.version).toEqual({ document: 1, version: 4 });
    expect(answer.nodes).toHaveLength(6);
  });

  test.each([
    ['lost nodes', 'flowData: [', 'before'],
    ['can’t be read', '{', 'before'],
    ['is broken behind its nodes', `${invoice.text}\n"`, 'partly'],
    ['holds none any more', 'flowData: {nodes: []}', 'before'],
  ])('say of a text that %s of what they are, until it is whole', async (_, text, broken) => {
    const { marks, handlers, graph } = await world();
    const ofFile = { uri: invoice.uri, execution: null };
    const stamps = () => [marks.stamp(latest), graph.stateStamp(ofFile)];
    const whole = stamps();
    await handlers.setFlow({ ...invoice, text, version: { document: 1, version: 5 } });
    expect(await marks.marks(latest)).toMatchObject({ broken });
    expect(await graph.states(ofFile)).toMatchObject({ broken });
    const then = stamps();
    for (const [index, stamp] of then.entries()) expect(stamp).not.toBe(whole[index]);
    await handlers.setFlow({ ...invoice, version: { document: 1, version: 6 } });
    expect(await marks.marks(latest)).not.toHaveProperty('broken');
    expect(await graph.states(ofFile)).not.toHaveProperty('broken');
    for (const [index, stamp] of stamps().entries()) expect(stamp).not.toBe(then[index]);
  });

  test.each([
    ['its beginning is broken', (text: string) => text.replace('flowMeta:', 'flowMeta:# a\n#b')],
    ['a line has no colon yet', (text: string) => text.replace('  nodes:', '  fo\n  nodes:')],
    [
      'a line is half a list',
      (text: string) => text.replace('    dragging', '    - x\n    dragging'),
    ],
    ['a quote is open', (text: string) => text.replace("status: ''", "status: '")],
  ])('are those of the same nodes while %s', async (_, broken) => {
    const { marks, handlers } = await world();
    const before = await marks.marks(latest);
    const text = broken(invoice.text);
    expect(text).not.toBe(invoice.text);
    await handlers.setFlow({ ...invoice, text, version: { document: 1, version: 5 } });
    const after = await marks.marks(latest);
    const ids = new Set(before.nodes.map(({ nodeId }) => nodeId));
    expect(after.nodes.filter(({ nodeId }) => !ids.has(nodeId))).toEqual([]);
    // What can't be read is told to be missing for that reason.
    if (after.nodes.length < ids.size) expect(after.broken).toBe('partly');
  });

  test('of two files of one flow are the same', async () => {
    const { marks, takeFixture, handlers } = await world();
    await handlers.setFlow({ ...invoice, uri: 'file:///w/copy.yaml' });
    takeFixture('failed');
    const copy = await marks.marks({ uri: 'file:///w/copy.yaml', execution: null });
    expect(outline(copy)).toEqual(outline(await marks.marks(latest)));
    expect(copy.version).toBeNull();
  });

  test('say what is usual once three earlier executions were read', async () => {
    const { marks, take } = await world();
    const { value } = recordOf(fixtures.succeeded);
    const good = JSON.parse(new TextDecoder().decode(value ?? new Uint8Array())) as object;
    const run = (index: number) => recordWith({ ...good, sid: `s${String(index)}` });
    take([run(0), run(1), run(2), run(3)]);
    const stamp = marks.stamp(latest);
    expect((await marks.marks(latest)).nodes[1]).not.toHaveProperty('usualMs');
    await expect.poll(() => marks.stamp(latest)).not.toBe(stamp);
    const [, node] = (await marks.marks(latest)).nodes;
    expect(node?.usualMs).toBe(node?.run?.durationMs);
    expect(node?.runs).toBe(4);
  });
});

test('nodes are the same after they were sent', () => {
  const place = { idRange: { start: 1, end: 2 }, range: { start: 0, end: 9 } };
  const node = { nodeId: 'n', name: 'N', type: 't', ...place };
  const run = { row: 'r', status: 'failed', failing: true, durationMs: null } as const;
  const nodes: MarkedNode[] = [
    node,
    { ...node, run, runs: 3, failures: 0 },
    { ...node, run: { row: 'q', status: 'notRun', durationMs: 0, count: 4 }, usualMs: 7 },
  ];
  expect(unpackNodes(structuredClone(packNodes(nodes)))).toEqual(nodes);
});

describe('short values', () => {
  test('are what each node gave, masked and cut', async () => {
    const { marks, takeFixture } = await world();
    const { key } = takeFixture('failed');
    const { nodes } = await marks.marks(latest);
    const rows = nodes.flatMap(({ run }) => (run === undefined ? [] : [run.row]));
    const { given } = await marks.shortValues({ key, rows });
    expect(given.length).toBeGreaterThan(1);
    for (const { values } of given) {
      for (const { text } of values) expect(text.length).toBeLessThanOrEqual(40);
    }
    expect(rows).toEqual(expect.arrayContaining(given.map(({ row }) => row)));
  });

  test('of rows that are not there are none', async () => {
    const { marks, takeFixture } = await world();
    const { key } = takeFixture('failed');
    expect(await marks.shortValues({ key, rows: ['gone'] })).toEqual({ given: [] });
  });
});

test('an execution below another one leaves the marks alone', async () => {
  const { marks, take } = await world();
  take(recordsOf(fixtures.subExecutions));
  expect((await marks.marks(latest)).problem).toBeNull();
});
