import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';

import type { AheadAnswer, AheadQuery, InspectorContent } from '../../../src/protocol/inspector.ts';
import type { TreeQuery, TreeWindow } from '../../../src/protocol/tree.ts';
import type { TakePushed, Watcher } from '../../../src/protocol/watcher.ts';
import { type Choices, firstChoices } from '../../../webview/choices.ts';
import { Frames } from '../../../webview/frames.ts';
import type { PanelState } from '../../../webview/state.ts';
import { TreeMemory } from '../../../webview/tree/treeMemory.ts';
import { TreeFeed } from '../../../webview/treeFeed.ts';
import { ManualClock } from '../../support/manualClock.ts';

const key = 'workflow/1';
const content = (row: string, of: string) =>
  ({ kind: 'notRun', row: { key: row }, of }) as unknown as InspectorContent;
const turns = async () => {
  for (let turn = 0; turn < 12; turn++) await Promise.resolve();
};

/** A panel on a tree of forty steps, whose engine answers at once; and what it was asked for. */
async function aPanel(parts: { readonly window?: object; readonly most?: number } = {}) {
  const clock = new ManualClock();
  const told: string[] = [];
  const ahead: (readonly string[])[] = [];
  let stamp = 'first';
  let push: TakePushed<'tree'> = () => undefined;
  const windowOf = (query: TreeQuery) =>
    ({
      ...{ query, stamp, start: 0, focus: null, summary: { outcome: 'failed' } },
      rows: Array.from({ length: 40 }, (_, n) => ({ key: String(n) })),
      ...parts.window,
    }) as unknown as TreeWindow;
  const questions = {
    tree: { ask: (query: TreeQuery) => Promise.resolve(windowOf(query)), end: () => undefined },
    inspect: {
      ask: ({ row }: { row: string | null }) => {
        told.push(`inspect ${String(row)}`);
        return Promise.resolve(content(row ?? '', `asked for, ${stamp}`));
      },
      end: () => told.push('no more'),
    },
  };
  const choices = signal<Choices>(firstChoices);
  const state = {
    ...{ choices, tree: signal(null), inspected: signal({}), opening: signal(null) },
    ...{ treeFailure: signal(null), focusRequest: signal<{ row: number } | null>(null) },
    treeMemory: new TreeMemory(),
    choose: (chosen: Partial<Choices>) => (choices.value = { ...choices.value, ...chosen }),
  };
  const answer = ({ rows }: AheadQuery): AheadAnswer => {
    ahead.push(rows);
    const contents = rows.slice(0, parts.most).map((row) => content(row, 'ahead'));
    return { stamp, contents } as unknown as AheadAnswer;
  };
  const feed = new TreeFeed({
    watcher: {
      question: (id: keyof typeof questions, _: string, onPushed: TakePushed<'tree'>) => {
        if (id === 'tree') push = onPushed;
        return questions[id];
      },
    } as unknown as Watcher,
    state: state as unknown as PanelState,
    frames: new Frames((draw) => {
      draw();
    }),
    ahead: { clock, ask: (query) => Promise.resolve(answer(query)) },
  });
  await feed.open(key);
  await turns();
  told.length = 0;
  /** The reader stays where he is. */
  const rests = async (ms = 40) => {
    clock.advance(ms);
    await turns();
  };
  /** Something of the execution changed. */
  const changes = async (to: string) => {
    stamp = to;
    const query: TreeQuery = { key, collapsed: [], at: { offset: 0 }, limit: 200 };
    push({ ok: true, value: windowOf(query) }, query);
    await turns();
  };
  /** It is there no more. */
  const goes = async () => {
    const query: TreeQuery = { key, collapsed: [], at: { offset: 0 }, limit: 200 };
    push({ ok: false, error: { reason: 'notFound', message: 'gone' } }, query);
    await turns();
  };
  const shown = () => state.inspected.value as { content: { of: string }; loading: boolean };
  return { ...{ feed, state, told, ahead, clock, rests, changes, goes, shown } };
}

describe('what rows near to the reader show', () => {
  it('is asked for once he rests, the nearest first, and each once', async () => {
    const { feed, ahead, rests, clock } = await aPanel();
    await rests();
    expect(ahead).toEqual([Array.from({ length: 24 }, (_, n) => String(n))]);
    feed.inspector.comesNear('30');
    clock.advance(39);
    feed.inspector.comesNear('20');
    await rests();
    expect(ahead.slice(1)).toEqual([Array.from({ length: 12 }, (_, n) => String(24 + n))]);
    await rests();
    expect([ahead.length, clock.waiting]).toEqual([2, 0]);
  });

  it('is there when one is clicked, and nobody is asked', async () => {
    const { feed, told, rests, shown, state } = await aPanel();
    await rests();
    feed.inspector.select('3');
    expect(state.choices.value.row).toBe('3');
    expect(shown()).toMatchObject({ loading: false, content: { of: 'ahead' } });
    await turns();
    // The one before is watched no more.
    expect(told).toEqual(['no more']);
  });

  it('is asked for as ever where it is not there: before he rests, far away, and where more of it is wanted', async () => {
    const { feed, told, rests, shown } = await aPanel();
    feed.inspector.select('3');
    await rests();
    feed.inspector.select('39');
    await turns();
    feed.inspector.select('4');
    feed.inspector.want({ section: 'input', index: 0, path: ['rows', '900'] });
    await turns();
    expect(shown().content.of).toBe('asked for, first');
    feed.inspector.select('4');
    await turns();
    expect(told).toEqual([...['inspect 3', 'inspect 39', 'no more', 'inspect 4', 'inspect 4']]);
  });

  it('is forgotten where the execution changed, and what is shown of it is asked for', async () => {
    const { feed, told, ahead, rests, changes, shown } = await aPanel();
    await rests();
    feed.inspector.select('3');
    await changes('first');
    expect(shown().content.of).toBe('ahead');
    told.length = 0;
    await changes('second');
    expect([told, shown().content.of]).toEqual([['inspect 3'], 'asked for, second']);
    feed.inspector.select('4');
    await turns();
    expect(told.slice(1)).toEqual(['inspect 4']);
    // What has changed may change again at once.
    await rests(999);
    expect(ahead).toHaveLength(1);
    await rests(1);
    expect(ahead).toHaveLength(2);
  });

  it('is not taken where it was made of what the tree is not', async () => {
    const { feed, told, rests, changes } = await aPanel();
    const late = changes('second');
    await rests();
    await late;
    await changes('third');
    feed.inspector.select('3');
    await turns();
    expect(told).toEqual(['inspect 3']);
  });

  it('that had no room in an answer is asked for where he comes near', async () => {
    const { feed, ahead, rests } = await aPanel({ most: 2 });
    await rests();
    feed.inspector.comesNear('9');
    await rests();
    expect(ahead.map((rows) => rows.slice(0, 3))).toEqual([
      ...[
        ['0', '1', '2'],
        ['9', '8', '10'],
      ],
    ]);
  });

  it.each([
    ['goes on', { summary: { outcome: 'running' } }],
    ['is known as a summary alone', { summaryOnly: true }],
    ['has no rows', { rows: [] }],
  ])('is not asked for of an execution that %s', async (_, window) => {
    const { ahead, rests } = await aPanel({ window });
    await rests();
    expect(ahead).toEqual([]);
  });

  it('is not shown in another execution whose rows are called the same', async () => {
    const { feed, told, rests } = await aPanel();
    await rests();
    void feed.open('workflow/2');
    feed.inspector.select('3');
    await turns();
    expect(told.filter((what) => what === 'inspect 3')).not.toEqual([]);
  });

  it('is forgotten where the execution can’t be had any more', async () => {
    const { feed, told, rests, goes } = await aPanel();
    await rests();
    await goes();
    feed.inspector.select('3');
    await turns();
    expect(told).toContain('inspect 3');
  });

  it('is forgotten with the engine that told it', async () => {
    const { feed, told, rests } = await aPanel();
    await rests();
    feed.engineChanged();
    feed.inspector.select('3');
    await turns();
    expect(told).toContain('inspect 3');
  });
});
