import { describe, expect, test } from 'vitest';

import type { Foreground } from '../../../src/engine/foreground.ts';
import { paceMs, type QuestionTable, Subscriptions } from '../../../src/engine/subscriptions.ts';
import { RequestError } from '../../../src/protocol/packet.ts';
import { isLater, type Pushed, type Watch } from '../../../src/protocol/subscriptions.ts';
import { ManualClock } from '../../support/manualClock.ts';

interface Asked {
  readonly [kind: string]: { query: unknown; answer: unknown };
  rows: { query: { readonly from: number }; answer: string };
  figures: { query: null; answer: number };
}

/** Subscriptions over a number that a test sets, with all that was computed and told. */
function subscribed() {
  const clock = new ManualClock(1_000);
  const pushed: Pushed<Asked>[] = [];
  const computed: string[] = [];
  const world = { value: 0, generation: 1, gate: Promise.resolve(), fails: false };
  const waitedFor: string[] = [];
  const foreground: Pick<Foreground, 'during'> = {
    during: async (answer) => {
      waitedFor.push('begins');
      try {
        return await answer();
      } finally {
        waitedFor.push('ends');
      }
    },
  };
  const questions: QuestionTable<Asked> = {
    rows: {
      pace: 'frame',
      isWaitedFor: true,
      stamp: () => String(world.value),
      answer: async ({ from }) => {
        computed.push(`rows from ${String(from)}`);
        const { value } = world;
        await world.gate;
        if (world.fails) throw new RequestError({ reason: 'notFound', message: 'gone' });
        return `${String(from)}:${String(value)}`;
      },
    },
    figures: {
      pace: 'figures',
      stamp: () => String(world.value),
      answer: () => {
        computed.push('figures');
        return world.value;
      },
    },
  };
  const subscriptions = new Subscriptions<Asked>({
    clock,
    ...{ questions, foreground },
    generation: () => world.generation,
    push: (told) => pushed.push(told),
  });
  const change = async (value: number) => {
    world.value = value;
    subscriptions.changed();
    clock.advance(paceMs.figures * 10);
    await settled();
  };
  /** What was told since the last look: `watcher/id answer`. */
  const told = () =>
    pushed.splice(0).map(({ watcher, id, answered: { result } }) => {
      return `${watcher}/${id} ${result.ok ? String(result.answer) : result.failure.reason}`;
    });
  return { subscriptions, world, clock, computed, change, told, pushed, waitedFor };
}

const rows = (watcher: string, id: string, from = 0): Watch<Asked> => {
  return { watcher, id, kind: 'rows', query: { from } };
};

describe('a watcher', () => {
  test('is answered at once, and told what changes', async () => {
    const { subscriptions, change, told } = subscribed();
    const { result } = await subscriptions.watch(rows('a', 'list'));
    expect(result).toEqual({ ok: true, answer: '0:0' });
    await change(1);
    expect(told()).toEqual(['a/list 0:1']);
  });

  test.each([true, false])('is waited for where it says so, and fails: %s', async (fails) => {
    const { subscriptions, world, waitedFor } = subscribed();
    world.fails = fails;
    await subscriptions.ask({ kind: 'figures', query: null });
    expect(waitedFor).toEqual([]);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    world.gate = promise.then(() => undefined);
    const asked = subscriptions.ask(rows('a', 'list'));
    expect(waitedFor).toEqual(['begins']);
    resolve(undefined);
    await asked;
    expect(waitedFor).toEqual(['begins', 'ends']);
  });

  test('is told nothing that it knows', async () => {
    const { subscriptions, change, told } = subscribed();
    await subscriptions.watch(rows('a', 'list'));
    await change(0);
    expect(told()).toEqual([]);
  });

  test('that asks for something else under the same id is told of that alone', async () => {
    const { subscriptions, change, told } = subscribed();
    await subscriptions.watch(rows('a', 'list', 0));
    await subscriptions.watch(rows('a', 'list', 200));
    await change(1);
    expect(told()).toEqual(['a/list 200:1']);
  });

  test('is told nothing for which it asks no more', async () => {
    const { subscriptions, change, told } = subscribed();
    await subscriptions.watch(rows('a', 'list'));
    await subscriptions.watch(rows('a', 'tree'));
    subscriptions.unwatch({ watcher: 'a', id: 'tree' });
    await change(1);
    expect(told()).toEqual(['a/list 0:1']);
    subscriptions.leave('a');
    await change(2);
    expect(told()).toEqual([]);
  });

  test('that left is answered, and told nothing more: what it asked on its way out comes later', async () => {
    const { subscriptions, computed, change, told } = subscribed();
    await subscriptions.watch(rows('a', 'list'));
    subscriptions.leave('a');
    const { result } = await subscriptions.watch(rows('a', 'list', 7));
    expect(result).toEqual({ ok: true, answer: '7:0' });
    computed.length = 0;
    await change(1);
    expect(told()).toEqual([]);
    expect(computed).toEqual([]);
  });

  test('learns that an answer can no longer be given', async () => {
    const { subscriptions, world, change, told } = subscribed();
    await subscriptions.watch(rows('a', 'tree'));
    world.fails = true;
    await change(1);
    expect(told()).toEqual(['a/tree notFound']);
  });

  test('can not watch without end', async () => {
    const { subscriptions } = subscribed();
    const asked = Array.from({ length: 32 }, (_, n) => rows('a', String(n)));
    for (const watch of asked) await subscriptions.watch(watch);
    await expect(subscriptions.watch(rows('a', 'more'))).rejects.toThrow(/watches 32 things/);
    await subscriptions.watch(rows('a', '3', 7));
  });
});

describe('several watchers', () => {
  test('have each their own query, and share one computation where it is the same', async () => {
    const { subscriptions, computed, change, told } = subscribed();
    await subscriptions.watch(rows('a', 'list', 0));
    await subscriptions.watch(rows('b', 'list', 0));
    await subscriptions.watch(rows('c', 'list', 9));
    computed.length = 0;
    await change(1);
    expect(told().sort()).toEqual(['a/list 0:1', 'b/list 0:1', 'c/list 9:1']);
    expect(computed).toEqual(['rows from 0', 'rows from 9']);
  });

  test('are hidden and seen each by itself; nothing is computed for a hidden one', async () => {
    const { subscriptions, computed, change, told } = subscribed();
    await subscriptions.watch(rows('a', 'list', 0));
    await subscriptions.watch(rows('b', 'list', 9));
    subscriptions.setVisible({ watcher: 'b', visible: false });
    computed.length = 0;
    await change(1);
    await change(2);
    expect(told()).toEqual(['a/list 0:1', 'a/list 0:2']);
    expect(computed).not.toContain('rows from 9');
    subscriptions.setVisible({ watcher: 'b', visible: true });
    await change(2);
    expect(told()).toEqual(['b/list 9:2']);
  });

  test('that never left give way to those that are heard', async () => {
    const { subscriptions, change, told } = subscribed();
    for (let n = 0; n < 32; n++) await subscriptions.watch(rows(`w${String(n)}`, 'list', n));
    await subscriptions.watch(rows('w0', 'list', 0));
    await subscriptions.watch(rows('new', 'list', 99));
    await change(1);
    const names = told().map((line) => line.split('/')[0]);
    expect(names).toContain('w0');
    expect(names).toContain('new');
    expect(names).not.toContain('w1');
    expect(names).toHaveLength(32);
  });
});

test('while an answer waits no other is begun for it; what changed meanwhile is told behind it', async () => {
  const { subscriptions, world, computed, change, told } = subscribed();
  await subscriptions.watch(rows('a', 'tree'));
  let open = () => undefined as unknown;
  world.gate = new Promise((resolve) => (open = () => resolve()));
  computed.length = 0;
  for (let value = 1; value <= 5; value++) await change(value);
  expect(computed).toEqual(['rows from 0']);
  world.gate = Promise.resolve();
  open();
  await settled();
  await change(5);
  expect(told()).toEqual(['a/tree 0:1', 'a/tree 0:5']);
});

test('one change after the other is told at once, each in its own frame', async () => {
  const { subscriptions, world, clock, told } = subscribed();
  await subscriptions.watch(rows('a', 'tree'));
  for (let value = 1; value <= 20; value++) {
    world.value = value;
    subscriptions.changed('frame');
    await settled();
    expect(told()).toEqual([`a/tree 0:${String(value)}`]);
    clock.advance(paceMs.frame);
    await settled();
  }
});

describe('answers', () => {
  test('are stamped so that a late one is known', async () => {
    const { subscriptions, world } = subscribed();
    let open = () => undefined as unknown;
    world.gate = new Promise((resolve) => (open = () => resolve()));
    const slow = subscriptions.watch(rows('a', 'tree', 1));
    world.gate = Promise.resolve();
    const quick = await subscriptions.watch(rows('a', 'tree', 2));
    open();
    expect(isLater(quick.stamp, (await slow).stamp)).toBe(true);
    world.generation = 2;
    const other = await subscriptions.watch(rows('a', 'tree', 2));
    expect(isLater(other.stamp, quick.stamp)).toBe(true);
  });

  test('to a question that was replaced while they were made are not told', async () => {
    const { subscriptions, world, change, told } = subscribed();
    await subscriptions.watch(rows('a', 'tree', 1));
    let open = () => undefined as unknown;
    world.gate = new Promise((resolve) => (open = () => resolve()));
    await change(1);
    world.gate = Promise.resolve();
    await subscriptions.watch(rows('a', 'tree', 2));
    open();
    await settled();
    expect(told()).toEqual([]);
  });

  test('that were made for a watcher hidden meanwhile are told when it is seen again', async () => {
    const { subscriptions, world, change, told } = subscribed();
    await subscriptions.watch(rows('a', 'tree', 1));
    let open = () => undefined as unknown;
    world.gate = new Promise((resolve) => (open = () => resolve()));
    await change(1);
    subscriptions.setVisible({ watcher: 'a', visible: false });
    open();
    await settled();
    expect(told()).toEqual([]);
    subscriptions.setVisible({ watcher: 'a', visible: true });
    await change(1);
    expect(told()).toEqual(['a/tree 1:1']);
  });

  test('come at once after a pause, once per frame in a flood, figures four times a second', async () => {
    const { subscriptions, world, clock, told } = subscribed();
    await subscriptions.watch(rows('a', 'list'));
    await subscriptions.watch({ watcher: 'a', id: 'figures', kind: 'figures', query: null });
    for (let n = 1; n <= 100; n++) {
      world.value = n;
      subscriptions.changed();
    }
    await settled();
    expect(told().sort()).toEqual(['a/figures 1', 'a/list 0:1']);
    clock.advance(paceMs.frame);
    await settled();
    expect(told()).toEqual(['a/list 0:100']);
    clock.advance(paceMs.figures);
    await settled();
    expect(told()).toEqual(['a/figures 100']);
  });

  test('are no more after disposal', async () => {
    const { subscriptions, change, told } = subscribed();
    await subscriptions.watch(rows('a', 'list'));
    subscriptions.dispose();
    await change(1);
    expect(told()).toEqual([]);
  });
});

/** Answers are made in a few promises' time. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
