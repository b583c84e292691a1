/** The short way through YAML that programs write makes what the parser of the whole language makes, or nothing. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { parsePlainYaml } from '../../../src/flow/plainYaml.ts';
import { parseAnyYaml, parseYamlTree } from '../../../src/flow/yamlTree.ts';
import { foldedFlow, largeFlow } from '../../support/largeFlow.ts';

const same = (offset: number) => offset;
const folder = new URL('../../fixtures/flows/', import.meta.url);
const flows = readdirSync(folder)
  .filter((name) => /\.ya?ml$/.test(name))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'));

/** Undefined where there is nothing to compare. */
function compared(text: string): { readonly plain: unknown; readonly any: unknown } | undefined {
  const plain = parsePlainYaml(text, same);
  return plain && { plain: { tree: plain, fault: null }, any: parseAnyYaml(text, same) };
}

test.each([...flows, largeFlow(2), foldedFlow(2)])('a flow goes that way', (text) => {
  const trees = compared(text);
  expect(trees).toBeDefined();
  expect(trees?.plain).toEqual(trees?.any);
});

describe('what is written otherwise', () => {
  it.each<[string, string]>([
    ['a number and words', 'a: -25\nb: 0x1f\nc: 007\nd: True\ne: ~\nf: null\ng: .5\nh: 1e3'],
    ['nothing', 'a:\nb: \nc:\n  d:\n  e:  \nf:\n-\n- \n- g:\n'],
    ['lists in lists', 'a:\n- - 1\n  - - 2\n- - x: 1\n    y: 2\n'],
    ['lists on lines of their own', '-\n  a: 1\n-\n  - b\n- c'],
    ['wide dashes', 'a:\n  -   x: 1\n      y: 2\n'],
    ['quotes', `'a b': 'it''s'\n"c": "x\\n\\u4e2d\\"y"\nd: ''\ne: "" \n`],
    ['literal blocks', 'a: |-\n  x\n   y\n\n  z\nb: |\n   # q\n\n\nc:\n- |-\n  p\n- r'],
    ['nothing on two lines', 'a:\n  b: [\n    ]\n  c: {\n    }\n'],
    ['blanks behind values', 'a: x  \nb:  y z \n\n\nc: 1\n\n'],
    ['a key twice', 'a: 1\na: 2\n'],
    ['colons and signs in words', 'a: x:y\nb: c#d\nc: -x\nd: ?x\ne: :x\nf: a,b [c] {d}\n'],
    [
      'comments',
      '# a\na: 1\n\n# b\nb:\n  # c\n  - x: 1\n    # d\n    y: |-\n      # q\n# e\n  - z: 1\n# f',
    ],
    [
      'comments behind values',
      'a: 1 # c\nb:\n  - x: "y" # d\n    z: \'\'   # "e"\n  - f # g\n  - [] # h\nc: a#b #\nd: 2 # i\n',
    ],
    ['comments at the end of blocks', 'a:\n  b: 1 # c\nd:\n- e # f\ng:\n  - h: {} # i\n'],
    [
      'lists in brackets',
      'a: [1, b c, "d, e", \'f]\', true, ~]\nb: [ ]\nc: [x:y, a#b, -1, -x]\nd:\n- [a, b]\n- - [ 1 ,2 ]\n',
    ],
    [
      'mappings in brackets',
      'a: {b: 1, c-d: x y}\nb: { "e": "f", \'g\': [h, {i: j}] } # k\nc: {"l":1,"m":[2]}\nd: { }\ne:\n- {a: b}\n- c: {d: e}\n',
    ],
    ['many empty lines in a block', `a: |-\n  x\n${'\n'.repeat(2_000)}  y`],
    [
      'folded texts in quotes',
      "a: 'x y\n    z  w\n\n    it''s\n\n\n    v '\nb:\n- \"p\\n\\\n    \\ q\\\n    \\\\ r\n\n  s\"\n- c: \"\\x41\\U0001F600 \n     u\" # d\n  e: '\n     '\n",
    ],
    [
      'signs by their codes',
      'a: "\\U00000022 \\x22 \\x5c \\U0000005c \\U0000000a \\u0022 \\U0010FFFF \\x7f"\nb: "\\ \\\n  \\x41"\n',
    ],
    [
      'folded words',
      'a: x y\n  z\n\n  - w\n   v\nb:\n- p\n q\n- c: r s\n   t:u\n'.replace('t: u', 't:u'),
    ],
    ['a folded text that says nothing on its first line', 'a: null\n  true\nb: 1\n  2\n'],
    [
      'literal blocks that begin or end with empty lines',
      'a: |-\n\n\n  x\nb: |+\n  y\n\n\nc:\n  d: |\n\n    z\n\ne:\n- f: |+\n    g\n\n- |+\n  h\n\ni: j\n',
    ],
    [
      'literal blocks that say how deep they stand',
      'a: |2-\n    x\n  y\nb:\n  c: |2\n\n      z\n  d: |1+\n    w\n\ne:\n- f: |2-\n      g\n',
    ],
    [
      'what is said once more by its name',
      'a: &id001\n  b: 1\n  c:\n  - x\nd: *id001\ne: &id002\n- f\n- &id003\n  g: h\n- *id003\n- &i j k\nl: *id002 # m\nn: &o []\np: *o\nq: &r |-\n  s\nt: &u "v\n    w"\nx:\n- *u\n- *i\n- &a_b\n  - y\n- *a_b\na: &id001 z\nb: *id001\n',
    ],
    ['Chinese keys', '名称: 发票\n步骤:\n- 编号: 1\n'],
  ])('%s', (_, text) => {
    for (const one of [text, text.trimEnd(), `${text.trimEnd()}\n`]) {
      const trees = compared(one);
      expect(trees).toBeDefined();
      expect(trees?.plain).toEqual(trees?.any);
    }
  });

  it.each([
    ...['', '\n', 'x', '"x"', '- a\nb: 1', 'a: 1\n b: 2', 'a: - b', 'a: b: c', 'a: "x" y'],
    ...["a: 'x\ny'", 'a: "x\ny"', "a: 'x\ty\n  z'", "a: 'x\n  y': 1", 'a: >-\n  x', 'a: |+\n  x'],
    ...['a: x\n  y: 1', 'a: x\n  # y', 'a: x\n  y # z', 'a: x\n  y\tz', "a: ['x\n  y']"],
    ...['a: |0\n  x', 'a: |-2\n  x', '- |2\n    x', 'a: "\\0"', 'a: "\\U00110000"', 'a: "\\e"'],
    ...[
      'a: |\nb: 1',
      'a: |\n  x',
      'a: *x',
      'a: &x',
      'a: &x &y 1',
      'a: &x *x',
      'a: &x 1\nb: &x *x',
      '&x a: 1',
      'a: !!str 1',
    ],
    ...[
      '- &x a: 1',
      'a: &x\nb: 1',
      'a: &x\n  *x',
      '*x : 1',
      'a: &x # y\n  b: 1',
      'a: & 1',
      'a: *x y',
    ],
    ...[
      'a: [1,]',
      'a: [,1]',
      'a: [a: b]',
      'a: [\n  1]',
      'a: {b}',
      'a: {b: }',
      'a: [1] x',
      '[a]: b',
    ],
    ...[
      'a: "x"#c',
      'a: [x #y]',
      'a: [*x]',
      'a: [- x]',
      'a: [x, |]',
      'a: {1: b}',
      'a: # c',
      'a: | # c\n  x',
    ],
    ...['? a\n: b', 'a:\n  b: 1\n  # c', 'a:\n# c\nb: 1', '---\na: 1', 'a: 1\n...'],
    ...['%YAML 1.2\n---\na: 1', 'a:\t1', '\ta: 1', '1: a', 'true: a', '<<: a', 'a: @x', 'a: `x'],
    ...[
      'a: "x\u000b"',
      '\ufeffa: 1',
      'a: 1\r\nb: 2',
      'a: [\n]',
      '  a: 1\nb: 2',
      'a:\n    b: 1\n  c: 2',
    ],
  ])('%j is left to the parser of the whole language', (text) => {
    expect(parsePlainYaml(text, same)).toBeUndefined();
  });

  it('says once more what has a name, as one', () => {
    const tree = parsePlainYaml('a: &x\n  b: 1\nc: *x\nd: [*x]'.replace('[*x]', '*x'), same);
    const [a, c, d] = tree?.kind === 'map' ? tree.entries : [];
    expect(a?.value.kind).toBe('map');
    expect([c?.value, d?.value].every((value) => value === a?.value)).toBe(true);
  });

  it('has its places in the file where lines end as on Windows', () => {
    const text = 'a: 1\r\nb:\r\n- c: x\r\n  d: |-\r\n    y\r\n    z\r\n';
    const { tree } = parseYamlTree(text);
    const [, b] = tree?.kind === 'map' ? tree.entries : [];
    const [item] = b?.value.kind === 'list' ? b.value.items : [];
    const [c, d] = item?.kind === 'map' ? item.entries : [];
    const textOf = (range: { readonly start: number; readonly end: number } | undefined) =>
      range && text.slice(range.start, range.end);
    expect([textOf(c?.keyRange), textOf(c?.value.range)]).toEqual(['c', 'x']);
    expect(textOf(d?.value.range)).toBe('y\r\n    z');
    expect(d?.value).toHaveProperty('value', 'y\nz');
  });

  it('nests deeper than any program writes', () => {
    const deep = (levels: number) =>
      Array.from({ length: levels }, (_, level) => `${' '.repeat(level)}a:`).join('\n');
    expect(compared(deep(90))?.plain).toEqual(compared(deep(90))?.any);
    expect(parsePlainYaml(deep(2_000), same)).toBeUndefined();
    expect(parsePlainYaml('- '.repeat(100_000), same)).toBeUndefined();
  });
});

/** What a hand leaves in a text. */
const pieces = [
  ...['\n# c\n', '\n    # c\n', '# e\n'],
  ...['\n', ' ', '  ', '- ', ': ', ':', '#', ' #', "'", '"', "''", '|', '|-\n', '>', '[]', '{}'],
  ...['&a ', '*a', '!x ', '---\n', '...\n', '\t', 'x', '-', '~', 'null', 'true', '1', '? ', '\\'],
  ...[
    '\n\n',
    '%',
    ',',
    '\u00a0',
    '\u2028',
    '\ufeff',
    'a: 1',
    '\n  b: 2',
    '\n- c',
    '|+\n',
    '[\n  ]',
  ],
  ...['\n    y', '\n\n  y', '\\\n   ', '&b\n', '|2-\n', '|+\n\n'],
  ...[', ', '[a, ', ']', '{a: ', '}', ' # c', '"a":', "'a': ", '[[', '# ', 'a#b', 'a:b'],
];
const seeds = [
  "a: 1\nb:\n  - x: 1\n    y: |-\n      q\n\n       r\n  - z\nc: ''\nd:\n- e:\n  f: {}\n- []\n",
  'a:\n  b:\n    - - 1\n      - 2\n    - k: "v"\nc: |\n  l1\n  l2\nd: 5\ng: [\n  ]\n',
  '- a\n- b: c\n  d:\n    e: f\n-\n- g\n',
  '# a\na: 1\n# b\nb:\n  # c\n  - x: 1\n    # d\n    y: |-\n      q\n# e\n  - z\n# f\nc:\n  d: 1\n# i',
  'a: [1, b c, "d"] # e\nf:\n  - {g: h, "i":[j, {k: l}]} # m\n  - n: \'o\' # p\n    q: [x:y, a#b] # r\ns: t # u\n',
  'a: \'x y\n    z\n\n    w\'\nb:\n- "p\\\n    \\ q\n\n  s"\n- c: "\\x41 \n     u" # d\ne: f\n  g\n\n  h\ni:\n- j\n  k\n',
  'a: &id001\n  b: |2-\n\n      z\n  c:\n  - |+\n    x\n\n  - y\nd: *id001\ne: &i2\n- f\n- &i3\n  g: |+\n    h\n\n- *i3\nl: *i2\nm: |+\n  n\n\n',
  ...flows.map((flow) => flow.slice(0, 700)),
  ...flows.map((flow) => flow.slice(1_500, 2_200)),
];

test('mutants of texts are read alike or left alone', () => {
  let state = 1;
  const random = (below: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  /** A line is moved, taken out or said twice, or a piece is put somewhere. */
  const mutated = (text: string) => {
    const lines = text.split('\n');
    const at = random(lines.length);
    const line = lines[at] ?? '';
    const changed = [[`  ${line}`], [line.slice(1)], [], [line, line], [`${line} `], ['', line]];
    const kind = random(2 * changed.length);
    if (kind < changed.length) lines.splice(at, 1, ...(changed[kind] ?? []));
    else {
      const place = random(line.length + 1);
      const piece = pieces[random(pieces.length)] ?? '';
      lines[at] = line.slice(0, place) + piece + line.slice(place + random(3));
    }
    return lines.join('\n');
  };
  let count = 0;
  for (let round = 0; round < 8_000; round++) {
    let text = seeds[random(seeds.length)] ?? '';
    for (let times = random(3); times >= 0; times--) text = mutated(text);
    const trees = compared(text);
    if (trees === undefined) continue;
    count++;
    expect(trees.plain, JSON.stringify(text)).toEqual(trees.any);
  }
  expect(count).toBeGreaterThan(500);
});
