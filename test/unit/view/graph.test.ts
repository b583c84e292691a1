import { describe, expect, test } from 'vitest';
import type { DrawnEdge, DrawnNode } from '../../../src/protocol/graph.ts';
import type { NodeStatus } from '../../../src/trace/tree.ts';
import { cutToWidth, onLines } from '../../../src/view/cutToWidth.ts';
import { nextMoment, runningAt, statusAt } from '../../../src/view/graphMoment.ts';
import { arrowMiddle, arrowPath, countPlace, straightPath } from '../../../src/view/graphPath.ts';
import { areNamesWhole } from '../../../src/view/graphNames.ts';
import { reading } from '../../../src/view/graphReading.ts';
import {
  boxLines,
  edgeBounds,
  groupsOf,
  letteringAt,
  picture,
  wideningAt,
} from '../../../src/view/graphPicture.ts';
import { graphFileName, graphSvg, type SavedGraph } from '../../../src/view/graphSvg.ts';
import {
  type Area,
  fitted,
  holds,
  meet,
  overview,
  panned,
  placeOfSheet,
  scales,
  seenArea,
  sheetOf,
  showing,
  sidesBeyond,
  zoomed,
} from '../../../src/view/graphViewport.ts';
import {
  found,
  neighbour,
  partingAreas,
  partingOf,
  placeAt,
  ranOnlyInOther,
  wayTo,
  withNeighbours,
} from '../../../src/view/graphWays.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';

const screen = { width: 1_000, height: 600 };

const box = (x: number, y: number, parts: Partial<DrawnNode> = {}): DrawnNode => ({
  ...{ nodeId: `n${String(x)}`, name: `Step ${String(x)}`, type: 'rpa', parent: -1 },
  ...{ x, y, width: 200, height: 52 },
  ...parts,
});
const edge = (source: number, target: number, route: number[] = [0, 0, 0, 10]): DrawnEdge => ({
  ...{ source, target, kind: 'normal', route },
});

describe('what is seen', () => {
  test('all of a large graph, in the middle', () => {
    const viewport = fitted({ width: 10_000, height: 1_000 }, screen);
    expect(viewport.scale).toBeCloseTo(0.0952);
    expect(viewport.x).toBeCloseTo(24);
    expect(holds(seenArea(viewport, screen), { x: 0, y: 0, width: 10_000, height: 1_000 })).toBe(
      true,
    );
  });

  test.each([
    ['a small one, not enlarged', { width: 200, height: 52 }, { scale: 1, x: 400, y: 274 }],
    ['nothing', { width: 0, height: 0 }, { scale: 1, x: 500, y: 300 }],
  ])('%s', (_, graph, expected) => {
    expect(fitted(graph, screen)).toEqual(expected);
  });

  test('what is under the pointer stays there when it is zoomed', () => {
    const near = zoomed({ scale: 1, x: 10, y: 20 }, 1.5, 110, 220);
    expect(near).toEqual({ scale: 1.5, x: -40, y: -80 });
    expect([(110 - near.x) / near.scale, (220 - near.y) / near.scale]).toEqual([100, 200]);
    expect(zoomed(near, 100, 0, 0).scale).toBe(scales.most);
    expect(zoomed(near, 0.0001, 0, 0).scale).toBe(scales.least);
  });

  test('a graph is not lost by moving it', () => {
    const graph = { width: 400, height: 400 };
    expect(panned({ scale: 1, x: 0, y: 0 }, -9_999, 9_999, graph, screen)).toEqual({
      scale: 1,
      x: -320,
      y: 520,
    });
  });

  test('what is shown comes into the middle, unless it is seen and can be read', () => {
    const area = { x: 5_000, y: 0, width: 200, height: 52 };
    const shown = showing({ scale: 0.1, x: 0, y: 0 }, area, screen);
    expect(shown).toEqual({ scale: 0.7, x: 500 - 5_100 * 0.7, y: 300 - 26 * 0.7 });
    expect(showing(shown, area, screen)).toBe(shown);
  });
});

describe('a graph that one begins to read', () => {
  const box = (y: number) => ({ x: 100, y, width: 200, height: 52 });

  test.each([
    ['whole where names are read there', { width: 1_700, height: 900 }, box(300), { scale: 0.56 }],
    [
      'with what is around it in sight',
      { width: 3_000, height: 5_000 },
      box(2_000),
      { scale: (1_000 - 48) / 1_200 },
    ],
    ['never larger than it is', { width: 400, height: 5_000 }, box(2_000), { scale: 1, x: 300 }],
    ['from its top', { width: 400, height: 5_000 }, box(20), { y: 24 }],
    ['to its end', { width: 400, height: 5_000 }, box(4_900), { y: 600 - 24 - 5_000 }],
    ['with an area in the middle', { width: 400, height: 5_000 }, box(2_000), { y: 300 - 2_026 }],
  ])('%s', (_, graph, area, expected) => {
    expect(
      reading({ ...graph, boxes: [area], areNamesWhole: () => false }, [area], screen),
    ).toMatchObject(expected);
  });

  test('near enough to be read, however narrow the panel', () => {
    const graph = { width: 9_000, height: 900, boxes: [], areNamesWhole: () => false };
    expect(reading(graph, [box(400)], { width: 300, height: 500 }).scale).toBe(0.5);
  });

  /** Boxes of 200 pixels in a row or a column, with gaps as a file has them. */
  const line = (count: number, gap: number) => {
    const boxes = Array.from({ length: count }, (_, index) => ({
      ...{ x: index * (200 + gap), y: 0, width: 200, height: 52 },
    }));
    const [width, height] = [count * (200 + gap) - gap, 52];
    return { width, height, boxes, areNamesWhole: () => false };
  };

  test.each([
    ['the first', 7, 60, 0, 520, [0, 1, 2, 3]],
    ['near the begin', 7, 60, 2, 520, [0, 1, 2, 3]],
    ['in the middle', 7, 60, 4, 520, [3, 4, 5, 6]],
    ['in the middle of many', 20, 60, 10, 520, [8, 9, 10, 11]],
    ['the last', 7, 60, 6, 520, [3, 4, 5, 6]],
    ['where one more would be cut', 20, 60, 10, 460, [9, 10, 11]],
    ['with wide gaps', 9, 300, 4, 520, [3, 4]],
    ['in a wider room', 12, 60, 6, 900, [4, 5, 6, 7, 8]],
  ] as const)('of a row no box is cut: %s', (_, count, gap, place, width, expected) => {
    const graph = line(count, gap);
    const size = { width, height: 260 };
    const area = graph.boxes[place];
    if (area === undefined) throw new Error(String(place));
    const viewport = reading(graph, [area], size);
    const seen = seenArea(viewport, size);
    const places = (isSeen: (one: Area) => boolean) =>
      graph.boxes.flatMap((one, index) => (isSeen(one) ? [index] : []));
    expect(places((one) => holds(seen, one))).toEqual(expected);
    expect(places((one) => meet(seen, one))).toEqual(expected);
    const more = [
      ...(expected[0] > 0 ? ['left'] : []),
      ...((expected.at(-1) ?? 0) < count - 1 ? ['right'] : []),
    ];
    expect(sidesBeyond(graph, seen)).toEqual(more);
  });

  test('with boxes clear of the signs at the sides, where there is room', () => {
    const graph = line(20, 100);
    const [area] = graph.boxes.slice(11);
    const size = { width: 520, height: 260 };
    const viewport = reading(graph, [area!], size);
    const seen = seenArea(viewport, size);
    const ends = graph.boxes.filter((one) => meet(seen, one)).map(({ x }) => x);
    const left = (ends[0] ?? NaN) * viewport.scale + viewport.x;
    const right = ((ends.at(-1) ?? NaN) + 200) * viewport.scale + viewport.x;
    expect([left > 22, right < size.width - 22]).toEqual([true, true]);
  });

  test.each([
    ['names are whole there', 691, true, true],
    ['a name would be cut there', 691, false, false],
    ['no name could be read there', 500, true, false],
  ])('whole where %s: %#', (_, width, isWhole, expected) => {
    const graph = { ...line(7, 56), areNamesWhole: () => isWhole };
    const viewport = reading(graph, graph.boxes.slice(4, 5), { width, height: 400 });
    const seen = seenArea(viewport, { width, height: 400 });
    expect(graph.boxes.every((one) => holds(seen, one))).toBe(expected);
  });

  test.each([
    ['what is named first alone', [10], 300, [10]],
    ['as much as there is room for, beyond it', [10, 11, 12, 13], 520, [10, 11, 12, 13]],
    ['before it', [10, 9, 8, 7], 520, [7, 8, 9, 10]],
    ['without what lies too far away', [10, 19, 11, 12], 400, [10, 11, 12]],
  ])('with in sight %s', (_, wanted, width, expected) => {
    const graph = line(20, 60);
    const size = { width, height: 260 };
    const areas = wanted.flatMap((place) => graph.boxes.slice(place, place + 1));
    const seen = seenArea(reading(graph, areas, size), size);
    expect(graph.boxes.flatMap((one, place) => (holds(seen, one) ? [place] : []))).toEqual(
      expect.arrayContaining(expected),
    );
  });
});

describe('names of boxes', () => {
  test.each([
    ['short ones, far away', ['开始', '通知财务'], 0.37, true],
    ['a long one, far away', ['开始', '把发票的每一行录入财务系统'], 0.37, false],
    ['the same, nearer', ['开始', '把发票的每一行录入财务系统'], 0.7, true],
  ])('are whole, or one is cut: %s', (_, names, scale, expected) => {
    const boxes = names.map((name) => box(0, 0, { name }));
    expect(areNamesWhole(boxes, scale)).toBe(expected);
  });
});

describe('a sheet', () => {
  const viewport = { scale: 0.5, x: -33.3, y: 20 };

  test.each([
    ['two fifths of a screen', screen, 1, { x: -400, y: -240 }],
    [
      'not more than a hand moves in one go',
      { width: 4_000, height: 2_000 },
      1,
      { x: -480, y: -480 },
    ],
    ['whole pixels of the device', { width: 1_001, height: 600 }, 1.25, { x: -400.8, y: -240 }],
  ])('has around what is seen %s', (_, size, density, corner) => {
    const sheet = sheetOf(viewport, size, density);
    const at = placeOfSheet(sheet, viewport);
    expect(at.x).toBeCloseTo(corner.x, 0);
    expect(at.y).toBeCloseTo(corner.y, 0);
    expect((at.x * density) % 1).toBeCloseTo(0);
    expect(at.by).toBe(1);
    expect(holds(sheet.area, seenArea(viewport, size))).toBe(true);
    const beyond = { ...viewport, x: viewport.x + size.width };
    expect(holds(sheet.area, seenArea(beyond, size))).toBe(false);
  });

  test.each([
    ['right and up', { x: 10, y: -1 }, { x: -720, y: -48 }],
    ['left', { x: -10, y: 0 }, { x: -80, y: -240 }],
    ['down', { x: 0, y: 1 }, { x: -400, y: -432 }],
  ])('that is left to the %s has most of its room where it goes', (_, moved, corner) => {
    const before = { ...viewport, x: viewport.x - moved.x, y: viewport.y - moved.y };
    const sheet = sheetOf(viewport, screen, 1, before);
    const at = placeOfSheet(sheet, viewport);
    expect([at.x, at.y]).toEqual([expect.closeTo(corner.x, 0), expect.closeTo(corner.y, 0)]);
    // As large as one that rests: what it costs is its area.
    const { width, height } = sheetOf(viewport, screen, 1).area;
    expect(sheet.area).toMatchObject({ width, height });
    const nearer = sheetOf(viewport, screen, 1, { ...before, scale: 0.4 });
    expect(nearer).toEqual(sheetOf(viewport, screen, 1));
  });

  test('is moved and enlarged as it is, each point to where it belongs', () => {
    const sheet = sheetOf(viewport, screen, 1);
    const later = zoomed({ ...viewport, x: 50 }, 1.5, 300, 200);
    const { x, y, by } = placeOfSheet(sheet, later);
    const point = { x: 700, y: 300 };
    const drawnAt = (point.x - sheet.area.x) * sheet.scale;
    expect(x + drawnAt * by).toBeCloseTo(later.x + point.x * later.scale);
    expect(y + (point.y - sheet.area.y) * sheet.scale * by).toBeCloseTo(
      later.y + point.y * later.scale,
    );
  });
});

test.each([
  ['wide', { width: 1_600, height: 100 }, { scale: 0.1, x: 0, y: 50 }],
  ['high', { width: 100, height: 1_100 }, { scale: 0.1, x: 75, y: 0 }],
  ['empty', { width: 0, height: 0 }, { scale: 110, x: 80, y: 55 }],
])('a %s graph has all its room in a small picture', (_, graph, expected) => {
  const whole = overview(graph, { width: 160, height: 110 });
  expect(whole.scale).toBeCloseTo(expected.scale);
  expect([whole.x, whole.y]).toEqual([expected.x, expected.y]);
});

describe('an arrow', () => {
  test.each<[string, number[], string]>([
    ['straight', [0, 0, 0, 50], 'M0 0L0 50'],
    ['with a corner', [0, 0, 0, 50, 40, 50], 'M0 0L0 42Q0 50 8 50L40 50'],
    ['with a step shorter than a corner', [0, 0, 0, 4, 40, 4], 'M0 0L0 2Q0 4 8 4L40 4'],
    ['with a corner twice', [0, 0, 0, 0, 0, 50], 'M0 0L0 0Q0 0 0 8L0 50'],
    ['that is none', [0, 0], ''],
  ])('%s', (_, route, path) => {
    expect(arrowPath(route)).toBe(path);
  });

  test('from afar, and its middle', () => {
    expect(straightPath([0, 0, 0, 50, 40, 50])).toBe('M0 0L0 50L40 50');
    expect(arrowMiddle([0, 0, 0, 50, 40, 50])).toEqual([0, 45]);
    expect(arrowMiddle([7, 8])).toEqual([7, 8]);
  });
});

describe('what is drawn', () => {
  const nodes = [box(0, 0, { width: 500, height: 300 }), box(20, 50, { parent: 0 }), box(5_000, 0)];
  const edges = [edge(0, 2, [500, 100, 5_000, 20]), edge(1, 1, [])];

  test('is what lies in an area', () => {
    const drawn = picture(
      { nodes, edges },
      groupsOf(nodes),
      edgeBounds(edges),
      seenArea({ scale: 1, x: 0, y: 0 }, screen),
      1,
    );
    const expected = { groups: [0], nodes: [1], edges: [0], lettering: letteringAt(1) };
    expect(drawn).toEqual({ ...expected, isFar: false });
  });

  test('has no names where very many are seen from afar', () => {
    const many = Array.from({ length: 400 }, (_, index) => box(index * 10, 0));
    const area = { x: 0, y: 0, width: 9_999, height: 999 };
    const drawnAt = (scale: number) => {
      const drawn = picture({ nodes: many, edges: [] }, groupsOf(many), [], area, scale);
      return [drawn.lettering, drawn.isFar];
    };
    expect([drawnAt(0.3), drawnAt(0.6)]).toEqual([
      [null, true],
      [letteringAt(0.6), false],
    ]);
  });
});

describe('texts of boxes', () => {
  test.each([1.5, 1, 0.85, 0.7, 0.6, 0.5, 0.4, 0.32])('are read at %d and have room', (scale) => {
    const height = 52;
    const lettering = letteringAt(scale);
    const { names, detail } = boxLines(height, lettering, false);
    const [name = NaN] = names;
    expect(lettering.name * scale).toBeGreaterThanOrEqual(10.5);
    expect(name - 0.8 * lettering.name).toBeGreaterThanOrEqual(2);
    const last = Math.max(name, detail ?? 0);
    expect(last + 0.25 * (lettering.detail ?? lettering.name)).toBeLessThanOrEqual(height);
    if (lettering.detail !== null) {
      expect(lettering.detail * scale).toBeGreaterThanOrEqual(9.5);
      expect((detail ?? NaN) - 0.8 * lettering.detail).toBeGreaterThanOrEqual(name);
    }
  });

  test.each([
    ['with its detail', [1.5, 1, 0.85, 0.8, 0.75], true],
    ['instead of it', [0.7, 0.6, 0.5], false],
    ['without one', [0.46, 0.44], false],
  ])('have room for two lines of a name, %s', (_, scales, hasDetail) => {
    const height = 52;
    for (const scale of scales) {
      const lettering = letteringAt(scale);
      const { names, detail, size } = boxLines(height, lettering, true);
      expect(names).toHaveLength(2);
      expect(detail !== null).toBe(hasDetail);
      const [first = NaN, second = NaN] = names;
      expect(size * scale).toBeGreaterThanOrEqual(9.9);
      expect(first - 0.75 * size).toBeGreaterThanOrEqual(1.5);
      expect(second - first).toBeGreaterThanOrEqual(size);
      const last = detail === null ? second + 0.25 * size : detail + 0.25 * (lettering.detail ?? 0);
      expect(last).toBeLessThanOrEqual(height);
      if (detail !== null) expect(detail - second).toBeGreaterThanOrEqual(lettering.detail ?? NaN);
    }
  });

  test('have none for two where letters would be too small', () => {
    expect([0.41, 0.3].map((scale) => letteringAt(scale).wrapped)).toEqual([null, null]);
  });

  test('are none where not even one line can be read', () => {
    const nodes = [box(0, 0), box(300, 0)];
    const area = { x: 0, y: 0, width: 999, height: 999 };
    const drawn = (scale: number) =>
      picture({ nodes, edges: [] }, groupsOf(nodes), [], area, scale);
    const isNamed = (scale: number) => drawn(scale).lettering !== null;
    expect([0.5, 0.3, 0.28, 0.27, 0.1].map(isNamed)).toEqual([true, true, true, false, false]);
    // Few boxes stay boxes that are pointed at.
    expect(drawn(0.1).isFar).toBe(false);
  });

  test('say less the further away, and lines get no thinner', () => {
    const said = [1, 0.7, 0.4].map(letteringAt);
    expect(said.map(({ hasCounts }) => hasCounts)).toEqual([true, false, false]);
    expect(said.map(({ detail }) => detail !== null)).toEqual([true, true, false]);
    expect([2, 0.85, 0.425].map(wideningAt)).toEqual([1, 1, 2]);
  });
});

describe('keys lead', () => {
  //   0 ──► 1      3
  //   └───► 2
  const nodes = [box(0, 0), box(300, 0), box(300, 100), box(900, 10)];
  const edges = [edge(0, 1), edge(0, 2)];

  test.each([
    ['along an arrow', 0, 'right', 1],
    ['back along it', 2, 'left', 0],
    ['to the nearest where no arrow leads', 1, 'down', 2],
    ['to the nearest, with arrows elsewhere', 1, 'right', 3],
    ['nowhere', 0, 'up', null],
    ['nowhere from what is not there', 9, 'up', null],
  ] as const)('%s', (_, from, direction, to) => {
    expect(neighbour(from, direction, nodes, edges)).toBe(to);
  });
});

test('the way to a failure goes back through the groups around it, along what was taken', () => {
  const nodes = [{ parent: -1 }, { parent: -1 }, { parent: 1 }, { parent: 1 }, { parent: -1 }];
  const edges = [edge(0, 1), edge(2, 3), edge(4, 1), edge(3, 2)];
  expect([...wayTo(3, nodes, edges, [1, 1, 0, 1])].sort()).toEqual([0, 1, 3]);
  expect([...wayTo(3, nodes, edges, null)].sort()).toEqual([0, 1, 2, 3]);
});

test('what the other of two took leads through boxes that it alone came to', () => {
  const edges = [edge(0, 1), edge(1, 2), edge(2, 3), edge(0, 3)];
  const run = (place: number, status: NodeStatus) => ({
    place,
    run: { row: '', status, durationMs: null },
  });
  const nodes = [run(0, 'succeeded'), run(1, 'notRun'), run(3, 'failed')];
  const only = (takenByOther: readonly number[] | null) => [
    ...ranOnlyInOther(edges, { nodes, takenByOther }),
  ];
  expect(only([1, 2, 1, 0])).toEqual([1, 2]);
  expect(only([0, 0, 0, 1])).toEqual([]);
  expect(only(null)).toEqual([]);
});

test.each([
  ['on a box', 30, 60, 1],
  ['beside it, in what holds it', 5, 60, 0],
  ['beside all', 600, 10, null],
])('what is under the pointer %s', (_, x, y, place) => {
  const nodes = [box(0, 0, { width: 500, height: 300 }), box(20, 50, { parent: 0 }), box(700, 0)];
  expect(placeAt(nodes, x, y)).toBe(place);
});

test.each([
  ['step 300', [1]],
  ['RPA step', [0, 1]],
  ['  ', []],
  ['n0', [0]],
])('%j finds %j', (text, places) => {
  expect(found([box(0, 0), box(300, 0)], text)).toEqual(places);
});

describe('what one looks at first', () => {
  const chain = [edge(0, 1), edge(1, 2), edge(2, 3), edge(2, 4), edge(4, 5)];

  test('is a step with those before and behind it', () => {
    expect(withNeighbours(2, chain)).toEqual([2, 1, 3, 4]);
    expect(withNeighbours(0, chain)).toEqual([0, 1]);
  });

  test.each([
    ['nothing', [1, 1, 1, 0, 0], [1, 1, 1, 0, 0], []],
    ['a path that goes on', [1, 1, 0, 0, 0], [1, 1, 0, 1, 1], [2, 4, 5]],
    ['a path of each', [1, 1, 1, 0, 0], [1, 1, 0, 1, 1], [2, 3, 4, 5]],
    ['what none is compared with', [1, 1, 1, 0, 0], null, []],
  ])(
    'of two that are compared, where they part and what one alone took: %s',
    (_, taken, takenByOther, expected) => {
      expect(partingOf(chain, { taken, takenByOther })).toEqual(expected);
    },
  );
});

describe('areas where two that are compared part', () => {
  const nodes = [box(0, 0), box(300, 0, { height: 900 }), box(600, 0)];
  const edges = [edge(0, 1), edge(1, 2, [500, 450, 600, 26])];
  const states = { taken: [1, 0], takenByOther: [1, 1] };
  const begin = { x: 500, y: 450, width: 0, height: 0 };

  test.each([
    ['the box, then what one alone came to', [], [begin, nodes[1], nodes[2]]],
    ['of a group the end that they leave it by, itself last', [1], [begin, nodes[2], nodes[1]]],
  ])('%s', (_, groups, expected) => {
    expect(partingAreas(nodes, edges, states, new Set(groups))).toEqual(expected);
    expect(partingAreas(nodes, edges, { ...states, takenByOther: [1, 0] }, new Set())).toEqual([]);
  });
});

describe('the state at a moment', () => {
  const run = { row: 'a', status: 'failed', durationMs: 10 } as const;
  const spans = [
    { beginMs: 10, endMs: 20, status: 'succeeded' },
    { beginMs: 30, endMs: 40, status: 'succeeded' },
  ] as const;

  test.each([
    [null, 'failed'],
    [5, 'notRun'],
    [10, 'running'],
    [25, 'succeeded'],
    [35, 'running'],
    [40, 'failed'],
  ] as const)('%s: %s', (moment, status) => {
    expect(statusAt({ run, spans }, moment)).toBe(status);
  });

  test.each([
    [
      'one that has not ended',
      { spans: [{ beginMs: 10, endMs: null, status: 'running' as const }] },
      50,
      'running',
    ],
    ['one without times', { run }, 50, 'notRun'],
    ['one that never ran', {}, null, 'notRun'],
  ] as const)('%s', (_, state, moment, status) => {
    expect(statusAt(state, moment)).toBe(status);
  });

  test('tells what runs then; of several, what began last', () => {
    const at = (place: number, beginMs: number, endMs: number | null) => ({
      ...{ place, run: { row: 'r', status: endMs === null ? 'running' : 'succeeded' } as const },
      spans: [{ beginMs, endMs, status: 'succeeded' as const }],
    });
    const states = [at(0, 0, 10), at(1, 10, 40), at(2, 15, 20), at(3, 30, null)].map((state) => ({
      ...state,
      run: { ...state.run, durationMs: null },
    }));
    expect([0, 12, 17, 25, 35, null].map((moment) => runningAt(states, moment))).toEqual([
      ...[0, 1, 2, 1, 3, 3],
    ]);
    expect(runningAt(states, -1)).toBeNull();
  });

  test('is played from begin to end in the same time, whatever it took', () => {
    const extent = { beginMs: 1_000, endMs: 81_000 };
    expect(nextMoment(1_000, 100, extent)).toBe(2_000);
    expect(nextMoment(80_500, 100, extent)).toBeNull();
  });
});

test.each([
  ['short', 200, 'short'],
  ['a name that is far too long', 100, 'a name that i…'],
  ['通知财务部门的同事并等待答复', 100, '通知财务部门…'],
  ['two\nlines', 200, 'two lines'],
])('%j in %i pixels', (text, width, cut) => {
  expect(cutToWidth(text, width)).toBe(cut);
});

test.each([
  ['one line where it has room', 'short', ['short']],
  ['between words', 'Read the invoice', ['Read the ', 'invoice']],
  ['and after hyphens', 'invoice-entries', ['invoice-', 'entries']],
  ['and after other signs that join', 'read_invoice_a', ['read_', 'invoice_a']],
  ['anywhere in Chinese', '通知财务部门的同事', ['通知财务部', '门的同事']],
  ['anywhere in a long word', 'Invoiceprocessor', ['Invoicepro', 'cessor']],
  ['not after a first short word', 'A Invoiceprocessor', ['A Invoicep', 'rocessor']],
  ['cut at the end of the second', 'Read all of the invoices', ['Read all of ', 'the invoic…']],
  ['as a line', 'two\nlines of it', ['two lines ', 'of it']],
] as const)('a name on two lines: %s', (_, text, lines) => {
  expect(onLines(text, 76, 2)).toEqual(lines);
});

test('a name that has room for one line alone is cut there', () => {
  expect(onLines('Read the invoice', 76, 1)).toEqual([cutToWidth('Read the invoice', 76)]);
});

test('a picture that is saved has all of it, texts as texts', () => {
  const nodes = [
    box(0, 0, { width: 300, height: 200, name: 'Group' }),
    box(20, 60, { parent: 0, name: '<b>&\u0001' }),
    box(20, 120, { parent: 0, name: 'Is all of it entered, and is nothing left?' }),
  ];
  const t = (text: string, ...values: (string | number)[]) =>
    text.replaceAll(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)]));
  const svg = graphSvg({
    drawing: {
      ...{ kind: 'drawing', query: { uri: null, execution: null }, uri: 'u', name: 'a & b' },
      ...{ format: 'n8n', version: 1, nodes, width: 300, height: 200, more: 0 },
      edges: [edge(0, 1, [0, 0, 10, 10]), edge(1, 0, []), edge(1, 1, [0, 0, 5, 5])],
    },
    states: new Map([
      [
        1,
        { place: 1, runs: 4, failures: 1, run: { row: 'r', status: 'failed', durationMs: 1_200 } },
      ],
    ]),
    statusOf: (place) => (place === 1 ? 'failed' : 'notRun'),
    taken: [3, 0, 0],
    way: new Set([0]),
    ...{ sides: null, sideOf: () => null, onlyIn: () => '' },
    signs: new Proxy({}, { get: () => 'M0 0' }) as never,
    colours: new Proxy({}, { get: (_, name) => name }) as never,
    t,
  });
  expect(svg).toContain('<title>a &amp; b</title>');
  expect(svg).toContain('>&lt;b&gt;&amp;');
  expect(svg).toContain('>×3</text>');
  expect(svg).toContain('>1.20 s</text>');
  expect(svg).toContain('>4 · 25.0%</text>');
  expect(svg).toContain('>Is all of it entered,</text>');
  expect(svg).toContain('>and is nothing left?</text>');
  expect(svg.match(/marker-end/g)).toHaveLength(2);
  expect(svg.match(/stroke-dasharray="4 4"/g)).toHaveLength(1);
});

test.each([
  ['invoice-entry', 'invoice-entry'],
  ['发票录入 v2.1', '发票录入-v2-1'],
  ['../../etc/passwd', 'etc-passwd'],
  ['a\u202egvs.exe', 'a-gvs-exe'],
  ['𠮷'.repeat(40), '𠮷'.repeat(30)],
  ['***', 'flow'],
])('a graph of %j is saved as %j', (name, expected) => {
  expect(graphFileName({ name })).toBe(expected);
});

describe('a graph that is saved', () => {
  const statuses: readonly NodeStatus[] = [
    ...(['succeeded', 'failed', 'unended', 'recovered'] as const),
    ...(['stalled', 'running', 'cancelled', 'notRun'] as const),
  ];
  const colours = new Proxy({}, { get: (_, name) => `is-${String(name)}` }) as never;
  const saved = (
    nodes: readonly DrawnNode[],
    statusOf: (place: number) => NodeStatus,
    compared: Partial<SavedGraph> = {},
  ) =>
    graphSvg({
      drawing: {
        ...{ kind: 'drawing', query: { uri: null, execution: null }, uri: 'u', name: 'x' },
        ...{ format: 'n8n', version: 1, nodes, width: 300, height: 200, more: 0 },
        edges: [edge(0, 1, [0, 0, 10, 10])],
      },
      states: new Map(),
      ...{ statusOf, taken: null, way: new Set<number>(), colours, t: plainEnglish },
      signs: new Proxy({}, { get: () => 'M0 0' }) as never,
      ...{ sides: null, sideOf: () => null, onlyIn: () => '', ...compared },
    });

  test('says of a box that the other of two alone came to that it did', () => {
    const svg = saved([box(0, 0), box(0, 90)], () => 'notRun', {
      onlyIn: (place) => (place === 1 ? 'Before' : ''),
    });
    expect(svg.match(/stroke="is-warning" stroke-dasharray/g)).toHaveLength(1);
    expect(svg).toContain('>“Before” only</text>');
  });

  test.each(statuses)('has a colour for what is %s', (status) => {
    const wanted: Readonly<Partial<Record<NodeStatus, string>>> = {
      ...{ unended: 'failed', recovered: 'warning', stalled: 'warning', notRun: 'quiet' },
    };
    const svg = saved([box(0, 0)], () => status);
    expect(svg).toContain(`fill="none" stroke="is-${wanted[status] ?? status}"`);
    expect(svg.includes('stroke-dasharray="3 3"')).toBe(status === 'notRun');
  });

  test('says which of two that are compared took an arrow alone, without colours too', () => {
    const svg = saved([box(0, 0), box(0, 100)], () => 'succeeded', {
      ...{ sides: { this: 'After', other: 'Before' }, sideOf: () => 'other' },
    });
    const dashed = 'stroke="is-warning" stroke-width="1.5" stroke-dasharray="8 4"';
    expect(svg.split(dashed)).toHaveLength(3);
    expect(svg).toMatch(/stroke="is-running"[^>]*><text[^>]*>Taken only in “After”</);
    expect(svg).toMatch(/stroke-dasharray="8 4"[^>]*><text[^>]*>Taken only in “Before”</);
  });

  test('draws groups first, the outer before the inner, and arrows without counts', () => {
    const nodes = [
      box(10, 10, { name: 'inner', parent: 1, width: 220, height: 100 }),
      box(0, 0, { name: 'outer', width: 300, height: 200 }),
      box(20, 20, { name: 'step', parent: 0 }),
    ];
    const svg = saved(nodes, () => 'succeeded');
    const order = ['outer', 'inner', 'marker-end', 'step'].map((part) => svg.indexOf(part));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(svg).not.toContain('stroke-dasharray');
  });
});

test.each([
  [[0, 0, 100, 0, 100, 100], 'M0 0L92 0Q100 0 100 8L100 100'],
  [[0, 0, 4, 0, 4, 4], 'M0 0L2 0Q4 0 4 2L4 4'],
  [[0, 0, 0, 0, 50, 0], 'M0 0L0 0Q0 0 8 0L50 0'],
  [[0, 0], ''],
  [[], ''],
])('an arrow over %j is drawn as %s', (route, path) => {
  expect(arrowPath(route)).toBe(path);
});

test.each([
  [
    [0, 0, 100, 0],
    [50, 0],
  ],
  [
    [0, 0, 0, 0, 10, 0, 10, 10],
    [10, 0],
  ],
  [
    [7, 8],
    [7, 8],
  ],
  [[], [0, 0]],
])('the middle of %j is %j', (route, middle) => {
  expect(arrowMiddle(route)).toEqual(middle);
});

test.each([
  ['beside what leads down', [0, 0, 0, 50], { x: 0, y: 25, isBeside: true }],
  ['above what leads aside', [0, 0, 100, 0, 100, 20], { x: 60, y: 0, isBeside: false }],
  ['beside what is no way', [7, 8], { x: 7, y: 8, isBeside: true }],
])('the count of an arrow stands %s', (_, route, place) => {
  expect(countPlace(route)).toEqual(place);
});

test('the outer of two groups is drawn first, and an arrow out of sight is not', () => {
  const nodes = [
    box(0, 0, { parent: 1, width: 100, height: 100 }),
    box(0, 0, { width: 400, height: 300 }),
    box(10, 10, { parent: 0 }),
  ];
  const edges = [edge(0, 2, [0, 0, 5, 5]), edge(0, 2, [900, 900, 950, 950])];
  const seen = picture({ nodes, edges }, groupsOf(nodes), edgeBounds(edges), area(0, 0, 500), 1);
  expect(seen).toEqual({
    nodes: [2],
    groups: [1, 0],
    edges: [0],
    lettering: letteringAt(1),
    isFar: false,
  });
  expect(picture({ nodes, edges }, groupsOf(nodes), [], area(0, 0, 500), 1).edges).toEqual([]);
});

const area = (x: number, y: number, size: number) => ({ x, y, width: size, height: size });
