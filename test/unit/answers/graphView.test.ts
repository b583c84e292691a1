import { describe, expect, test } from 'vitest';
import { GraphView } from '../../../src/answers/graphView.ts';
import { UsualDurations } from '../../../src/answers/usualDurations.ts';
import { layoutGraph } from '../../../src/flow/layout/layoutGraph.ts';
import type { FlowDrawing, GraphQuery } from '../../../src/protocol/graph.ts';
import { recordWith } from '../../support/fixtures.ts';
import { storyRecord } from '../../support/storyRecords.ts';
import { engineParts, flowFile } from '../engine/world.ts';

const invoice = flowFile('invoice-entry.yaml');
const ofFile: GraphQuery = { uri: invoice.uri, execution: null };

async function world() {
  const parts = engineParts();
  await parts.handlers.setFlow(invoice);
  const { graph } = parts;
  const drawing = async (query = ofFile): Promise<FlowDrawing> => {
    const answer = await graph.drawing(query);
    if (answer.kind !== 'drawing') throw new Error(answer.kind);
    return answer;
  };
  /** Each node as `name status` with what is counted, and the edges that were taken. */
  const outline = async (query = ofFile) => {
    const { nodes, edges } = await drawing(query);
    const { nodes: states, taken } = await graph.states(query);
    const told = states.map(({ place, run, runs = 0, failures = 0 }) => {
      const state = run === undefined ? '–' : `${run.status}${run.failing === true ? ' ←' : ''}`;
      return `${nodes[place]?.name ?? '?'} ${state} ${String(failures)}/${String(runs)}`;
    });
    const arrows = edges.map(({ source, target }, index) => {
      const [from, to] = [nodes[source]?.name ?? '', nodes[target]?.name ?? ''];
      return `${from} → ${to} ${String(taken?.[index] ?? '–')}`;
    });
    return [...told, ...arrows];
  };
  return { ...parts, drawing, outline };
}

describe('a flow as a graph', () => {
  test('is drawn before anything ran', async () => {
    const { drawing, graph } = await world();
    const { nodes, edges, width, height, more, name } = await drawing();
    expect(nodes.map((node) => node.name)).toEqual([
      ...['开始', '提取发票', '规整字段', '录入ERP', '通知', '结束'],
    ]);
    expect(edges.every(({ route }) => route.length >= 4 && route.length % 2 === 0)).toBe(true);
    expect([width > 0, height > 0, more, name]).toEqual([true, true, 0, '发票录入']);
    expect(await graph.states(ofFile)).toMatchObject({ execution: null, taken: null, counted: 0 });
  });

  test('tells what happened, and which ways were taken', async () => {
    const { takeFixture, outline } = await world();
    takeFixture('failed');
    expect(await outline()).toMatchInlineSnapshot(`
      [
        "开始 succeeded 0/1",
        "提取发票 succeeded 0/1",
        "规整字段 succeeded 0/1",
        "录入ERP failed ← 1/1",
        "通知 notRun 0/0",
        "结束 notRun 0/0",
        "开始 → 提取发票 1",
        "提取发票 → 规整字段 1",
        "规整字段 → 录入ERP 1",
        "录入ERP → 通知 0",
        "通知 → 结束 0",
        "录入ERP → 结束 0",
      ]
    `);
  });

  test('tells the way of the execution that it is compared with', async () => {
    const { takeFixture, graph } = await world();
    const comparedWith = takeFixture('succeeded').key;
    const { key: execution } = takeFixture('failed');
    const query = { ...ofFile, execution, comparedWith };
    const { taken, takenByOther } = await graph.states(query);
    expect([taken, takenByOther]).toEqual([
      [1, 1, 1, 0, 0, 0],
      [1, 1, 1, 1, 1, 0],
    ]);
    const { takenByOther: none } = await graph.states({ ...query, comparedWith: 'gone' });
    expect(none).toBeNull();
  });

  test('tells the way of a copy of the flow, whose steps have their names alone', async () => {
    const { takeFixture, take, graph } = await world();
    const { key: execution } = takeFixture('failed');
    const names = ['开始', '提取发票', '规整字段', '录入ERP'];
    const steps = names.map((name, index) => ({ id: `copy::${String(index)}`, name }));
    const [copy] = take([recordWith(storyRecord({ n: 1, steps }))]).finished;
    const query = { ...ofFile, execution, comparedWith: copy?.summary.key ?? '' };
    const { takenByOther } = await graph.states(query);
    expect(takenByOther).toEqual([1, 1, 1, 0, 0, 0]);
  });

  test('is found by its execution', async () => {
    const { takeFixture, drawing, graph } = await world();
    const { key } = takeFixture('failed');
    expect((await drawing({ uri: null, execution: key })).uri).toBe(invoice.uri);
    const unbound = takeFixture('robot');
    for (const execution of [unbound.key, 'gone', null]) {
      const query = { uri: null, execution };
      expect(await graph.drawing(query)).toEqual({ kind: 'noFlow', query });
      expect(await graph.states(query)).toMatchObject({ version: null, nodes: [] });
      expect([graph.stamp(query), graph.stateStamp(query)]).toEqual(['', '']);
    }
  });

  test('changes with its file alone, its states with what runs', async () => {
    const { takeFixture, graph, handlers } = await world();
    const before = [graph.stamp(ofFile), graph.stateStamp(ofFile)];
    takeFixture('failed');
    const ran = [graph.stamp(ofFile), graph.stateStamp(ofFile)];
    expect([ran[0] === before[0], ran[1] === before[1]]).toEqual([true, false]);
    await handlers.setFlow({ ...invoice, text: invoice.text.replaceAll('录入ERP', '录入 ERP') });
    expect(graph.stamp(ofFile)).not.toBe(ran[0]);
  });

  test('steps that the file has no more are told by name', async () => {
    const { takeFixture, graph, handlers } = await world();
    takeFixture('failed');
    const text = invoice.text
      .replaceAll(/ifly-code::[\w-]+/g, 'ifly-code::another')
      .replace('规整字段', 'Other');
    await handlers.setFlow({ ...invoice, text });
    const { since } = await graph.states(ofFile);
    expect(since).toMatchObject({ gone: { count: 1, names: ['规整字段'] }, then: null });
  });

  test('tells when each node ran', async () => {
    const { takeFixture, graph } = await world();
    takeFixture('failed');
    const { nodes, execution } = await graph.states(ofFile);
    const { beginMs = NaN, endMs = NaN } = execution?.extent ?? {};
    const spans = nodes.flatMap((node) => node.spans ?? []);
    expect(spans).toHaveLength(4);
    expect(spans.every((span) => span.beginMs >= beginMs && (span.endMs ?? 0) <= endMs)).toBe(true);
  });

  test('one that could not be laid out in time is said so, and tried again when it is asked for', async () => {
    const parts = await world();
    let asked = 0;
    const view = new GraphView({
      ...parts,
      usual: new UsualDurations({
        past: { of: () => undefined, lookInto: () => Promise.resolve(undefined) },
        turn: () => Promise.resolve(),
        onChange: () => undefined,
      }),
      layouter: {
        layOut: (graph) => Promise.resolve(asked++ === 0 ? null : layoutGraph(graph)),
        dispose: () => undefined,
      },
    });
    expect(await view.drawing(ofFile)).toEqual({ kind: 'tooLarge', query: ofFile });
    expect((await view.drawing(ofFile)).kind).toBe('drawing');
    expect((await view.drawing(ofFile)).kind).toBe('drawing');
    expect(asked).toBe(2);
  });
});
