import { expect, test } from 'vitest';

import { HistoryFeed } from '../../../src/engine/historyFeed.ts';
import type { ConsumedRecord } from '../../../src/record/consumedRecord.ts';
import type { History } from '../../../src/history/history.ts';
import { ExecutionStore } from '../../../src/store/executionStore.ts';
import { aRecord, aSummary } from '../../support/builders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { aPast } from '../../support/pastBuilders.ts';

/** A feed that has no turn, so that all that ends waits, of a store with room for so many. */
function aWorld(maxExecutions: number, maxSummaryBytes = 1e9) {
  const store = new ExecutionStore({ maxBytes: 1e9, maxSummaryBytes, maxExecutions });
  const feed = new HistoryFeed({
    ...{ clock: new ManualClock(0), store, masks: () => '', onFault: () => undefined },
    turn: () => new Promise<never>(() => undefined),
    read: () => Promise.resolve(undefined),
    ...{ pastOf: () => aPast(), summaryOf: () => aPast() },
  });
  feed.feed({
    hasRoom: true,
    state: { kind: 'on', sinceMs: null, bytes: 0 },
  } as unknown as History);
  let count = 0;
  return {
    store,
    take: (more: number) => {
      for (const until = count + more; count < until; count++) {
        const summary = aSummary({ sid: String(count), key: String(count), beginMs: count });
        const record = aRecord({ offset: String(count) });
        store.put(summary, true, record, 0);
        feed.take([{ summary, record, again: false }]);
      }
    },
    /** Whether who reads may go on at once. */
    isFree: () =>
      Promise.race([
        feed.room().then(() => true),
        new Promise<boolean>((resolve) => {
          setImmediate(() => {
            resolve(false);
          });
        }),
      ]),
  };
}

test('who reads a topic from its beginning doesn’t wait for the history as long as there is room', async () => {
  const { take, isFree } = aWorld(50_000);
  for (let at = 0; at < 8; at++) {
    take(2_000);
    expect(await isFree()).toBe(true);
  }
  take(5_000);
  expect(await isFree()).toBe(false);
});

test.each([
  ['executions', aWorld(3_000)],
  ['bytes', aWorld(50_000, 3_000_000)],
] as const)(
  'of a store with little room for %s nothing leaves that still waits',
  async (_, world) => {
    while (await world.isFree()) world.take(100);
    expect(world.store.evictions).toBe(0);
    expect(world.store.size).toBeGreaterThanOrEqual(1_000);
  },
);

test('the history gets what a record held when it came, whatever stands there since', async () => {
  const { promise: turn, resolve: begin } = Promise.withResolvers<undefined>();
  const { promise: told, resolve: tell } = Promise.withResolvers<ConsumedRecord>();
  const store = new ExecutionStore({ maxBytes: 0, maxSummaryBytes: 1e9, maxExecutions: 10 });
  const feed = new HistoryFeed({
    ...{ clock: new ManualClock(0), store, masks: () => '', onFault: () => undefined },
    turn: () => turn.then(() => undefined),
    read: () => Promise.resolve(undefined),
    summaryOf: () => aPast(),
    pastOf: (_, record) => {
      tell(record);
      return aPast();
    },
  });
  feed.feed({
    ...{ hasRoom: true, state: { kind: 'on', sinceMs: null, bytes: 0 } },
    add: () => undefined,
  } as unknown as History);
  const summary = aSummary({ sid: 's', key: 's', beginMs: 1 });
  const value = new TextEncoder().encode('as it came');
  const record = aRecord({ offset: '7', value });
  store.put(summary, true, record, 0);
  feed.take([{ summary, record, again: false }]);
  value.fill(0);
  begin(undefined);
  const { offset, value: kept } = await told;
  expect([offset, new TextDecoder().decode(kept ?? undefined)]).toEqual(['7', 'as it came']);
  feed.dispose();
});
