import { describe, expect, test } from 'vitest';
import { flowGraph, type FlowGraph } from '../../../src/flow/flowGraph.ts';
import type { Box, Point } from '../../../src/flow/layout/boxes.ts';
import { layoutGraph, nodeSize, type GraphLayout } from '../../../src/flow/layout/layoutGraph.ts';
import { parseFlow } from '../../../src/flow/parseFlow.ts';
import { flowOf } from '../../support/fixtures.ts';

type Edge = readonly [source: number, target: number];

/** A graph of boxes with parents, and of edges by places. */
function graphOf(parents: readonly number[], edges: readonly Edge[]): FlowGraph {
  return {
    nodes: parents.map((parent) => ({ parent })),
    edges: edges.map(([source, target]) => ({ source, target, kind: 'normal' as const })),
  };
}

const flat = (count: number) => Array.from({ length: count }, () => -1);
const chain = (count: number) =>
  Array.from({ length: count - 1 }, (_, index): Edge => [index, index + 1]);

const isWithin = (inner: Box, outer: Box) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const touches = ({ x, y }: Point, box: Box) =>
  x >= box.x - 1 && x <= box.x + box.width + 1 && y >= box.y - 1 && y <= box.y + box.height + 1;

/** What has to be true of any layout. */
function check({ nodes, edges }: FlowGraph, layout: GraphLayout): void {
  const holds = (outer: number, inner: number): boolean => {
    for (let at = inner; at !== -1; at = nodes[at]?.parent ?? -1) if (at === outer) return true;
    return false;
  };
  const wrong: string[] = [];
  for (const [a, box] of layout.boxes.entries()) {
    if (![box.x, box.y, box.width, box.height].every(Number.isFinite))
      wrong.push(`${String(a)} nowhere`);
    const parent = layout.boxes[nodes[a]?.parent ?? -1];
    if (parent !== undefined && !isWithin(box, parent)) wrong.push(`${String(a)} out of its group`);
    for (let b = a + 1; b < Math.min(layout.boxes.length, a + 400); b++) {
      const other = layout.boxes[b];
      if (other === undefined || holds(a, b) || holds(b, a)) continue;
      if (overlap(box, other)) wrong.push(`${String(a)} on ${String(b)}`);
    }
  }
  for (const [index, route] of layout.routes.entries()) {
    const edge = edges[index];
    const [from, to] = [layout.boxes[edge?.source ?? -1], layout.boxes[edge?.target ?? -1]];
    const [first, last] = [route[0], route.at(-1)];
    if (from === undefined || to === undefined || first === undefined || last === undefined)
      continue;
    if (!touches(first, from) || !touches(last, to))
      wrong.push(`edge ${String(index)} hangs in the air`);
  }
  expect(wrong).toEqual([]);
}

describe('a graph without places is laid out', () => {
  test.each<[string, readonly number[], readonly Edge[]]>([
    ['nothing', [], []],
    ['one', [-1], []],
    ['a chain', flat(5), chain(5)],
    [
      'a branch that comes together',
      flat(4),
      [
        [0, 1],
        [0, 2],
        [1, 3],
        [2, 3],
      ],
    ],
    [
      'a circle',
      flat(3),
      [
        [0, 1],
        [1, 2],
        [2, 0],
      ],
    ],
    [
      'one that leads to itself',
      flat(2),
      [
        [0, 0],
        [0, 1],
      ],
    ],
    [
      'the same edge there and back',
      flat(2),
      [
        [0, 1],
        [1, 0],
      ],
    ],
    [
      'parts that hang apart',
      flat(6),
      [
        [0, 1],
        [2, 3],
        [4, 5],
      ],
    ],
    [
      'a group, entered and left',
      [-1, -1, 1, 1, -1],
      [
        [0, 1],
        [2, 3],
        [1, 4],
      ],
    ],
    [
      'a group that leads into itself',
      [-1, 0, 0],
      [
        [0, 1],
        [1, 2],
      ],
    ],
    ['groups in groups, with an edge across both', [-1, 0, 1, -1, 3, 4], [[2, 5]]],
    ['an edge out of a group to the box around it', [-1, 0], [[1, 0]]],
    ['an empty group beside others', [-1, -1, 0], []],
  ])('%s', (_, parents, edges) => {
    const graph = graphOf(parents, edges);
    check(graph, layoutGraph(graph));
  });

  test('what follows stands below', () => {
    const { boxes } = layoutGraph(graphOf(flat(3), chain(3)));
    expect(boxes.map(({ y }) => y)).toEqual([0, 100, 200]);
  });

  test('a long chain is set in columns, and what leads to the next goes around', () => {
    const graph = graphOf(flat(2_000), chain(2_000));
    const layout = layoutGraph(graph);
    check(graph, layout);
    const { width, height } = layout.size;
    expect(width / height).toBeGreaterThan(0.5);
    expect(width / height).toBeLessThan(3);
    const columns = new Set(layout.boxes.map(({ x }) => x));
    expect(columns.size).toBeGreaterThan(10);
    expect(layout.routes.filter((route) => route.length === 6)).toHaveLength(columns.size - 1);
  });

  test('thousands of branches exhaust no stack', () => {
    const edges = Array.from({ length: 500 }, (_, index): Edge[] => [
      [3 * index, 3 * index + 1],
      [3 * index, 3 * index + 2],
      [3 * index + 1, 3 * index + 3],
      [3 * index + 2, 3 * index + 3],
    ]).flat();
    const graph = graphOf(flat(1_501), edges);
    check(graph, layoutGraph(graph));
  });

  test('very many beside each other stand in their rows', () => {
    const edges = Array.from({ length: 1_500 }, (_, index): Edge => [0, index + 1]);
    const graph = graphOf(flat(1_501), edges);
    check(graph, layoutGraph(graph));
  });

  test('groups in groups without end', () => {
    const graph = graphOf(
      Array.from({ length: 3_000 }, (_, index) => index - 1),
      [],
    );
    expect(layoutGraph(graph).boxes).toHaveLength(3_000);
  });
});

describe('places of the file', () => {
  const at = (
    places: readonly (readonly [number, number, string?])[],
    edges: readonly Edge[] = [],
  ) => ({
    ...graphOf(flat(places.length), edges),
    nodes: places.map(([x, y, page = '']) => ({ parent: -1, canvas: { x, y, page } })),
  });

  test('are kept, drawn together where boxes stood far apart', () => {
    const { boxes, size } = layoutGraph(
      at([
        [0, 0],
        [2_000, 0],
        [4_000, 500],
      ]),
    );
    expect(boxes.map(({ x, y }) => [Math.round(x), Math.round(y)])).toEqual([
      [0, 0],
      [400, 0],
      [800, 100],
    ]);
    expect(size.width).toBe(1_000);
  });

  test('are drawn apart until none lies upon another', () => {
    const graph = at(
      [
        [0, 0],
        [100, 0],
        [200, 0],
        [200, 40],
      ],
      [
        [0, 1],
        [2, 0],
        [1, 3],
      ],
    );
    const layout = layoutGraph(graph);
    check(graph, layout);
    const [first, , third] = layout.boxes;
    expect((third?.x ?? 0) - (first?.x ?? 0)).toBe(2 * (nodeSize.width + 40));
  });

  test.each([
    [
      'that all are the same',
      [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    ],
    [
      'that lie upon each other',
      [
        [0, 0],
        [1, 1],
        [500, 0],
      ],
    ],
  ] as const)('%s are of no use', (_, places) => {
    const graph = at(places, chain(3));
    const layout = layoutGraph(graph);
    check(graph, layout);
    expect(layout.boxes.map(({ y }) => y)).toEqual([0, 100, 200]);
  });

  test('each page stands below the one before', () => {
    const { boxes } = layoutGraph(
      at([
        [0, 0, 'a'],
        [0, 0, 'b'],
        [300, 0, 'a'],
      ]),
    );
    expect(boxes[1]?.y).toBeGreaterThan(boxes[0]?.y ?? 0);
    expect(boxes[2]?.y).toBe(boxes[0]?.y);
  });

  test('where one is missing none counts', () => {
    const graph: FlowGraph = {
      ...graphOf(flat(2), [[0, 1]]),
      nodes: [{ parent: -1, canvas: { x: 0, y: 0, page: '' } }, { parent: -1 }],
    };
    expect(layoutGraph(graph).boxes.map(({ y }) => y)).toEqual([0, 100]);
  });
});

describe('the graph of a file', () => {
  const parsed = (text: string, fileName: string) => {
    const flow = parseFlow(text, fileName);
    if (!flow.ok) throw new Error(flow.error.detail);
    return flow.value;
  };
  /** Edges as `source → target kind`, by names. */
  const drawn = (text: string, fileName: string) => {
    const document = parsed(text, fileName);
    const name = (place: number) => document.nodes[place]?.name;
    return flowGraph(document).edges.map(
      ({ source, target, kind }) => `${name(source) ?? '?'} → ${name(target) ?? '?'} ${kind}`,
    );
  };

  test.each([
    'batch-orders.yaml',
    'batch-orders.core.json',
    'with-manifest.yml',
    'astronrpa-process.json',
    'camunda-invoice.bpmn',
    'n8n-workflow.json',
    'node-red-flows.json',
    'uipath-Main.xaml',
  ])('%s is laid out', (fileName) => {
    const graph = flowGraph(flowOf(fileName));
    expect(graph.edges.length).toBeGreaterThan(0);
    check(graph, layoutGraph(graph));
  });

  test('in Robot Framework a step follows the one above it, and a task stands alone', () => {
    const text = '*** Tasks ***\nFirst\n    Log    a\n    Sleep    1\nSecond\n    Log    b\n';
    expect(drawn(text, 'tasks.robot')).toEqual(['Log → Sleep normal']);
  });

  test('in a sequence of XAML too, and only there', () => {
    const text = `<Activity xmlns="http://schemas.microsoft.com/netfx/2009/xaml/activities"><If DisplayName="If">
<Sequence DisplayName="S"><Log DisplayName="a" /><Log DisplayName="b" /></Sequence><Log DisplayName="c" /></If></Activity>`;
    expect(drawn(text, 'a.xaml')).toEqual(['a → b normal']);
  });

  test('two that are joined twice have one edge, and one that leads nowhere is none', () => {
    const document = parsed('{"steps": {"a": {"id": "a"}, "b": {"id": "b"}}}', 'a.json');
    const edge = (source: string, target: string, kind: 'normal' | 'fail') => ({
      source,
      target,
      kind,
    });
    const graph = flowGraph({
      ...document,
      edges: [edge('a', 'b', 'fail'), edge('a', 'b', 'normal'), edge('a', 'gone', 'normal')],
    });
    expect(graph.edges).toEqual([{ source: 0, target: 1, kind: 'normal' }]);
  });

  test('parents in a circle stand in nothing', () => {
    const document = parsed(
      '{"steps": {"a": {"id": "a"}, "b": {"id": "b"}, "c": {"id": "c"}}}',
      'a.json',
    );
    const parents = ['b', 'a', 'c'];
    const nodes = document.nodes.map((node, index) => ({
      ...node,
      parentId: parents[index] ?? null,
    }));
    const graph = flowGraph({ ...document, nodes });
    expect(graph.nodes.map(({ parent }) => parent)).toEqual([1, -1, -1]);
    check(graph, layoutGraph(graph));
  });
});
