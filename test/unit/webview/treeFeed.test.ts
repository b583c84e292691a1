import { signal } from '@preact/signals';
import { describe, expect, onTestFinished, test, vi } from 'vitest';

import type { InspectorContent } from '../../../src/protocol/inspector.ts';
import { RequestError } from '../../../src/protocol/packet.ts';
import type { TreeQuery, TreeRow, TreeWindow } from '../../../src/protocol/tree.ts';
import type { Watcher } from '../../../src/protocol/watcher.ts';
import { type Choices, firstChoices } from '../../../webview/choices.ts';
import { Frames } from '../../../webview/frames.ts';
import type { PanelState } from '../../../webview/state.ts';
import { TreeMemory } from '../../../webview/tree/treeMemory.ts';
import { TreeFeed } from '../../../webview/treeFeed.ts';
import { ManualClock } from '../../support/manualClock.ts';

/** A tree of a thousand steps whose windows come when the test says so. */
function aFeed(requestFrame: (draw: () => void) => void = (draw) => draw(), outcome = 'failed') {
  const asked: {
    readonly query: TreeQuery;
    readonly answer: () => void;
    readonly fail: (error: Error) => void;
  }[] = [];
  const windowOf = (query: TreeQuery): TreeWindow => {
    const { at } = query;
    const focus = 'aroundRow' in at ? Number(at.aroundRow) : null;
    const start = 'offset' in at ? at.offset : Math.max(0, (focus ?? 0) - 100);
    const summary = { outcome };
    return { query, start, focus, summary, totalRows: 1_000, rows: [] } as unknown as TreeWindow;
  };
  const tree = {
    ask: (query: TreeQuery) =>
      new Promise<TreeWindow>((resolve, fail) => {
        asked.push({ query, answer: () => resolve(windowOf(query)), fail });
      }),
    end: () => undefined,
  };
  const inspected = (query: unknown) => ({ kind: 'notRun', query }) as unknown as InspectorContent;
  const inspection = {
    ask: (query: unknown) => Promise.resolve(inspected(query)),
    end: () => undefined,
  };
  let pushed: (window: TreeWindow) => void = () => undefined;
  const question = (id: string, _kind: string, onPushed: (result: unknown) => void) => {
    if (id === 'tree') pushed = (value) => onPushed({ ok: true, value });
    return id === 'tree' ? tree : inspection;
  };
  const choices = signal<Choices>(firstChoices);
  const state = {
    ...{
      choices,
      tree: signal<TreeWindow | null>(null),
      inspected: signal({}),
      opening: signal(null),
    },
    ...{ treeFailure: signal(null), focusRequest: signal<{ row: number } | null>(null) },
    treeMemory: new TreeMemory(),
    choose: (chosen: Partial<Choices>) => (choices.value = { ...choices.value, ...chosen }),
  };
  const feed = new TreeFeed({
    watcher: { question } as unknown as Watcher,
    state: state as unknown as PanelState,
    frames: new Frames(requestFrame),
    ahead: { ask: () => Promise.reject(new Error('not asked')), clock: new ManualClock() },
  });
  /** All that is asked by now is answered. */
  const answered = async () => {
    for (let next = asked.shift(); next !== undefined; next = asked.shift()) {
      next.answer();
      for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    }
  };
  /** The engine has not read so far again. */
  const notThere = async () => {
    for (const { fail } of asked.splice(0))
      fail(new RequestError({ reason: 'notFound', message: 'not read yet' }));
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  /** What was asked for, of which none is answered. */
  const waiting = () => asked.map(({ query }) => query.at);
  const push = (at: TreeQuery['at'], told: Partial<TreeWindow> = {}) =>
    pushed({ ...windowOf({ key: 'workflow/1', collapsed: [], at, limit: 200 }), ...told });
  return { feed, state, answered, notThere, waiting, push };
}

describe('who comes back to an execution finds it as it was left', () => {
  /** Opens one, looks at a row of it, and goes to another. */
  async function left({ row, top, outcome = 'failed' }: Left, draw?: (draw: () => void) => void) {
    const opened = aFeed(draw, outcome);
    const { feed, state, answered } = opened;
    void feed.open('workflow/1', { asLeft: true });
    await answered();
    feed.inspector.select(row);
    await answered();
    state.treeMemory.of('workflow/1').top = top;
    void feed.open('workflow/2', { asLeft: true });
    await answered();
    feed.inspector.select('3');
    return opened;
  }

  interface Left {
    readonly row: string | null;
    readonly top: string | null;
    readonly outcome?: string;
  }

  test.each<Left & { readonly name: string; readonly start: number }>([
    { name: 'scrolled, with its row', row: '612', top: '600', start: 500 },
    { name: 'scrolled, with nothing selected', row: null, top: '600', start: 500 },
    { name: 'by its row where no place is known', row: '612', top: null, start: 512 },
    { name: 'at its top', row: null, top: null, start: 0 },
  ])('$name', async ({ row, top, start }) => {
    const { feed, state, answered } = await left({ row, top });
    void feed.open('workflow/1', { asLeft: true });
    await answered();
    expect(state.choices.value.row).toBe(row);
    expect(state.tree.value).toMatchObject({ start });
    expect(state.focusRequest.value).toBeNull();
  });

  test('also where the engine starts anew and has not read it again', async () => {
    const { feed, state, answered, notThere } = await left({ row: null, top: '600' });
    feed.engineChanged();
    await answered();
    void feed.open('workflow/1', { asLeft: true });
    await notThere();
    feed.historyGrew();
    await answered();
    expect(state.tree.value).toMatchObject({ query: { key: 'workflow/1' }, start: 500 });
    expect(state.choices.value.row).toBeNull();
    expect(state.focusRequest.value).toBeNull();
  });

  test.each([
    ['a row is named', { row: '700' }, 'failed', '612'],
    ['he waited for its end', { asLeft: true }, 'running', null],
  ] as const)('not where %s', async (_, place, outcome, row) => {
    const { feed, state, answered } = await left({ row, top: '600', outcome });
    void feed.open('workflow/1', place);
    await answered();
    expect(state.tree.value).toMatchObject({ start: 'row' in place ? 600 : 0 });
  });

  test('with its row, though he passed by it before a frame came', async () => {
    const frames: (() => void)[] = [];
    const place = { row: '612', top: '600' };
    const { feed, state, answered } = await left(place, (draw) => frames.push(draw));
    for (const key of ['workflow/1', 'workflow/3', 'workflow/1']) {
      void feed.open(key, { asLeft: true });
      await answered();
    }
    for (const draw of frames.splice(0)) draw();
    await answered();
    expect(state.tree.value?.query.key).toBe('workflow/1');
    expect(state.choices.value.row).toBe('612');
  });

  test('and nothing moves where he is there already', async () => {
    const { feed, state, answered } = await left({ row: '612', top: '600' });
    const before = state.tree.value;
    void feed.open('workflow/2', { asLeft: true });
    await answered();
    expect(state.tree.value).toBe(before);
    expect(state.choices.value.row).toBe('3');
  });
});

test('a row that is on its way is shown, though a view that grows asks for the rows that are seen', async () => {
  const { feed, state, answered } = aFeed();
  void feed.open('workflow/1');
  await answered();
  void feed.showRow('700');
  // The search was closed, and the tree has more room.
  feed.range(0, 200);
  await answered();
  expect(state.choices.value.row).toBe('700');
  expect(state.focusRequest.value).toMatchObject({ row: 700 });
  expect(state.tree.value).toMatchObject({ start: 600 });
  feed.range(300, 200);
  await answered();
  expect(state.tree.value).toMatchObject({ start: 300 });
});

test('so is the step at which an execution that is being opened failed', async () => {
  const { feed, state, answered } = aFeed();
  void feed.open('workflow/1', { row: '700' });
  // By the tree of the one before.
  feed.range(0, 200);
  await answered();
  expect(state.focusRequest.value).toMatchObject({ row: 700 });
});

test('an execution that is opened is shown when its answer comes, and its rows are asked for once', async () => {
  const frames: (() => void)[] = [];
  const { feed, state, answered, waiting } = aFeed((draw) => frames.push(draw));
  void feed.open('workflow/1', { row: '700' });
  expect(waiting()).toEqual([{ aroundRow: '700' }]);
  await answered();
  expect(state.tree.value).toMatchObject({ start: 600 });
  expect(state.focusRequest.value).toMatchObject({ row: 700 });
  expect(frames).toEqual([]);
  expect(waiting()).toEqual([]);
});

test('what changes later is asked for by place: the reader is not moved to the row again', async () => {
  const { feed, state, answered, waiting, push } = aFeed();
  void feed.open('workflow/1', { row: '700' });
  await answered();
  const shown = state.tree.value;
  push({ aroundRow: '700' });
  expect(state.tree.value).toBe(shown);
  expect(waiting()).toEqual([{ offset: 600 }]);
  await answered();
  expect(state.tree.value).toMatchObject({ start: 600, focus: null });
  push({ offset: 600 });
  expect(waiting()).toEqual([]);
  expect(state.focusRequest.value).toMatchObject({ row: 700, n: 1 });
});

test('what failed just before the reader turned to another execution takes nothing back to it', async () => {
  vi.stubGlobal('document', { querySelector: () => null });
  onTestFinished(() => void vi.unstubAllGlobals());
  const frames: (() => void)[] = [];
  const { feed, state, answered, push } = aFeed((draw) => frames.push(draw), 'running');
  void feed.open('workflow/1');
  await answered();
  push({ around: 'failing' }, { focus: 700 });
  void feed.open('workflow/2');
  for (const draw of frames.splice(0)) draw();
  await answered();
  expect(state.tree.value?.query.key).toBe('workflow/2');
  expect(state.focusRequest.value).toBeNull();
  expect(state.inspected.value).toMatchObject({ content: { query: { key: 'workflow/2' } } });
});

test.each<[string, string[], string[], string | null]>([
  ['the one above it', ['loop', ' read', ' save'], ['loop', ' read'], 'loop'],
  ['the execution', ['read', 'save'], ['read'], null],
  ['itself while it is there', ['loop', ' save'], ['read', 'loop', ' save'], 'save'],
])(
  'a chosen row that a later record has no more gives way to %s',
  async (_, before, after, chosen) => {
    const { feed, state, answered, push } = aFeed(undefined, 'running');
    const told = (lines: string[]) => {
      const rows = lines.map((line) => ({ key: line.trim(), level: line.startsWith(' ') ? 2 : 1 }));
      return { start: 0, totalRows: rows.length, rows: rows as TreeRow[] };
    };
    void feed.open('workflow/1', { row: '0' });
    await answered();
    push({ offset: 0 }, told(before));
    feed.inspector.select('save');
    push({ offset: 0 }, told(after));
    await answered();
    expect(state.choices.value.row).toBe(chosen);
  },
);

test('of two rows the one that was wanted last is shown, and the execution instead of both', async () => {
  const { feed, state, answered } = aFeed();
  void feed.open('workflow/1');
  await answered();
  void feed.showRow('700');
  void feed.showRow('300');
  feed.range(0, 200);
  await answered();
  expect([state.choices.value.row, state.focusRequest.value?.row]).toEqual(['300', 300]);
  void feed.showRow('900');
  void feed.showRow(null);
  await answered();
  expect([state.choices.value.row, state.focusRequest.value?.row]).toEqual([null, 300]);
});

test('what a step holds is shown when its answer comes, and not with the next frame', async () => {
  const frames: (() => void)[] = [];
  const { feed, state, answered } = aFeed((draw) => frames.push(draw));
  void feed.open('workflow/1');
  await answered();
  for (const draw of frames.splice(0)) draw();
  feed.inspector.select('5');
  await answered();
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  expect(state.inspected.value).toMatchObject({
    ...{ loading: false, content: { query: { row: '5', part: 'beginning' } } },
  });
  expect(frames).toEqual([]);
});

const part = (offset: number) => ({ section: 'input', index: 0, path: ['rows'], offset }) as const;

test('parts of a step’s values are asked for as somebody goes on, the last ones, and another from the beginning', async () => {
  const { feed, state, answered } = aFeed();
  const lastQuery = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    return (state.inspected.value as { content: { query: unknown } }).content.query;
  };
  void feed.open('workflow/1', { row: '5' });
  await answered();
  feed.inspector.select('5');
  for (let offset = 0; offset < 10; offset++) feed.inspector.want(part(offset));
  const wanted = [2, 3, 4, 5, 6, 7, 8, 9].map(part);
  expect(await lastQuery()).toMatchObject({ row: '5', part: 'beginning', wanted });
  feed.inspector.select('6');
  expect(await lastQuery()).toEqual({ key: 'workflow/1', row: '6', part: 'beginning' });
});
