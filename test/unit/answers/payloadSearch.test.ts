import { describe, expect, test } from 'vitest';
import { recordWith } from '../../support/fixtures.ts';
import { sampleRecord } from '../../support/sampleRecords.ts';
import { PayloadSearch, type Wanted } from '../../../src/answers/payloadSearch.ts';
import { Redaction } from '../../../src/masking/redaction.ts';
import { engineParts, listQuery } from '../engine/world.ts';
import type { ListWindow } from '../../../src/protocol/list.ts';

/** A robot's call with an answer of its own, one second after the one before. */
const call = (index: number, answer: unknown, parts: object = {}) =>
  recordWith({
    ...{ sid: `rpa${String(index)}`, sub: 'rpa-server', question: 'q', answer },
    ...{ start_time: 2_000 + index * 1_000, end_time: 1_000 + index * 1_000 },
    ...{ status: { code: 0, message: 'Success' }, trace: [] },
    ...parts,
  });

function searching(answers: readonly unknown[], limits?: Parameters<typeof engineParts>[0]) {
  const parts = engineParts(limits);
  parts.take(answers.map((answer, index) => call(index, answer)));
  const look = (filter: string) => {
    const { rows, search } = parts.list.window(listQuery({ filter }));
    return { sids: rows.map(({ sid }) => sid), search };
  };
  return { ...parts, look };
}

test.each<[string, unknown, string]>([
  ['as it is', 'invoice INV-20391 paid', 'INV-20391'],
  ['in any case', 'invoice inv-20391 paid', 'INV-20391'],
  ['in Chinese', '发票已录入', '发票'],
  ['in JSON in text', '{"list":[{"no":"INV-20391"}]}', 'INV-20391'],
  [
    'in JSON in JSON in text',
    JSON.stringify({ a: JSON.stringify({ b: 'say "INV-20391"' }) }),
    'INV-20391',
  ],
  ['in Python in text', "{'no': 'INV-20391', 'ok': True}", 'INV-20391'],
  ['escaped in JSON', String.raw`{"no":"\u0049NV-20391"}`, 'INV-20391'],
  ['escaped in Python', String.raw`{'no': '\x49NV-20391'}`, 'INV-20391'],
  ['as a name', '{"invoiceNo":1}', 'invoiceno'],
  ['as a number', '{"amount":1284.5}', '1284.5'],
])('a text is found %s', (_, answer, text) => {
  const { look, clock } = searching(['nothing', answer]);
  look(`text:"${text}"`);
  clock.advance(100);
  expect(look(`text:"${text}"`)).toEqual({
    sids: ['rpa1'],
    search: { searched: 2, unavailable: 0, total: 2 },
  });
});

test('what is excluded shows only when it is known not to be there', () => {
  const { look, clock } = searching(['paid', 'open']);
  expect(look('-text:paid').sids).toEqual([]);
  clock.advance(100);
  expect(look('-text:paid').sids).toEqual(['rpa1']);
});

test('no secret is found by searching for it, whole or in part', () => {
  const secret = 'sk-9f8e7d6c5b4a39281706f5e4';
  const { look, clock } = searching([`{"apiKey":"${secret}"}`, `password=${secret}`]);
  for (const text of [secret, secret.slice(0, 12), secret.slice(4, 16), secret.slice(3, 7)]) {
    look(`text:${text}`);
    clock.advance(100);
    expect(look(`text:${text}`), text).toMatchObject({ sids: [], search: { searched: 2 } });
  }
  look('text:apikey');
  clock.advance(100);
  expect(look('text:apikey').sids).toEqual(['rpa0']);
});

test('results come newest first, and each push tells how far it is', async () => {
  const { clock, events, handlers } = searching(Array.from({ length: 500 }, () => 'same word'));
  const query = listQuery({ filter: 'text:word', limit: 1 });
  const { result } = await handlers.watch({ watcher: 'w', id: 'l', kind: 'list', query });
  expect(result).toMatchObject({
    answer: { total: 0, rows: [], search: { searched: 0, unavailable: 0, total: 500 } },
  });
  for (let frame = 0; frame < 20; frame++) {
    clock.advance(16);
    await settled();
  }
  const pushed = pushedLists(events);
  expect(pushed.map(({ search }) => search?.searched)).toContain(200);
  expect(pushed[0]?.rows[0]?.sid).toBe('rpa499');
  expect(pushed.at(-1)).toMatchObject({ total: 500, search: { searched: 500, total: 500 } });
});

test('a search ends that nobody watches any more; its findings stay known', async () => {
  const { handlers, look, clock } = searching(Array.from({ length: 500 }, () => 'same word'));
  const watch = (filter: string) =>
    handlers.watch({ watcher: 'w', id: 'l', kind: 'list', query: listQuery({ filter }) });
  await watch('text:word');
  clock.advance(1);
  expect(look('text:word').search?.searched).toBe(200);
  await watch('text:other');
  clock.advance(1_000);
  expect(look('text:other').search?.searched).toBe(500);
  expect(look('text:word').search?.searched).toBe(200);
  await watch('');
  clock.advance(1_000);
  expect(look('text:word').search?.searched).toBe(200);
});

test('each watcher has its own search, one after the other', async () => {
  const { handlers, look, clock } = searching(Array.from({ length: 300 }, () => 'same word'));
  for (const filter of ['text:word', 'text:same', 'text:other', 'sid:rpa1 text:word']) {
    const query = listQuery({ filter });
    await handlers.watch({ watcher: filter, id: 'l', kind: 'list', query });
  }
  clock.advance(1_000);
  for (const [filter, found] of [
    ['text:word', 100],
    ['text:same', 100],
    ['text:other', 0],
  ] as const) {
    const { sids, search } = look(filter);
    expect([sids.length, search?.searched]).toEqual([found, 300]);
  }
  await handlers.leave({ watcher: 'text:same' });
});

test('a filter of more texts than are looked for finds by the first of them, and ends', () => {
  const { look, clock } = searching(['one two three four five six seven eight nine ten']);
  const filter = 'one two three four five six seven eight no none'
    .split(' ')
    .map((word) => `text:${word}`)
    .join(' ');
  look(filter);
  clock.advance(1_000);
  expect(look(filter)).toMatchObject({ sids: ['rpa0'], search: { searched: 1, total: 1 } });
  expect(clock.waiting).toBe(0);
});

test('only what fits the rest of the filter is searched', () => {
  const { look } = searching(['a', 'b', 'c']);
  expect(look('text:a sid:rpa1').search).toEqual({ searched: 0, unavailable: 0, total: 1 });
});

test('what arrives later is searched too, and what is known is not searched again', () => {
  const { look, clock, take } = searching(['word', 'x']);
  look('text:word');
  clock.advance(100);
  take([call(2, 'a word')]);
  expect(look('text:word')).toMatchObject({ sids: ['rpa0'], search: { searched: 2, total: 3 } });
  clock.advance(100);
  expect(look('text:word').sids).toEqual(['rpa2', 'rpa0']);
});

test('executions whose bytes left the window are said to be not searched', () => {
  const { look, clock, store } = searching(['word', 'word', 'word'], {
    ...{ maxBytes: 3_300, maxExecutions: 10 },
  });
  expect(store.droppedPayloads).toBeGreaterThan(0);
  look('text:word');
  clock.advance(100);
  const { search, sids } = look('text:word');
  expect(search).toEqual({
    ...{ searched: 3 - store.droppedPayloads, unavailable: store.droppedPayloads, total: 3 },
  });
  expect(sids).not.toContain('rpa0');
});

test('a workflow is found by what the robot that it called got', () => {
  const { take, list, clock } = engineParts();
  const workflow = JSON.parse(sampleRecord('succeeded', 1)) as { sid: string };
  take([recordWith(workflow), call(0, 'only the robot knows 77-x', { sid: workflow.sid })]);
  const look = () => list.window(listQuery({ filter: 'text:77-x' })).rows;
  look();
  clock.advance(100);
  expect(look().map(({ sid }) => sid)).toEqual([workflow.sid]);
});

test('after a snapshot that says more, what was known of the one before counts no more', () => {
  const { take, list, clock } = engineParts();
  const snapshot = (answer: string, state: string) =>
    recordWith({
      ...{ sid: 'spf1', sub: 'workflow', answer, status: { code: 0, message: '' }, trace: [] },
      ...{ srv: { execution_state: state }, start_time: 1_000, end_time: 2_000 },
    });
  const look = () => list.window(listQuery({ filter: 'text:done' })).rows.length;
  take([snapshot('', 'running')]);
  look();
  clock.advance(100);
  expect(look()).toBe(0);
  take([snapshot('done', 'finished')]);
  look();
  clock.advance(100);
  expect(look()).toBe(1);
});

describe('a slice', () => {
  /** A clock on which each look takes 3 ms, and whose timers the test fires. */
  function slowly(answers: readonly unknown[], limits?: Parameters<typeof engineParts>[0]) {
    const { store, room, take } = searching(answers, limits);
    const timers: (() => void)[] = [];
    let nowMs = 0;
    const search = new PayloadSearch({
      ...{ store, room, onProgress: () => undefined, redaction: new Redaction() },
      clock: {
        now: () => (nowMs += 3),
        after: (_, callback) => {
          timers.push(callback);
          return { dispose: () => timers.splice(timers.indexOf(callback), 1) };
        },
      },
    });
    let wanted: Wanted = { texts: [], candidates: [] };
    const want = (text: string, candidates = store.oldestFirst) => {
      search.retain(new Set());
      wanted = { texts: [text], candidates };
      search.want('', wanted);
    };
    /** Fires the timer that is due; false when there is none. */
    const slice = () => {
      const timer = timers.shift();
      timer?.();
      return timer !== undefined;
    };
    const progress = () => search.want('', wanted) ?? { searched: 0, unavailable: 0, total: 0 };
    return { progress, want, slice, store, take };
  }

  test('ends after a few milliseconds, in the middle of a record too', () => {
    const { progress, want, slice } = slowly([
      Array.from({ length: 500 }, (_, index) => `a ${index}`),
    ]);
    want('a 49');
    let slices = 0;
    while (slice()) slices++;
    expect(slices).toBeGreaterThan(2);
    expect(progress()).toEqual({ searched: 1, unavailable: 0, total: 1 });
  });

  test('that another query cuts short leaves no trace in its count', () => {
    const long = Array.from({ length: 500 }, (_, index) => `a ${index}`);
    const { progress, want, slice } = slowly([long, long]);
    want('a 49');
    slice();
    expect(progress().searched).toBe(0);
    want('a 48');
    while (slice());
    expect(progress()).toEqual({ searched: 2, unavailable: 0, total: 2 });
  });

  const long = Array.from({ length: 500 }, (_, index) => `a ${index}`);
  /** Slices until there is no more, and what was said of the progress meanwhile. */
  function toTheEnd({ progress, slice }: ReturnType<typeof slowly>) {
    const counts: number[] = [];
    for (let slices = 0; slice(); slices++) {
      const { searched, unavailable, total } = progress();
      counts.push(total - searched - unavailable);
      if (slices > 1_000) throw new Error('it never ends');
    }
    return counts;
  }

  test('in which what is looked at leaves the list counts no more than there are', () => {
    const slow = slowly([long, long]);
    slow.want('a 49');
    slow.slice();
    slow.want('a 49', slow.store.oldestFirst.slice(0, 1));
    expect(Math.min(...toTheEnd(slow))).toBe(0);
    expect(slow.progress()).toEqual({ searched: 1, unavailable: 0, total: 1 });
  });

  test('in which the record that is looked at grows counts it once, as it is then', () => {
    const slow = slowly([long]);
    slow.want('last word');
    slow.slice();
    const grown = [...long, 'the last word'];
    const before = slow.store.oldestFirst[0]?.revision;
    slow.take([call(0, grown, { trace: [{ id: 'n', func_name: 'n' }] })]);
    expect(slow.store.oldestFirst[0]?.revision).not.toBe(before);
    slow.want('last word');
    expect(Math.min(...toTheEnd(slow))).toBe(0);
    expect(slow.progress()).toEqual({ searched: 1, unavailable: 0, total: 1 });
  });

  test('in which records grow or leave that nobody asked about again ends all the same', () => {
    const slow = slowly([long, long, long], { maxBytes: 60_000, maxExecutions: 100 });
    slow.want('a 49');
    slow.slice();
    slow.take([call(0, [...long, 'more']), ...[7, 8, 9].map((index) => call(index, long))]);
    expect(Math.min(...toTheEnd(slow))).toBe(0);
    const { searched, unavailable, total } = slow.progress();
    expect(searched + unavailable).toBe(total);
  });
});

test('a dozen who each search for something else are all answered, and then told nothing more', async () => {
  const { handlers, events, clock } = searching(['one', 'two', 'three']);
  for (let n = 0; n < 12; n++) {
    const query = listQuery({ filter: `text:none${String(n)}` });
    await handlers.watch({ watcher: `w${String(n)}`, id: 'l', kind: 'list', query });
  }
  const pass = async () => {
    for (let step = 0; step < 50; step++) {
      clock.advance(100);
      await settled();
    }
    return pushedLists(events.splice(0));
  };
  const done = new Set(
    (await pass()).filter(({ search }) => search?.searched === 3).map(({ query }) => query.filter),
  );
  expect(done.size).toBe(12);
  expect(await pass()).toEqual([]);
});

/** An answer is made in a few promises' time. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

function pushedLists(events: ReturnType<typeof engineParts>['events']): ListWindow[] {
  return events.flatMap(([name, pushed]) => {
    if (name !== 'pushed' || pushed.answered.kind !== 'list') return [];
    const { result } = pushed.answered;
    return result.ok ? [result.answer] : [];
  });
}
