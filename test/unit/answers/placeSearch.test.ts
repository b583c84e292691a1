import { expect, test } from 'vitest';

import { KnownGaps } from '../../../src/answers/knownGaps.ts';
import { PlaceSearch, type PlaceSearchWorld } from '../../../src/answers/placeSearch.ts';
import { recordWith } from '../../support/fixtures.ts';
import { runWithGap, runWithoutGap } from '../../support/gapRuns.ts';
import { storySid } from '../../support/storyRecords.ts';
import { engineParts } from '../engine/world.ts';

/** A search over an engine's store, with what it looked into; another turn of the loop and it has looked. */
function searched(changes: Partial<PlaceSearchWorld> = {}) {
  const parts = engineParts();
  const { store, flows, clock, room, redaction } = parts;
  const read: string[] = [];
  const places = new PlaceSearch({
    ...{ store, flows, clock, gaps: new KnownGaps({ store, room, redaction }) },
    readAgain: (entry) => {
      read.push(entry.summary.key);
      return Promise.resolve();
    },
    turn: () => Promise.resolve(),
    ...changes,
  });
  /** What is looked into once all are asked for. */
  const lookedInto = async () => {
    places.want(null);
    await new Promise(setImmediate);
    return read.splice(0);
  };
  const arrives = (record: string) => parts.take([recordWith(record)]);
  return { ...parts, lookedInto, arrives };
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
