import { signal } from '@preact/signals';
import { expect, test } from 'vitest';

import type { ListQuery, ListWindow } from '../../../src/protocol/list.ts';
import type { Watcher } from '../../../src/protocol/watcher.ts';
import { type Choices, firstChoices } from '../../../webview/choices.ts';
import { Frames } from '../../../webview/frames.ts';
import { ListFeed } from '../../../webview/list/listFeed.ts';
import type { PanelState } from '../../../webview/state.ts';

/** A list over a source that has read so many executions, named by the order in which they came. */
function aFeed() {
  const source = { executions: 0 };
  const windowOf = (query: ListQuery): ListWindow => {
    const keys = Array.from({ length: source.executions }, (_, at) => `execution/${String(at)}`);
    const newer = query.anchor === null ? 0 : keys.length - 1 - keys.indexOf(query.anchor);
    const rows = keys.reverse().map((key) => ({ key }));
    return { query, start: 0, newer, rows, totalAll: rows.length } as unknown as ListWindow;
  };
  let push: (window: ListWindow) => void = () => undefined;
  const question = (_id: string, _kind: string, onPushed: (result: unknown) => void) => {
    push = (window) => {
      onPushed({ ok: true, value: window });
    };
    return { ask: (query: ListQuery) => Promise.resolve(windowOf(query)), end: () => undefined };
  };
  const choices = signal<Choices>(firstChoices);
  const state = {
    ...{ choices, list: signal<ListWindow | null>(null), scope: signal({ kind: 'all' }) },
    choose: (chosen: Partial<Choices>) => (choices.value = { ...choices.value, ...chosen }),
  };
  const feed = new ListFeed({
    watcher: { question } as unknown as Watcher,
    state: state as unknown as PanelState,
    frames: new Frames((draw) => {
      queueMicrotask(draw);
    }),
  });
  /** The source has so many now, and the list is told. */
  const read = (executions: number) => {
    source.executions = executions;
    push(windowOf({ ...({} as ListQuery), ...feed.queryFor(''), anchor: anchor() }));
  };
  const anchor = () => choices.value.list.anchor;
  const settled = async () => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  return { feed, source, read, settled, anchor, list: () => state.list.value };
}

test('of a file that is read nothing is news, though the list was told of its beginning last', async () => {
  const { feed, source, read, settled, list } = aFeed();
  feed.setHold('closed', true);
  read(2);
  await settled();
  source.executions = 8;
  void feed.settle();
  await settled();
  expect(list()).toMatchObject({ newer: 0, totalAll: 8 });
});

test('what comes afterwards is', async () => {
  const { feed, read, settled, list } = aFeed();
  feed.setHold('closed', true);
  read(8);
  void feed.settle();
  await settled();
  read(10);
  await settled();
  expect(list()).toMatchObject({ newer: 2, totalAll: 10 });
});

test('another source that is opened before it was shown is history again', async () => {
  const { feed, read, settled, anchor } = aFeed();
  feed.setHold('closed', true);
  read(2);
  void feed.settle();
  feed.unsettle();
  await settled();
  expect(anchor()).toBe(null);
});
