import type { FlowGraph } from '../../src/flow/flowGraph.ts';
import { layoutGraph } from '../../src/flow/layout/layoutGraph.ts';
import type { FlowDrawing, GraphQuery, GraphStates, NodeState } from '../../src/protocol/graph.ts';
import type { ShortValues, ShortValuesQuery } from '../../src/protocol/marks.ts';
import type { NodeStatus } from '../../src/trace/tree.ts';

const begin = Date.parse('2026-11-23T16:47:38.903Z');

type Step = readonly [id: string, name: string, type: string, parent?: number];

const steps: readonly Step[] = [
  ['start', 'Start', 'node-start'],
  ['read', 'Read the invoices', 'spark-llm'],
  ['each', 'For each invoice', 'iteration'],
  ['rounds', 'Round start', 'iteration-node-start', 2],
  ['fill', 'Fill the form', 'rpa', 2],
  ['save', 'Click save', 'rpa', 2],
  ['decide', 'Is all of it entered, and is nothing left?', 'decision-making'],
  ['message', '通知财务部门的同事并等待答复', 'message'],
  ['end', 'End', 'node-end'],
];
const arrows: FlowGraph['edges'] = [
  { source: 0, target: 1, kind: 'normal' },
  { source: 1, target: 2, kind: 'normal' },
  { source: 3, target: 4, kind: 'normal' },
  { source: 4, target: 5, kind: 'normal' },
  { source: 2, target: 6, kind: 'normal' },
  { source: 6, target: 7, kind: 'branch' },
  { source: 6, target: 8, kind: 'branch' },
  { source: 7, target: 8, kind: 'normal' },
];

function drawingOf(
  query: GraphQuery,
  all: readonly Step[],
  edges: FlowGraph['edges'],
): FlowDrawing {
  const graph = { nodes: all.map(([, , , parent = -1]) => ({ parent })), edges };
  const { boxes, routes, size } = layoutGraph(graph);
  return {
    ...{ kind: 'drawing', query, uri: 'file:///invoice-entry.yaml', name: 'invoice-entry' },
    ...{ format: 'astronYaml', version: 1, more: 0, ...size },
    nodes: all.map(([id, name, type, parent = -1], place) => {
      const box = boxes[place] ?? { x: 0, y: 0, width: 0, height: 0 };
      return { nodeId: `rpa::${id}`, name, type, parent, ...box };
    }),
    edges: edges.map((edge, index) => ({
      ...edge,
      route: (routes[index] ?? []).flatMap(({ x, y }) => [x, y]),
    })),
  };
}

/** The flow of the failed execution that the panel shows. */
export function aDrawing(query: GraphQuery): FlowDrawing {
  return drawingOf(query, steps, arrows);
}

/** A flow of many steps, each of which leads to one or two others. */
export function aLargeDrawing(query: GraphQuery, count: number): FlowDrawing {
  const all = Array.from({ length: count }, (_, index): Step => {
    return [String(index), `Step ${String(index + 1)}`, 'rpa'];
  });
  const edges = all.slice(1).flatMap((_, index) => {
    const from = index - (index % 3);
    return [
      { source: from, target: index + 1, kind: 'normal' as const },
      ...(index % 3 === 2
        ? [{ source: index - 1, target: index + 1, kind: 'normal' as const }]
        : []),
    ];
  });
  return drawingOf(query, all, edges);
}

const state = (
  place: number,
  status: NodeStatus,
  from: number,
  ms: number,
  parts: Partial<NodeState> = {},
) => ({
  ...{ place, runs: 12, usualMs: 900 },
  run: { row: steps[place]?.[0] ?? '', status, durationMs: ms, ...parts.run },
  spans: [{ beginMs: begin + from, endMs: begin + from + ms, status }],
  ...(parts.failures === undefined ? {} : { failures: parts.failures }),
});

/** It failed in the third round, when it clicked. */
export function someStates(query: GraphQuery): GraphStates {
  return {
    ...{ query, version: 1, counted: 12, since: null },
    execution: {
      ...{ key: query.execution ?? 'workflow/spf5', outcome: 'failed', beginMs: begin },
      extent: { beginMs: begin, endMs: begin + 7_900 },
    },
    nodes: [
      state(0, 'succeeded', 0, 20),
      state(1, 'recovered', 20, 1_400),
      state(2, 'failed', 1_500, 6_000),
      state(3, 'succeeded', 1_500, 1),
      state(4, 'succeeded', 1_600, 2_000, {
        run: { row: 'fill', status: 'succeeded', durationMs: 2_000, count: 3 },
      }),
      state(5, 'failed', 3_600, 3_600, {
        failures: 3,
        run: { row: 'save', status: 'failed', durationMs: 3_600, failing: true },
      }),
    ],
    taken: [1, 1, 3, 3, 0, 0, 0, 0],
    takenByOther: query.comparedWith === undefined ? null : [1, 1, 3, 3, 3, 0, 0, 0],
  };
}

/** It has come to a step. */
export function runningAt(query: GraphQuery, place: number): GraphStates {
  const states = someStates(query);
  const execution = states.execution && { ...states.execution, outcome: 'running' as const };
  const run = { row: steps[place]?.[0] ?? '', status: 'running' as const, durationMs: null };
  return {
    ...{ ...states, execution },
    nodes: [
      ...[0, 1, 2]
        .filter((before) => before < place)
        .map((before) => state(before, 'succeeded', 0, 20)),
      { place, run, spans: [{ beginMs: begin + 100, endMs: null, status: 'running' }] },
    ],
  };
}

/** What a step gave. */
export function someShortValues({ rows }: ShortValuesQuery): ShortValues {
  return {
    given: rows.map((row) => ({
      row,
      values: [
        { name: 'count', text: '3' },
        { name: 'token', text: '••••c3f1' },
      ],
    })),
  };
}
