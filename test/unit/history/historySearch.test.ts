import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import {
  HistorySearch,
  type PastSearch,
  type SearchPlace,
} from '../../../src/history/historySearch.ts';
import { parseQuery } from '../../../src/query/parseQuery.ts';
import { aFolder, aKept, done, noonMs, openWindow, someKept, sqlite } from './world.ts';

const start: SearchPlace = { beginMs: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER };

function aSearch(records: Parameters<ReturnType<typeof openWindow>['store']['put']>[0]) {
  const { file, store } = openWindow(join(aFolder(), 'a.db'));
  for (let at = 0; at < records.length; at += 500) done(store.put(records.slice(at, at + 500)));
  const search = new HistorySearch(file);
  /** All pages of it. */
  const pages = (parts: Partial<PastSearch> & { readonly filter?: string }) => {
    const terms = parseQuery(parts.filter ?? '', noonMs).terms;
    const found: string[][] = [];
    let from: SearchPlace | null = parts.from ?? start;
    while (from !== null) {
      const step = search.find({
        ...{ terms, flows: null, downToMs: -Infinity, most: 500, ...parts },
        from,
      });
      found.push(step.records.map(({ execution }) => execution.sid));
      from = step.next;
    }
    return found;
  };
  return { search, pages };
}

describe.skipIf(sqlite === null)('a search of the history', () => {
  test('gives all, newest first, page by page', () => {
    const { pages } = aSearch(someKept(1_200));
    const found = pages({});
    expect(found.map(({ length }) => length)).toEqual([500, 500, 200]);
    expect(found.flat()).toEqual(
      someKept(1_200)
        .map(({ execution }) => execution.sid)
        .reverse(),
    );
  });

  test('each once, however many began at one moment', () => {
    const records = Array.from({ length: 30 }, (_, index) =>
      aKept({ sid: `s${String(index)}`, key: `workflow/s${String(index)}` }, index),
    );
    const { pages } = aSearch(records);
    const found = pages({ most: 7 }).flat();
    expect([found.length, new Set(found).size]).toEqual([30, 30]);
  });

  test.each([
    ['of a flow', { flows: ['g'] }, ['s2']],
    ['of no flow', { flows: [] }, []],
    ['of a state', { filter: 'status:failed' }, ['s3']],
    ['down to a time', { downToMs: noonMs + 120_000 }, ['s3', 's2']],
    ['from a time', { from: { beginMs: noonMs + 60_000, id: 1e9 } }, ['s1', 's0']],
    ['what began in a time', { filter: 'time:<10:02' }, null],
    ['what stands nowhere', { filter: 'nowhere' }, []],
  ])('%s', (_, parts, wanted) => {
    const kept = someKept(4).map((record, index) => ({
      ...record,
      execution: {
        ...record.execution,
        ...(index === 2 ? { flow: 'g' } : {}),
        ...(index === 3 ? { outcome: 'failed' as const } : {}),
      },
    }));
    const { pages } = aSearch(kept);
    const found = pages(parts).flat();
    if (wanted !== null) expect(found).toEqual(wanted);
    else expect(found.length).toBeLessThanOrEqual(4);
  });

  test('leaves out what stands under a workflow, which is asked for by its own', () => {
    const workflow = aKept({ sid: 'a', key: 'workflow/a', durationMs: 1_000 });
    const under = (sid: string, beginMs: number, offset: number) => ({
      ...aKept({ sid, key: `rpa-server/${sid}/1`, kind: 'rpa', beginMs }, offset),
      isSub: true,
    });
    const { pages, search } = aSearch([
      ...[workflow, under('a', noonMs + 10, 1), under('b', noonMs + 10, 2)],
      under('a', noonMs + 3_600_000, 3),
    ]);
    expect(pages({}).flat()).toEqual(['a']);
    const found = search.under({ sid: 'a', beginMs: noonMs, durationMs: 1_000 });
    expect(found.map(({ position }) => position.offset)).toEqual(['1']);
  });
});
