import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';

import { aRecord, aSummary } from '../../support/builders.ts';
import { systemClock } from '../../../src/base/systemClock.ts';
import { composeEngine } from '../../../src/engine/compose.ts';
import { HistoryThread } from '../../../src/history/historyThread.ts';
import { loadSqlite } from '../../../src/history/sqlite.ts';
import type { EngineSettings } from '../../../src/protocol/settings.ts';
import type { ConsumedRecord } from '../../../src/record/consumedRecord.ts';
import type { RecordSink, RecordSource } from '../../../src/record/recordSource.ts';
import { asked } from '../../support/asked.ts';
import { comparedPairs } from '../../support/comparedPairs.ts';
import { recordsOf, recordWith } from '../../support/fixtures.ts';
import { repositoryRoot } from '../../support/paths.ts';
import { storySid } from '../../support/storyRecords.ts';
import { fixtures } from './world.ts';

const settings: EngineSettings = {
  ...{ storeBytes: 8_000_000, stalledAfterMs: 300_000, otlp: null, ledger: {}, largeValues: null },
};
const kafka = {
  ...{ kind: 'kafka', topic: 'topic', start: { kind: 'earliest' } },
  connection: { brokers: ['localhost:1'], tls: null, sasl: null },
} as unknown as Parameters<ReturnType<typeof anEngine>['engine']['reader']['open']>[0];

/** An engine over a topic of the test's, with a history in a folder. */
function anEngine(folder: string, topic: readonly ConsumedRecord[] = []) {
  let sink: RecordSink | undefined;
  const source: RecordSource = {
    start: (given) => {
      sink = given;
      return Promise.resolve();
    },
    pause: () => undefined,
    resume: () => undefined,
    stop: () => Promise.resolve(),
    fetch: ({ offset }) => Promise.resolve(topic.find((record) => record.offset === offset)),
  };
  const changes: (() => void)[] = [];
  const engine = composeEngine({
    ...{ clock: systemClock, emit: () => undefined, createSource: () => source },
    startHistory: (place, listener) =>
      new HistoryThread(place, {
        ...{ bundle: join(repositoryRoot, 'src/history/main.ts'), clock: systemClock },
        ...listener,
        onChange: () => {
          listener.onChange();
          for (const changed of changes) changed();
        },
      }),
  });
  onTestFinished(() => engine.close());
  const days = 36_500;
  return {
    engine,
    configure: (parts: Partial<EngineSettings> = {}) =>
      engine.handlers.configure({
        ...settings,
        history: { folder, days, megabytes: 50 },
        ...parts,
      }),
    open: async () => {
      await engine.reader.open(kafka, () => undefined);
      sink?.onPartitions([{ topic: 'topic', partition: 0, low: '0', high: '9', clusterId: 'c' }]);
    },
    deliver: async (file: string | readonly ConsumedRecord[]) => {
      await sink?.onRecords(typeof file === 'string' ? recordsOf(file) : file);
    },
    all: async () => {
      const found = await engine.history.between(-Infinity, Infinity, Infinity);
      return found.map(({ outcome, kind }) => `${kind} ${outcome}`);
    },
    until: (isSo: () => Promise<boolean>) =>
      new Promise<void>((resolve) => {
        const look = () => {
          void isSo().then((so) => {
            if (so) resolve();
          });
        };
        changes.push(look);
        look();
      }),
  };
}

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rpa-trace-engine-history-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

describe.skipIf(loadSqlite() === null)('the history of an engine', () => {
  test('has what ended, also for the engine after it, and once', async () => {
    const folder = aFolder();
    const first = anEngine(folder);
    await first.configure();
    await first.open();
    await first.deliver(fixtures.failed);
    await first.deliver(fixtures.snapshots);
    // What the thread has not begun with when the engine ends is read again from the topic.
    await first.until(async () => (await first.all()).length === 2);
    await first.engine.close();
    const next = anEngine(folder);
    await next.configure();
    await next.open();
    expect(await next.all()).toEqual(['workflow failed', 'workflow succeeded']);
    await next.deliver(fixtures.failed);
    await next.deliver(fixtures.succeeded);
    await next.until(async () => (await next.all()).length === 3);
    expect(next.engine.history.state).toMatchObject({ kind: 'on' });
  });

  describe('finds the last good run to compare with', () => {
    const { before = '', after = '' } = comparedPairs.find(({ name }) => name === 'flaky') ?? {};
    const good = [0, 1].map((n) =>
      recordWith(before.replaceAll(storySid(1), storySid(n)), at(String(n))),
    );
    const failed = recordWith(after, at('2'));
    const query = {
      ...{ key: `workflow/${storySid(2)}`, other: null },
      ...{ onlyDifferences: false, offset: 0, limit: 200 },
    };
    function at(offset: string) {
      return { topic: 'topic', offset };
    }
    /** An engine whose window has the run that failed alone; the history knows those before it. */
    async function later(topic: readonly ConsumedRecord[]) {
      const folder = aFolder();
      const first = anEngine(folder);
      await first.configure();
      await first.open();
      await first.deliver(good);
      await first.until(async () => (await first.all()).length === 2);
      await first.engine.close();
      const next = anEngine(folder, topic);
      await next.configure();
      await next.open();
      await next.until(() => Promise.resolve(next.engine.history.state.kind === 'on'));
      await next.deliver([failed]);
      return next.engine;
    }

    test('where the window no longer has it, and its record is read again', async () => {
      const { handlers } = await later(good);
      const list = await asked(handlers, 'list', {
        ...{ scope: { kind: 'all' }, filter: '', anchor: null, offset: 0, limit: 10 },
      });
      // It is offered.
      expect(list.rows.map((row) => row.noGoodRun)).toEqual([undefined]);
      const answer = await asked(handlers, 'compare', query);
      expect(answer).toMatchObject({
        kind: 'compared',
        before: { summary: { sid: storySid(1), outcome: 'succeeded' } },
        first: { what: 'status', row: 3 },
      });
      const again = await asked(handlers, 'compare', { ...query, limit: 1 });
      expect(again).toMatchObject({ before: { summary: { sid: storySid(1) } } });
    });

    test('and asks it for more where the window has too few to learn from', async () => {
      const inWindow = recordWith(before.replaceAll(storySid(1), storySid(4)), at('1.5'));
      const { handlers, ingest } = await later(good);
      ingest.take([inWindow], Date.now());
      expect(await asked(handlers, 'compare', query)).toMatchObject({
        before: { summary: { sid: storySid(4) } },
        goodRuns: 3,
      });
    });

    test('the one before it where the topic let go of its record', async () => {
      const { handlers } = await later(good.slice(0, 1));
      expect(await asked(handlers, 'compare', query)).toMatchObject({
        before: { summary: { sid: storySid(0) } },
      });
    });

    test('the one behind it where the topic has none of those', async () => {
      const { handlers, ingest } = await later([]);
      const behind = before
        .replaceAll(storySid(1), storySid(3))
        .replaceAll('_time":17', '_time":18');
      ingest.take([recordWith(behind, at('3'))], Date.now());
      expect(await asked(handlers, 'compare', query)).toMatchObject({
        before: { summary: { sid: storySid(3) } },
      });
    });

    test('and says so where the topic has none of them', async () => {
      const { handlers } = await later([]);
      const gone = { kind: 'recordGone', key: `workflow/${storySid(1)}` };
      expect(await asked(handlers, 'compare', query)).toMatchObject(gone);
      expect(await asked(handlers, 'compare', query)).toMatchObject(gone);
    });
  });

  test('counts what a workflow called with it', async () => {
    const engine = anEngine(aFolder());
    await engine.configure();
    await engine.open();
    await engine.deliver(fixtures.subExecutions);
    await engine.until(async () => (await engine.all()).length > 0);
    await engine.engine.feed.settled(5_000);
    const alone = (await engine.all()).filter((text) => text.startsWith('rpa'));
    expect(alone).toEqual([]);
  });

  test.each([
    ['it is off', { history: null }],
    ['nothing is said of it', { history: undefined }],
  ] as const)('leaves no file where %s', async (_, parts) => {
    const folder = aFolder();
    const engine = anEngine(folder);
    await engine.engine.handlers.configure({ ...settings, ...parts } as EngineSettings);
    await engine.open();
    await engine.deliver(fixtures.failed);
    await engine.engine.feed.settled(1_000);
    expect(engine.engine.history.state).toEqual({ kind: 'off' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('has what was kept masked by the rules of now', async () => {
    const folder = aFolder();
    const engine = anEngine(folder);
    await engine.configure();
    await engine.open();
    await engine.deliver(fixtures.failed);
    await engine.until(async () => (await engine.all()).length === 1);
    const texts = async () => {
      const [execution] = await engine.engine.history.between(-Infinity, Infinity, 1);
      const names = (execution?.nodes ?? []).map(({ name }) => name);
      return [execution?.failure?.text, execution?.failure?.name, execution?.name, ...names];
    };
    const before = await texts();
    const words = before.flatMap((text) => /\p{L}{2,}/u.exec(text ?? '')?.[0] ?? []);
    expect(words.length).toBeGreaterThan(4);
    await engine.configure({ redaction: { patterns: words, names: [], allowReveal: false } });
    for (const text of await texts()) for (const word of words) expect(text).not.toContain(word);
  });

  test('is deleted as a whole: files that are open, closed, damaged or strange', async () => {
    const folder = aFolder();
    const engine = anEngine(folder);
    await engine.configure();
    await engine.open();
    await engine.deliver(fixtures.failed);
    await engine.until(async () => (await engine.all()).length === 1);
    writeFileSync(join(folder, 'other.db'), 'strange '.repeat(500));
    writeFileSync(join(folder, 'topic.db.damaged-20260101000000000'), 'damaged');
    // The list reaches back into it.
    const { recalled } = engine.engine.store;
    const summary = aSummary({ sid: 'earlier', beginMs: 1 });
    recalled.put({ summary, record: aRecord(), recordBytes: 1, beginMs: 1 });
    expect(await engine.engine.handlers.deleteHistory({ folder })).toEqual({
      ...{ failed: 0, textsLeft: false },
    });
    expect(await engine.all()).toEqual([]);
    expect(recalled.get(summary.key)).toBeUndefined();
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
    await engine.deliver(fixtures.succeeded);
    await engine.until(async () => (await engine.all()).length === 1);
  });
});
