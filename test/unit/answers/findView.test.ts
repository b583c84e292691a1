import { describe, expect, it, vi } from 'vitest';

import { loopTurn } from '../../../src/engine/loopTurn.ts';
import type { FindAnswer, FindQuery } from '../../../src/protocol/find.ts';
import { asked } from '../../support/asked.ts';
import { recordsOf } from '../../support/fixtures.ts';
import { inAscii, longKey, longRow, longRun } from '../../support/longRun.ts';
import { overlapSigns, pieceSigns } from '../../../src/find/pieces.ts';
import { engineParts } from '../engine/world.ts';

type Engine = ReturnType<typeof engineParts>;

const query = (text: string, parts: Partial<FindQuery> = {}): FindQuery => ({
  ...{ key: longKey, text, isPattern: false, matchCase: false, wholeWord: false },
  ...{ offset: 0, limit: 100 },
  ...parts,
});

/** All that is found in the end. */
async function found(engine: Engine, text: string, parts: Partial<FindQuery> = {}) {
  const wanted = query(text, parts);
  let answer: FindAnswer;
  do {
    answer = await asked(engine.handlers, 'find', wanted);
    // The search goes on in turns of the loop.
    await loopTurn();
  } while (answer.state === 'searching');
  return answer;
}

/** Where something stands, in one line each. */
const places = ({ hits }: FindAnswer) =>
  hits.map(({ row, match, path, before, found: text, after }) =>
    [row ?? 'execution', match?.section ?? 'name', path, `${before}[${text}]${after}`].join(' | '),
  );

const steps = [
  { input: { text: '附件是启明办公的发票' }, output: { invoices: ['INV-1', 'INV-2'] } },
  { input: { rows: [{ price: 12, note: 'first' }] }, output: { json: '{"Vendor":"启明办公"}' } },
  { logs: ['looking up the vendor', 'done'], output: { total: 1280.5 }, name: 'Look up 启明' },
  { input: { password: 'hunter2-secret' }, output: { echo: 'with hunter2-secret' } },
];

describe.each<[string, (text: string) => string]>([
  ['as it is', (text) => text],
  ['in ASCII', inAscii],
])('a record that was written %s', (_how, write) => {
  const engine = engineParts();
  engine.take([longRun(steps, write)]);

  it.each<[string, string, Partial<FindQuery>, readonly string[]]>([
    [
      'Chinese words, within JSON in a text too',
      '启明',
      {},
      [
        'run0 | input | text | 附件是[启明]办公的发票',
        'run1 | output | json.Vendor | [启明]办公',
        'run2 | name |  | Look up [启明]',
      ],
    ],
    [
      'words in any case, in keys and logs',
      'vendor',
      {},
      ['run1 | output | json.Vendor | [Vendor]', 'run2 | logs |  | looking up the [vendor]'],
    ],
    [
      'words in their case',
      'vendor',
      { matchCase: true },
      ['run2 | logs |  | looking up the [vendor]'],
    ],
    [
      'whole words',
      'INV',
      { wholeWord: true },
      ['run0 | output | invoices[0] | [INV]-1', 'run0 | output | invoices[1] | [INV]-2'],
    ],
    ['a number', '1280', {}, ['run2 | output | total | [1280].5']],
    ['a path', 'rows.price:12', {}, ['run1 | input | rows[0].price | [12]']],
    [
      'words that all occur, wherever in a text',
      'vendor looking',
      {},
      ['run2 | logs |  | [looking] up the vendor', 'run2 | logs |  | looking up the [vendor]'],
    ],
    [
      'words on the way to a value: of its keys, its name and its step',
      'vendor 启明 json',
      {},
      ['run1 | output | json.Vendor | [启明]办公'],
    ],
    ['words of a step and of what it said', '启明 done', {}, ['run2 | logs |  | [done]']],
    ['no words of which one occurs nowhere', 'vendor looking nowhere', {}, []],
    [
      'a sentence as it was copied',
      'up the vendor',
      {},
      ['run2 | logs |  | looking [up the vendor]'],
    ],
    ['a phrase', '"the vendor"', {}, ['run2 | logs |  | looking up [the vendor]']],
    ['no phrase in a different order', '“vendor the”', {}, []],
    [
      'words at a path',
      'text:发票 启明',
      {},
      [
        'run0 | input | text | 附件是[启明]办公的发票',
        'run0 | input | text | 附件是启明办公的[发票]',
      ],
    ],
    ['a pattern at a path', String.raw`total:/^\d{4}\./`, {}, ['run2 | output | total | [1280.]5']],
    [
      'a pattern at a path, by the button too',
      String.raw`rows.note:/f.rst/`,
      { isPattern: true },
      ['run1 | input | rows[0].note | [first]'],
    ],
    ['no pattern elsewhere', 'note:/启明/', {}, []],
    ['a pattern between slashes', String.raw`/^\d{4}\./`, {}, ['run2 | output | total | [1280.]5']],
    ['a path alone', 'output.total:', {}, ['run2 | output | total | [total]']],
    [
      'a pattern',
      String.raw`inv-\d`,
      { isPattern: true },
      ['run0 | output | invoices[0] | [INV-1]', 'run0 | output | invoices[1] | [INV-2]'],
    ],
    [
      'a pattern without a word',
      '[甲乙启]明',
      { isPattern: true, matchCase: true },
      [
        'run0 | input | text | 附件是[启明]办公的发票',
        'run1 | output | json.Vendor | [启明]办公',
        'run2 | name |  | Look up [启明]',
      ],
    ],
    [
      'what the execution itself tells',
      'success',
      {},
      ['execution | other | status.message | [success]'],
    ],
    ['no secret', 'hunter2-secret', {}, []],
    ['no secret by a pattern', 'hunter2', { isPattern: true }, []],
    [
      'what stands in its place',
      '••••',
      {},
      ['run3 | input | password | [••••]cret', 'run3 | output | echo | with [••••]cret'],
    ],
    ['nothing', 'nowhere', {}, []],
  ])('%s', async (_name, text, parts, expected) => {
    const answer = await found(engine, text, parts);
    expect(places(answer)).toEqual(expected);
    expect(answer).toMatchObject({ total: expected.length, share: 1, fault: null, state: 'done' });
  });
});

describe('finding', () => {
  it.each([
    ['invalid', '(', 'Unterminated group'],
    ['notLinear', String.raw`(a)\1`, ''],
    ['invalid', 'total:/(/', 'Unterminated group'],
  ])('says what is wrong with a pattern: %s', async (kind, text, detail) => {
    const engine = engineParts();
    engine.take([longRun(steps)]);
    const answer = await found(engine, text, { isPattern: true });
    expect(answer).toMatchObject({ total: 0, state: 'done', fault: { kind, detail } });
  });

  it.each(['/[/', 'total:/(/'])(
    'says of %s, which is found nowhere, why it is no pattern',
    async (text) => {
      const engine = engineParts();
      engine.take([longRun(steps)]);
      const answer = await found(engine, text);
      expect(answer).toMatchObject({ total: 0, state: 'done', fault: { kind: 'invalid' } });
    },
  );

  it.each([
    ['a pattern that looks like one at a path', String.raw`file:/api/v\d+/`, true],
    ['a text that looks like a pattern which is none', 'file:/+/', false],
    ['a text between slashes that is no pattern', '/+/', false],
    ['a folder between slashes', '/api/v12/', false],
  ])('finds %s', async (_, text, isPattern) => {
    const engine = engineParts();
    engine.take([longRun([{ output: { text: 'see file:/api/v12/, not file:/+/' } }])]);
    expect(await found(engine, text, { isPattern })).toMatchObject({ total: 1, fault: null });
  });

  it('decodes those alone in which something stands, and what may look otherwise behind them', async () => {
    const engine = engineParts();
    const frame = (content: string) =>
      JSON.stringify({ id: 'c', choices: [{ delta: { content } }] });
    engine.take([
      longRun([
        { output: { text: 'green\u001b[0m words' } },
        ...Array.from({ length: 700 }, (_, n) => ({ output: { n } })),
        { logs: [frame('green wo'), frame('rds')] },
        { output: { text: 'green words' } },
      ]),
    ]);
    const first = await asked(engine.handlers, 'find', query('"green words"'));
    expect(places(first)).toEqual(['run702 | output | text | [green words]']);
    expect(places(await found(engine, '"green words"'))).toEqual([
      'run0 | output | text | [green words]',
      'run701 | logs |  | [green words]',
      'run702 | output | text | [green words]',
    ]);
  });

  it('pages through what it found, and stops at its bound', async () => {
    const engine = engineParts();
    engine.take([
      longRun([
        { output: { a: 'no' } },
        { output: { text: 'ab'.repeat(6_000) } },
        { output: { text: 'ab' } },
      ]),
    ]);
    const answer = await found(engine, 'AB', { offset: 4_999, limit: 10 });
    expect(answer).toMatchObject({ total: 5_000, start: 4_990, rows: 1, state: 'cut' });
    expect(answer.hits.at(-1)?.match?.offset).toBe(9_998);
    expect(answer.hits).toHaveLength(10);
  });

  it('looks into what other services ran below, read again where it left the window', async () => {
    const engine = engineParts();
    const { key } = engine.takeFixture('subExecutions');
    const calls = await found(engine, 'project_id', { key });
    expect(calls.unread).toBe(0);
    expect(new Set(calls.hits.map(({ row }) => row?.split(':')[0]))).toContain('execution');
  });

  it('finds anew what grew', async () => {
    const engine = engineParts();
    const snapshots = recordsOf('28-snapshots-then-final.g3.jsonl');
    const [first, ...later] = snapshots;
    if (first === undefined) throw new Error('no snapshot');
    engine.take([first]);
    const [stored] = engine.store.oldestFirst;
    const key = stored?.summary.key ?? '';
    const before = await found(engine, '结束', { key });
    engine.take(later);
    const after = await found(engine, '结束', { key });
    expect([before.total > 0, after.total > 0]).toEqual([false, true]);
  });

  it('ends when nobody watches, and when the source is another', async () => {
    const engine = engineParts();
    engine.take([longRun(Array.from({ length: 3_000 }, (_, n) => ({ output: { n } })))]);
    const watch = { watcher: 'panel 1', id: 'find', kind: 'find', query: query('2999') } as const;
    const answer = engine.handlers.watch(watch);
    await engine.handlers.unwatch({ watcher: 'panel 1', id: 'find' });
    await expect(answer).resolves.toMatchObject({
      result: { answer: { state: 'searching', total: 0 } },
    });
    engine.find.clear();
    expect(places(await found(engine, 'n:2999'))).toEqual(['run2999 | output | n | [2999]']);
  });

  it('of what is gone says so', async () => {
    await expect(found(engineParts(), 'x', { key: 'gone' })).rejects.toThrow('left the window');
  });

  it('names rows as the tree does', async () => {
    const engine = engineParts();
    engine.take([longRun(steps)]);
    const [hit] = (await found(engine, 'looking')).hits;
    expect(hit).toMatchObject({
      ...{ row: longRow(2), nodeId: 'ifly-code::2', name: 'Look up 启明' },
      match: { section: 'logs', entry: '0', path: '', part: 'value', offset: 0, length: 7 },
    });
  });
});

it('a pattern that reads to the end for each place it finds ends, and says that it takes too long', async () => {
  const engine = engineParts();
  engine.take([longRun([{ output: { text: 'a'.repeat(2_000) } }])]);
  let ms = engine.clock.now();
  // Each look at the clock is a millisecond.
  const now = vi.spyOn(engine.clock, 'now').mockImplementation(() => ms++);
  const answer = await found(engine, 'a(?:.*b)?', { isPattern: true });
  expect(answer).toMatchObject({ state: 'done', fault: { kind: 'tooSlow' } });
  expect(answer.total).toBeLessThan(1_000);
  now.mockReturnValue(ms);
  expect(await found(engine, 'a(?:.*c)?', { isPattern: true })).toMatchObject({
    ...{ total: 2_002, fault: null },
  });
});

it('a search that breaks off says so, and keeps what it found', async () => {
  const engine = engineParts();
  const { key } = engine.takeFixture('subExecutions');
  await engine.tree.opened(key);
  vi.spyOn(engine.room, 'read').mockRejectedValue(new Error('socket hang up'));
  const answer = await found(engine, 'rpa', { key });
  expect(answer).toMatchObject({
    ...{ state: 'done', fault: { kind: 'failed', detail: 'socket hang up' } },
  });
  expect(answer.total).toBeGreaterThan(0);
});

it.each<[string, boolean, number | null]>([
  ['begin[^]*end', true, overlapSigns],
  ['begin', true, null],
  ['begin[^]*end', false, null],
  ['end', false, null],
])('says of %s that it may be missing where it is long', async (pattern, isLong, longestSure) => {
  const engine = engineParts();
  const text = `begin ${'ab '.repeat(isLong ? pieceSigns : 10)} end`;
  engine.take([longRun([{ output: { text } }])]);
  expect(await found(engine, pattern, { isPattern: true })).toMatchObject({
    ...{ state: 'done', fault: null, longestSure },
  });
});

it('says of large values stored elsewhere that they were not searched, and where they are', async () => {
  const engine = engineParts();
  const link = (n: number) => `https://store.example.com/bucket/${String(n).padStart(32, '0')}.txt`;
  engine.take([
    longRun([
      { input: { text: `see ${'0'.repeat(32)}.txt and /${'1'.repeat(32)}.txt` } },
      { output: { text: link(2) } },
      { input: { text: link(2), other: `{"a":"${link(3)}?x=1"}` } },
      { input: { text: `${link(4)}/${'5'.repeat(32)}.txt /${'6'.repeat(32)}.txt` } },
    ]),
  ]);
  const { stored, total } = await found(engine, 'nowhere');
  expect(total).toBe(0);
  expect(stored).toMatchObject({ count: 4, first: { row: longRow(1), match: null } });
  const none = engineParts();
  none.take([longRun(steps)]);
  expect((await found(none, 'nowhere')).stored).toBeNull();
});
