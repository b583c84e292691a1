import { expect, test } from 'vitest';
import { recordsOf } from '../../support/fixtures.ts';
import { engineParts, fixtures, listQuery, treeQuery } from './world.ts';

/** The parts, and what was told since the last look, by name. */
function publishing() {
  const parts = engineParts();
  const told = () => parts.events.splice(0).map(([name]) => name);
  return { ...parts, told };
}

/** Longer than any pulse. */
const quietMs = 1_000;

test('tells nothing that nobody watches, but the status', () => {
  const { publisher, put, told } = publishing();
  put({ sid: 'a' });
  publisher.changed();
  expect(told()).toEqual(['status']);
});

test('a change is told at once, a flood once per frame, and its end as well', () => {
  const { publisher, put, told, clock, events } = publishing();
  publisher.watchList(listQuery());
  put({ sid: 'a' });
  publisher.changed();
  expect(told()).toEqual(['list', 'status']);
  for (let n = 0; n < 100; n++) {
    put({ sid: `s${String(n)}` });
    publisher.changed();
  }
  expect(told()).toEqual([]);
  clock.advance(16);
  expect(events).toMatchObject([['list', { total: 101 }]]);
  events.length = 0;
  clock.advance(quietMs);
  expect(told()).toEqual(['status']);
});

test('the opened tree is told when it changed, and only then', async () => {
  const { publisher, takeFixture, put, told, clock, take } = publishing();
  const [first] = recordsOf(fixtures.snapshots);
  take(first === undefined ? [] : [first]);
  const key = publisher.watchList(listQuery()).rows[0]?.key ?? '';
  const running = await publisher.watchTree(treeQuery(key));
  expect(running.summary.outcome).toBe('running');
  put({ sid: 'other' });
  publisher.changed();
  await settled();
  expect(told()).not.toContain('tree');

  clock.advance(quietMs);
  told();
  takeFixture('snapshots');
  publisher.changed();
  await settled();
  expect(told()).toContain('tree');
  publisher.unwatchTree();
  takeFixture('snapshots');
  clock.advance(quietMs);
  publisher.changed();
  await settled();
  expect(told()).not.toContain('tree');
});

test('hidden it tells nothing; seen again, everything anew', async () => {
  const { publisher, takeFixture, told, clock } = publishing();
  const { key } = takeFixture('failed');
  publisher.watchList(listQuery());
  await publisher.watchTree(treeQuery(key));
  publisher.setVisible(false);
  takeFixture('succeeded');
  publisher.changed();
  clock.advance(quietMs);
  await settled();
  expect(told()).toEqual([]);
  publisher.setVisible(true);
  clock.advance(quietMs);
  await settled();
  expect(told().sort()).toEqual(['list', 'status', 'tree']);
});

test('an opened execution that is gone is not told, and said in the log', async () => {
  const { publisher, takeFixture, store, told } = publishing();
  const { key } = takeFixture('failed');
  await publisher.watchTree(treeQuery(key));
  store.clear();
  publisher.changed();
  await settled();
  expect(told()).toEqual(['status', 'log']);
});

test('a list of the last quarter of an hour goes on with the clock, and only such a list', () => {
  const { publisher, put, clock, events } = publishing();
  put({ sid: 'a', beginMs: clock.now() });
  publisher.watchList(listQuery({ filter: 'time:15m' }));
  clock.advance(10 * 60_000);
  expect(events.at(-1)).toMatchObject(['list', { total: 1 }]);
  clock.advance(5 * 60_000 + 2_000);
  expect(events.at(-1)).toMatchObject(['list', { total: 0 }]);
  publisher.setVisible(false);
  events.length = 0;
  clock.advance(60_000);
  expect(events).toEqual([]);
  publisher.setVisible(true);
  publisher.watchList(listQuery({ filter: 'status:failed' }));
  clock.advance(quietMs);
  events.length = 0;
  clock.advance(60_000);
  expect(events).toEqual([]);
});

test('is quiet after disposal', () => {
  const { publisher, put, told, clock } = publishing();
  publisher.watchList(listQuery());
  publisher.dispose();
  put({ sid: 'a' });
  publisher.changed();
  clock.advance(quietMs);
  expect(told()).toEqual([]);
});

/** A tree is made in a few promises' time. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
