import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';

import type { Json } from '../../../src/base/json.ts';
import { loopTurn } from '../../../src/engine/loopTurn.ts';
import { wordFinder } from '../../../src/find/finder.ts';
import {
  executionSections,
  nodeSections,
  type SearchMatch,
  type SectionContent,
} from '../../../src/find/places.ts';
import { searchSections } from '../../../src/find/searchSections.ts';
import type { FindAnswer } from '../../../src/protocol/find.ts';
import { asked } from '../../support/asked.ts';
import { inAscii, longKey, longRow, longRun, type LongStep } from '../../support/longRun.ts';
import { engineParts } from '../engine/world.ts';

type Engine = ReturnType<typeof engineParts>;

/** All that the engine finds of a row in the end, asked for in windows. */
async function foundByEngine(engine: Engine, row: string | null, text: string) {
  const matches: (SearchMatch | null)[] = [];
  const query = { key: longKey, row, text, isPattern: false, matchCase: false, wholeWord: false };
  for (;;) {
    const limit = { offset: matches.length, limit: 400 };
    const answer = await asked(engine.handlers, 'find', { ...query, ...limit });
    // The search goes on in turns of the loop.
    await loopTurn();
    if (answer.state === 'searching') continue;
    const from = matches.length - answer.start;
    matches.push(...answer.hits.slice(from).map(({ match }) => match));
    if (matches.length >= answer.total) return { matches, answer };
  }
}

/** All that the page would search. */
async function inPage(engine: Engine, row: string | null): Promise<readonly SectionContent[]> {
  const content = await engine.tree.inspect(longKey, row);
  if (content.kind === 'notRun') return [];
  return content.kind === 'node'
    ? nodeSections(content.data)
    : executionSections(content.data, content.summary.message);
}

function countsOf(matches: readonly SearchMatch[]): FindAnswer['sections'] {
  const sections = [...new Set(matches.map(({ section }) => section))];
  return sections.map((section) => ({
    ...{ section, count: matches.filter((match) => match.section === section).length },
  }));
}

/** Numbers from 0 to 1 that are the same in each run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const secret = 'Wn7!kq2zRt5-xPq8vB3n';
const words = [
  ...[
    'Paper',
    'paper 500',
    '启明办公',
    'é',
    'ÉTÉ',
    '😀 aaaa',
    'line\nbreak',
    'quo"ted',
    'C:\\temp\\new',
  ],
  ...[
    secret,
    `token=${secret}`,
    '\u001b[31mred\u001b[0m paper',
    '{"inner": ["paper"]}',
    'eyJhIjoicGFwZXIifQ==',
  ],
];

function someValue(random: () => number, depth: number): Json {
  const kind = Math.floor(random() * (depth > 0 ? 8 : 4));
  const word = () => words[Math.floor(random() * words.length)] ?? '';
  if (kind === 0) return Math.floor(random() * 1e6) / 100;
  if (kind === 1) return random() < 0.5 ? null : random() < 0.5;
  if (kind < 4) return `${word()} ${word()}`;
  const size = random() < 0.15 ? 900 : Math.floor(random() * 6);
  if (kind < 6)
    return Array.from({ length: size }, () =>
      someValue(random, depth - 1 - Math.floor(size / 400)),
    );
  const names = ['name', 'password', 'paper/no', 'a#b', '键', 'items', 'token', 'text'];
  return Object.fromEntries(
    Array.from({ length: Math.floor(random() * 6) }, () => [
      names[Math.floor(random() * names.length)] ?? '',
      someValue(random, depth - 1),
    ]),
  );
}

function someStep(seed: number): LongStep {
  const random = numbers(seed);
  const rows = Array.from({ length: 400 }, () => someValue(random, 2));
  return {
    input: { rows, paper: someValue(random, 4) },
    output: { result: someValue(random, 5), list: someValue(random, 3) },
    logs: ['paper is sold out', `the token was ${secret}`],
  };
}

const texts = [
  'paper',
  'PAPER 5',
  '启明',
  'é',
  'aa',
  'quo"',
  'temp\\',
  secret,
  '•',
  'true',
  '12',
  'red',
  'inner',
  '😀',
  'no such text',
];

describe.each<[string, (text: string) => string]>([
  ['as it is', (text) => text],
  ['in ASCII', inAscii],
])('a row that was written %s', (_how, write) => {
  it.each([1, 2])('is searched by the engine as by the page: values %i', async (seed) => {
    const engine = engineParts();
    engine.take([longRun([someStep(seed)], write)]);
    for (const row of [longRow(0), null]) {
      const sections = await inPage(engine, row);
      for (const text of row === null ? texts.slice(0, 3) : texts) {
        const { matches, answer } = await foundByEngine(engine, row, text);
        const expected = searchSections(sections, wordFinder(text));
        // To look for what differs takes longer than the search.
        if (!isDeepStrictEqual(matches, expected.matches))
          expect(matches).toEqual(expected.matches);
        expect([answer.state === 'cut', answer.sections]).toEqual([
          expected.cut,
          countsOf(expected.matches),
        ]);
      }
    }
  });
});

it('ends at as many as the page does', async () => {
  const engine = engineParts();
  engine.take([longRun([{ output: { rows: Array.from({ length: 9_000 }, () => 'paper') } }])]);
  const { matches, answer } = await foundByEngine(engine, longRow(0), 'paper');
  expect([matches.length, answer.state]).toEqual([5_000, 'cut']);
});

it('is searched for what is typed, and not for words or a path', async () => {
  const engine = engineParts();
  engine.take([longRun([{ output: { text: 'first second', total: 'total:12' } }])]);
  const count = async (text: string) =>
    (await foundByEngine(engine, longRow(0), text)).matches.length;
  expect(await count('second first')).toBe(0);
  expect(await count('total:12')).toBe(1);
  expect(await count('/first/')).toBe(0);
});

it('is gone where its row is', async () => {
  const engine = engineParts();
  engine.take([longRun([{ output: {} }])]);
  await expect(foundByEngine(engine, 'no such row', 'a')).rejects.toMatchObject({
    reason: 'notFound',
  });
});
