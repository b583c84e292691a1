import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';

import { systemClock } from '../../../src/base/systemClock.ts';
import { composeEngine } from '../../../src/engine/compose.ts';
import { HistoryThread } from '../../../src/history/historyThread.ts';
import { loadSqlite } from '../../../src/history/sqlite.ts';
import type { NumbersQuery } from '../../../src/protocol/numbers.ts';
import type { RecordSink } from '../../../src/record/recordSource.ts';
import { engineSettings, topicSource } from '../../engine/engineWorld.ts';
import { aRecord } from '../../support/builders.ts';
import { untruths } from '../../support/knownNumbers.ts';
import { knownRecords } from '../../support/knownRecords.ts';
import { repositoryRoot } from '../../support/paths.ts';

const day = 86_400_000;
const query: NumbersQuery = {
  ...{ scope: { kind: 'all' }, range: 'all' },
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
};
const known = knownRecords(2_500, Math.floor(Date.now() / day) * day - 14 * day);

/** A window that reads a topic, with the history in a folder; its store keeps few, so that the history has to tell. */
async function aWindow(folder: string, clusterId = 'c') {
  let sink: RecordSink | undefined;
  const source = {
    start: (given: RecordSink) => {
      sink = given;
      return Promise.resolve();
    },
    ...{ pause: () => undefined, resume: () => undefined },
    ...{ stop: () => Promise.resolve(), fetch: () => Promise.resolve(undefined) },
  };
  const waits: (() => void)[] = [];
  const engine = composeEngine({
    ...{ clock: systemClock, createSource: () => source },
    emit: () => {
      for (const look of waits) look();
    },
    startHistory: (place, listener) => {
      const bundle = join(repositoryRoot, 'src/history/main.ts');
      return new HistoryThread(place, {
        ...{ bundle, clock: systemClock, ...listener },
        onKept: (records) => {
          listener.onKept(records);
          for (const look of waits) look();
        },
        onChange: () => {
          listener.onChange();
          for (const look of waits) look();
        },
      });
    },
  });
  onTestFinished(() => engine.close());
  await engine.handlers.configure(
    engineSettings({ history: { folder, days: 30, megabytes: 100 } }),
  );
  const open = async (cluster: string) => {
    await engine.handlers.openSource({ spec: topicSource('localhost:1', 'topic'), keep: false });
    const range = { topic: 'topic', partition: 0, low: '0', high: '9', clusterId: cluster };
    sink?.onPartitions([range]);
  };
  await open(clusterId);
  return {
    ...{ engine, open },
    read: async (from = 0, to = known.records.length) => {
      for (let at = from; at < to; at += 250) {
        const texts = known.records.slice(at, Math.min(at + 250, to));
        const batch = texts.map((text, index) =>
          aRecord({ value: Buffer.from(text), offset: String(at + index), topic: 'topic' }),
        );
        await sink?.onRecords(batch);
      }
    },
    untruths: async () => untruths(await engine.numbers.answer(query), known),
    /** All that was read is in the file. */
    kept: async () => {
      await engine.feed.settled(60_000);
      await until(waits, () =>
        engine.store.listed.every((stored) => !stored.final || engine.feed.has(stored)),
      );
    },
    on: () => until(waits, () => engine.history.state.kind === 'on'),
  };
}

function until(waits: (() => void)[], isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (isSo()) resolve();
    };
    waits.push(look);
    look();
  });
}

describe.skipIf(loadSqlite() === null)('all that was ever on a topic', () => {
  const aFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), 'rpa-trace-truth-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    return folder;
  };

  test('is counted as it was: after restarts, a second window, another cluster, and read again', async () => {
    const folder = aFolder();
    const first = await aWindow(folder);
    await first.on();
    const half = Math.floor(known.records.length / 2);
    await first.read(0, half);
    await first.kept();
    await first.engine.close();

    // Reads on where the first was, and a little again.
    const second = await aWindow(folder);
    await second.on();
    await second.read(half - 100);
    // While it is written: of what is on its way the summary is known.
    const untrue = await second.untruths();
    expect(
      untrue.filter((text) => /^(succeeded|failed|cut|tool|hours|success)/.test(text)),
    ).toEqual([]);
    await second.kept();
    expect(await second.untruths()).toEqual([]);

    // A second window at the same time, which reads all of it from the earliest offset.
    const other = await aWindow(folder);
    await other.on();
    await other.read();
    await other.kept();
    expect(await other.untruths()).toEqual([]);
    expect(await second.untruths()).toEqual([]);

    await second.open('another cluster');
    await second.on();
    expect((await second.engine.numbers.answer(query)).runs).toBe(0);
    await second.open('c');
    await second.on();
    expect(await second.untruths()).toEqual([]);
  }, 120_000);
});
