import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

import { systemClock } from '../../../src/base/systemClock.ts';
import { composeEngine } from '../../../src/engine/compose.ts';
import { HistoryThread } from '../../../src/history/historyThread.ts';
import { loadSqlite } from '../../../src/history/sqlite.ts';
import type { ListQuery, ListWindow } from '../../../src/protocol/list.ts';
import type { RecordPosition, ConsumedRecord } from '../../../src/record/consumedRecord.ts';
import type { RecordSink } from '../../../src/record/recordSource.ts';
import { engineSettings, topicSource } from '../../engine/engineWorld.ts';
import { aRecord } from '../../support/builders.ts';
import { knownRecords } from '../../support/knownRecords.ts';
import { repositoryRoot } from '../../support/paths.ts';

const day = 86_400_000;
const known = knownRecords(1_200, Math.floor(Date.now() / day) * day - 14 * day);
const all: ListQuery = {
  ...{ scope: { kind: 'all' }, filter: '', anchor: null, offset: 0, limit: 5_000 },
};
/** What the window keeps. */
const kept = 100;

const open: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of open.splice(0)) await close();
});

/** An engine that read a topic whole, of which its window has the newest; the topic has what is from `low` on. */
async function aPast() {
  const folder = mkdtempSync(join(tmpdir(), 'rpa-trace-back-'));
  const topic = known.records.map((text, index) =>
    aRecord({
      value: Buffer.from(text),
      offset: String(index),
      topic: 'topic',
      timestampMs: index,
    }),
  );
  const fetched: RecordPosition[] = [];
  const lost = new Set<string>();
  let sink: RecordSink | undefined;
  const source = {
    start: (given: RecordSink) => {
      sink = given;
      return Promise.resolve();
    },
    ...{ pause: () => undefined, resume: () => undefined },
    stop: () => Promise.resolve(),
    fetch: (position: RecordPosition): Promise<ConsumedRecord | undefined> => {
      fetched.push(position);
      const { offset } = position;
      return Promise.resolve(lost.has(offset) ? undefined : topic[Number(offset)]);
    },
  };
  const waits: (() => void)[] = [];
  const look = () => {
    for (const wait of waits) wait();
  };
  const engine = composeEngine({
    ...{ clock: systemClock, createSource: () => source, emit: look },
    startHistory: (place, listener) =>
      new HistoryThread(place, {
        ...{ bundle: join(repositoryRoot, 'src/history/main.ts'), clock: systemClock },
        ...listener,
        onKept: (records) => {
          listener.onKept(records);
          look();
        },
        onChange: () => {
          listener.onChange();
          look();
        },
      }),
  });
  open.push(async () => {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const until = (isSo: () => boolean) =>
    new Promise<void>((resolve) => {
      const wait = () => {
        if (isSo()) resolve();
      };
      waits.push(wait);
      wait();
    });
  await engine.handlers.configure(
    engineSettings({ history: { folder, days: 30, megabytes: 100 } }),
  );
  await engine.handlers.openSource({ spec: topicSource('localhost:1', 'topic'), keep: false });
  const told = (low: number) => {
    const range = { topic: 'topic', partition: 0, low: String(low), high: '9', clusterId: 'c' };
    sink?.onPartitions([range]);
  };
  told(0);
  await until(() => engine.history.state.kind === 'on');
  for (let at = 0; at < topic.length; at += 250) await sink?.onRecords(topic.slice(at, at + 250));
  await engine.feed.settled(20_000);
  await until(() => engine.store.listed.every((each) => !each.final || engine.feed.has(each)));
  const rowsOfAll = engine.list.window(all).rows;
  const shrink = (maxExecutions = kept) => {
    engine.store.setLimits({ maxBytes: 1e8, maxSummaryBytes: 1e8, maxExecutions });
  };
  shrink();
  /** What a list shows once it has looked for all that it was asked for. */
  const shown = async (query: Partial<ListQuery>): Promise<ListWindow> => {
    const asked = { ...all, ...query };
    await engine.handlers.watch({ watcher: 'w', id: 'list', kind: 'list', query: asked });
    let window = engine.list.window(asked);
    await until(() => {
      window = engine.list.window(asked);
      return window.earlier?.isLooking !== true;
    });
    return window;
  };
  return { engine, shown, told, rowsOfAll, fetched, lost, shrink, sink: () => sink, topic };
}

let one: ReturnType<typeof aPast> | undefined;
/** Tests that change nothing read one topic. */
const shared = () => (one ??= aPast());

const sids = (rows: ListWindow['rows']) => rows.map(({ sid }) => sid);

describe.skipIf(loadSqlite() === null)('the list goes back in time', () => {
  test('page by page, behind the window, and no row moves', async () => {
    const { engine, shown, rowsOfAll } = await shared();
    const window = await shown({});
    expect(window).toMatchObject({ earlier: { isLooking: false, backToMs: null } });
    expect(window.total).toBeLessThanOrEqual(kept);
    const first = await shown({ earlier: 1 });
    expect(first.earlier).toMatchObject({ found: 500, hasMore: true });
    expect(sids(first.rows).slice(0, window.total)).toEqual(sids(window.rows));
    expect(sids(first.rows)).toEqual(sids(rowsOfAll.slice(0, first.total)));
    const last = await shown({ earlier: 9 });
    expect(last.earlier).toMatchObject({ hasMore: false });
    // All that ever was, each once, with the same words.
    expect(sids(last.rows)).toEqual(sids(rowsOfAll));
    const same = ({
      key,
      outcome,
      code,
      beginMs,
      durationMs,
      name,
    }: (typeof rowsOfAll)[number]) => ({
      ...{ key, outcome, code, beginMs, durationMs, name },
    });
    expect(last.rows.map(same)).toEqual(rowsOfAll.map(same));
    expect(last.rows.some(({ summaryOnly }) => summaryOnly)).toBe(false);
    // Figures and marks are of the window alone.
    expect(engine.list.ofScope({ kind: 'all' }).length).toBe(window.total);
  });

  test.each([
    ['status:failed', (row: { outcome: string }) => row.outcome === 'failed'],
    ['-status:succeeded kind:run', (row: { outcome: string }) => row.outcome !== 'succeeded'],
    ['duration:>5s', (row: { durationMs: number | null }) => (row.durationMs ?? 0) > 5_000],
    ['code:21300', (row: { code: number }) => row.code === 21_300],
    ['flow:7379450201923932', (row: { name: string }) => row.name === '7379450201923932'],
    [
      'node:rpa::737945020192393 status:failed',
      (row: { name: string; outcome: string }) =>
        row.outcome === 'failed' && row.name.startsWith('737945020192393'),
    ],
    ['failing:rpa', (row: { outcome: string }) => row.outcome === 'failed'],
    ['succeeded spark', (row: { service: string }) => row.service === 'spark-link'],
    ['service:link', (row: { service: string }) => row.service === 'spark-link'],
    [
      `time:${new Date(known.fromMs + 3 * day).toISOString().slice(0, 10)}`,
      (row: { beginMs: number | null }) => {
        const at = new Date(row.beginMs ?? 0);
        const then = new Date(known.fromMs + 3 * day);
        return at.getDate() === then.getUTCDate();
      },
    ],
  ] as const)('to what a filter finds: %s', async (filter, isWanted) => {
    const { shown, rowsOfAll } = await shared();
    const found = await shown({ filter, earlier: 9 });
    expect(found.faults).toEqual([]);
    const wanted = rowsOfAll.filter((row) => (isWanted as (of: typeof row) => boolean)(row));
    expect(wanted.length).toBeGreaterThan(0);
    expect(sids(found.rows)).toEqual(sids(wanted));
  });

  test('and opens what it finds like any other, with what stands under it', async () => {
    const { engine, shown, fetched, lost } = await aPast();
    const { rows } = await shown({ earlier: 9 });
    const beyond = rows.slice(kept);
    const failed = beyond.find(({ outcome }) => outcome === 'failed');
    const tree = await engine.tree.window(treeOf(failed?.key));
    expect(tree).toMatchObject({ failing: { name: 'rpa' }, summary: { code: 21_300 } });
    expect(tree.summaryOnly).toBeUndefined();
    expect(fetched).toHaveLength(1);
    const content = await engine.tree.inspect(failed?.key ?? '', tree.rows[0]?.key ?? '');
    expect(content.kind).toBe('node');
    let called = 0;
    for (const { key } of beyond.slice(0, 60)) {
      const { rows: steps } = await engine.tree.window(treeOf(key));
      called += steps.filter(({ executionKind }) => executionKind === 'rpa').length;
    }
    expect(called).toBeGreaterThan(2);
    // What the history has of a flow is there to be compared with.
    const isGood = ({ kind, outcome }: (typeof rows)[number]) =>
      kind === 'workflow' && outcome === 'succeeded';
    const one = rows.find(isGood);
    const { rows: earlier } = await engine.handlers.earlierOfFlow({ key: one?.key ?? '' });
    expect(earlier.length).toBeGreaterThan(10);
    expect(new Set(earlier.map(({ name }) => name))).toEqual(new Set([one?.name]));
    const begins = earlier.map(({ beginMs }) => beginMs ?? 0);
    expect(begins).toEqual([...begins].sort((a, b) => b - a));
    const page = { onlyDifferences: false, offset: 0, limit: 10 };
    const query = { key: one?.key ?? '', other: earlier.find(isGood)?.key ?? '', ...page };
    expect(await engine.compare.answer(query)).toMatchObject({ kind: 'compared' });
    expect(await engine.handlers.earlierOfFlow({ key: 'none' })).toEqual({ rows: [] });
    // Gone from the topic it is known by its summary.
    const other = beyond.findLast(({ outcome }) => outcome === 'failed');
    for (let offset = 0; offset < known.records.length; offset++) lost.add(String(offset));
    const summary = await engine.tree.window(treeOf(other?.key));
    expect(summary).toMatchObject({
      ...{ summaryOnly: true, failing: { name: 'rpa' }, summary: { outcome: 'failed' } },
      rows: [
        { name: 'node-start', status: 'succeeded' },
        { name: 'rpa', failing: true },
      ],
    });
    const notKept = earlier.findLast(isGood)?.key ?? '';
    const unknown = { ...query, other: notKept };
    expect(await engine.compare.answer(unknown)).toEqual({
      ...{ kind: 'recordGone', query: unknown, key: notKept },
    });
    const again = engine.list.window({ ...all, earlier: 9 });
    expect(again.rows.find(({ key }) => key === other?.key)).toMatchObject({ summaryOnly: true });
    const inspected = await engine.tree.inspect(other?.key ?? '', null);
    expect(inspected).toMatchObject({ kind: 'execution' });
  });

  test('and says of what is no longer on the topic that it is a summary, before it is opened', async () => {
    const { shown, told, fetched } = await aPast();
    const low = Math.floor(known.records.length / 2);
    told(low);
    const { rows } = await shown({ earlier: 9 });
    const lost = rows.filter(({ summaryOnly }) => summaryOnly === true);
    expect(lost.length).toBeGreaterThan(500);
    expect(lost.length).toBeLessThan(rows.length - 500);
    expect(sids(lost)).toEqual(sids(rows.slice(-lost.length)));
    expect(fetched).toEqual([]);
  });

  test('and lets the window have again what is read again', async () => {
    const { engine, shown, sink, topic, rowsOfAll, shrink } = await aPast();
    await shown({ earlier: 9 });
    shrink(10_000);
    await sink()?.onRecords(topic, 'older');
    const { rows, total } = await shown({ earlier: 9 });
    expect(total).toBe(rowsOfAll.length);
    expect(sids(rows)).toEqual(sids(rowsOfAll));
    expect(engine.store.recalled.get(rows.at(-1)?.key ?? '')).toBeUndefined();
  });
});

function treeOf(key: string | undefined) {
  return { key: key ?? '', collapsed: [], at: { offset: 0 }, limit: 100 };
}
