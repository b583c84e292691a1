import { expect, test } from 'vitest';

import { KnownGaps } from '../../../src/answers/knownGaps.ts';
import { PlaceSearch, type PlaceSearchWorld } from '../../../src/answers/placeSearch.ts';
import { recordWith } from '../../support/fixtures.ts';
import { runWithGap, runWithoutGap } from '../../support/gapRuns.ts';
import { sampleRecord } from '../../support/sampleRecords.ts';
import { storySid } from '../../support/storyRecords.ts';
import { parseFlow } from '../../../src/flow/parseFlow.ts';
import { engineParts, flowFile, listQuery, treeQuery } from '../engine/world.ts';

/** A search over an engine's store, with what it looked into; another turn of the loop and it has looked. */
function searched(changes: Partial<PlaceSearchWorld> = {}) {
  const parts = engineParts();
  const { store, flows, clock, room, redaction } = parts;
  const read: string[] = [];
  const logged: string[] = [];
  const places = new PlaceSearch({
    ...{ store, flows, clock, gaps: new KnownGaps({ store, room, redaction }) },
    readAgain: (entry) => {
      read.push(entry.summary.key);
      return Promise.resolve(true);
    },
    forget: () => undefined,
    log: (_, message) => logged.push(message),
    turn: () => Promise.resolve(),
    ...changes,
  });
  /** What is looked into once all are asked for. */
  const lookedInto = async () => {
    places.want('all');
    await new Promise(setImmediate);
    return read.splice(0);
  };
  const arrives = (record: string) => parts.take([recordWith(record)]);
  return { ...parts, lookedInto, arrives, logged };
}

const keyOf = (n: number) => `workflow/${storySid(n)}`;

test('a record is opened again for the good run that tells its place, and for no later one', async () => {
  const { lookedInto, arrives } = searched();
  arrives(runWithGap(2));
  expect(await lookedInto()).toEqual([keyOf(2)]);
  expect(await lookedInto()).toEqual([]);
  arrives(runWithoutGap(3));
  expect(await lookedInto()).toEqual([keyOf(2)]);
  arrives(runWithoutGap(4));
  expect(await lookedInto()).toEqual([]);
});

test('one that can’t be looked into is told in the log, and keeps nobody from the others', async () => {
  const read: string[] = [];
  const { lookedInto, arrives, logged } = searched({
    readAgain: ({ summary: { key } }) => {
      if (key === keyOf(2)) return Promise.reject(new Error('no'));
      read.push(key);
      return Promise.resolve(true);
    },
  });
  for (const n of [1, 2, 3]) arrives(runWithGap(n));
  await lookedInto();
  expect(read).toEqual([keyOf(3), keyOf(1)]);
  expect(logged).toEqual([expect.stringContaining('Error: no')]);
  arrives(runWithGap(4));
  await lookedInto();
  expect(read).toEqual([keyOf(3), keyOf(1), keyOf(4)]);
});

/** A run that failed in a node without an entry, placed by its flow file; its bytes have left memory since. */
async function placedByFile() {
  const parts = engineParts({ maxBytes: 60_000, maxExecutions: 1_000 });
  await parts.opened;
  const { flows, list, store, tree, room } = parts;
  const { key } = parts.takeFixture('missing');
  const { uri, fileName, text } = flowFile('invoice-entry.yaml');
  const listed = () => list.window(listQuery()).rows.find((row) => row.key === key)?.failing;
  const textIs = (now: string) => {
    flows.set(uri, fileName, parseFlow(now, fileName));
  };
  textIs(text);
  await expect.poll(() => listed()?.nodeId).toBeTruthy();
  const name = listed()?.name ?? '';
  const stored = store.get(key);
  const isHeld = () => stored !== undefined && room.isHeld(stored);
  for (let n = 0; isHeld(); n++) parts.take([recordWith(sampleRecord('robot', n))]);
  const inTree = async () => (await tree.window(treeQuery(key))).failing;
  const isNow = (now: string) => {
    textIs(text.replaceAll(name, now));
  };
  return { ...parts, name, listed, inTree, isNow };
}

test('a place that a flow file told is forgotten with that text of it, and learned when it is opened', async () => {
  const { name, listed, inTree, isNow, list } = await placedByFile();
  const found = () => list.window(listQuery({ filter: `failing:"${name}"` })).total;
  expect(found()).toBe(1);
  isNow('Renamed');
  await expect.poll(() => listed()?.nodeId).toBeNull();
  expect(found()).toBe(0);
  expect(await inTree()).toMatchObject({ name: 'Renamed' });
  expect(listed()).toMatchObject({ name: 'Renamed' });
  await expect.poll(() => listed()?.name).toBe('Renamed');
});

test.each([
  ['', 'only those shown'],
  ['failed', 'all'],
  ['status:failed 7', 'all'],
  ['status:failed', 'only those shown'],
  ['node:rpa', 'all'],
  ['-failing:plugin', 'all'],
])('places are looked for as far as the filter %j needs them: %s', async (filter, which) => {
  const { list, store, take } = engineParts();
  take([runWithoutGap(1), runWithGap(2), runWithGap(3)].map((record) => recordWith(record)));
  const placeOf = (n: number) => {
    const stored = store.get(keyOf(n));
    return stored && list.row(stored.summary).failing?.nodeId;
  };
  list.window(listQuery({ filter, limit: 1 }));
  const places = which === 'all' ? ['rpa::3', 'rpa::3'] : [null, 'rpa::3'];
  await expect.poll(() => [2, 3].map(placeOf)).toEqual(places);
  // Whatever is known a word finds.
  const known = list.window(listQuery({ filter: '"enter rows" failed' }));
  expect(known.total).toBe(places.filter((place) => place !== null).length);
});

test('a word finds where they failed, of so many of the newest', async () => {
  const { list, store, take } = engineParts();
  const count = 503;
  const gaps = Array.from({ length: count }, (_, n) => runWithGap(n + 2));
  take([runWithoutGap(1), ...gaps].map((record) => recordWith(record)));
  const found = (filter: string) => list.window(listQuery({ filter, limit: 1 })).total;
  expect(found('"enter rows" failed')).toBe(0);
  await expect.poll(() => found('"enter rows" failed')).toBe(500);
  const oldest = store.get(keyOf(2));
  expect(oldest && list.row(oldest.summary).failing?.nodeId).toBeNull();
  await expect.poll(() => found('failing:"enter rows"')).toBe(count);
});

test('who opens an execution sees the place that the list shows, though the good run that told it left memory', async () => {
  const parts = engineParts({ maxBytes: 60_000, maxExecutions: 1_000 });
  await parts.opened;
  const { list, store, room, tree, take } = parts;
  take([runWithoutGap(1), runWithGap(2)].map((record) => recordWith(record)));
  const failing = () =>
    list.window(listQuery()).rows.find(({ key }) => key === keyOf(2))?.failing?.nodeId;
  await expect.poll(failing).toBe('rpa::3');
  const good = store.get(keyOf(1));
  const isHeld = () => good !== undefined && room.isHeld(good);
  for (let n = 0; isHeld(); n++) take([recordWith(sampleRecord('robot', n))]);
  expect((await tree.window(treeQuery(keyOf(2)))).failing?.nodeId).toBe('rpa::3');
  expect(failing()).toBe('rpa::3');
});
