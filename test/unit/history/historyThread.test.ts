import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';

import { systemClock } from '../../../src/base/systemClock.ts';
import { fileNameOf } from '../../../src/history/fileName.ts';
import { HistoryThread } from '../../../src/history/historyThread.ts';
import { repositoryRoot } from '../../support/paths.ts';
import { aFolder, aQuestion, openWindow, someKept, sqlite } from './world.ts';

const limits = { days: 36_500, megabytes: 200 };

function fileIn(folder: string): string {
  return join(folder, fileNameOf('c', 'a topic/2'));
}

function start(folder: string) {
  const news: string[] = [];
  let kept = 0;
  const waits: { readonly until: () => boolean; readonly resolve: () => void }[] = [];
  const told = () => {
    for (const { until, resolve } of waits) if (until()) resolve();
  };
  const thread = new HistoryThread(
    { file: fileIn(folder), source: 'c/a topic/2', limits },
    {
      ...{ bundle: join(repositoryRoot, 'src/history/main.ts'), clock: systemClock },
      ...{ onChange: told, onRoom: told },
      onKept: (records) => {
        kept += records.length;
      },
      onNews: (what) => {
        news.push(what);
        told();
      },
    },
  );
  onTestFinished(() => {
    thread.dispose();
  });
  const until = (isSo: () => boolean) =>
    new Promise<void>((resolve) => {
      if (isSo()) resolve();
      else waits.push({ until: isSo, resolve });
    });
  return { thread, news, until, keptCount: () => kept };
}

describe.skipIf(sqlite === null)('the thread of the history', () => {
  test('writes what it is given, answers, and the next one has it', async () => {
    const folder = aFolder();
    const { thread, until, keptCount } = start(folder);
    const kept = someKept(1_700);
    thread.add(kept);
    await until(() => thread.revision === 4);
    expect(await thread.between(-Infinity, Infinity, Infinity)).toEqual(kept);
    expect(await thread.between(-Infinity, Infinity, 3)).toEqual(kept.slice(-3));
    const numbers = await thread.numbers(aQuestion());
    expect(numbers).toMatchObject({ runs: 1_700, figures: { succeeded: 1_700 } });
    expect(keptCount()).toBe(1_700);
    thread.add(someKept(5_000, 1_700));
    await thread.close();
    const next = start(folder).thread;
    expect(await next.between(-Infinity, Infinity, Infinity)).toHaveLength(6_700);
    expect(next.state).toMatchObject({ kind: 'on', sinceMs: kept[0]?.execution.beginMs });
  });

  test('takes more when there is room', async () => {
    const { thread, until } = start(aFolder());
    thread.add(someKept(6_000));
    expect(thread.hasRoom).toBe(false);
    await until(() => thread.hasRoom);
    expect(thread.hasRoom).toBe(true);
  });

  test('deletes all of it', async () => {
    const { thread, until } = start(aFolder());
    thread.add(someKept(10));
    await until(() => thread.revision === 1);
    expect(await thread.clear()).toBe(true);
    expect(await thread.between(-Infinity, Infinity, Infinity)).toEqual([]);
  });

  test('answers with nothing once it ended', async () => {
    const { thread } = start(aFolder());
    const asked = thread.between(-Infinity, Infinity, 1);
    thread.dispose();
    expect(await asked).toEqual([]);
    expect(await thread.numbers(aQuestion())).toBeNull();
    thread.add(someKept(1));
  });

  test('tells of a damaged file once, and goes on with another', async () => {
    const folder = aFolder();
    const file = fileIn(folder);
    writeFileSync(file, 'damaged '.repeat(500));
    const { thread, until, news } = start(folder);
    thread.add(someKept(10));
    await until(() => thread.revision === 1);
    expect(news).toEqual(['damaged']);
    expect(await thread.between(-Infinity, Infinity, Infinity)).toHaveLength(10);
  });

  test('leaves a file of a later version alone', async () => {
    const folder = aFolder();
    const path = fileIn(folder);
    const { file } = openWindow(path);
    file.db.exec('PRAGMA user_version = 99');
    file.close();
    const { thread, until, news } = start(folder);
    await until(() => thread.state.kind === 'newer');
    thread.add(someKept(10));
    expect(await thread.between(-Infinity, Infinity, Infinity)).toEqual([]);
    expect(news).toEqual(['newer']);
  });
});

test('a file is named after its topic, and is of one topic of one cluster', () => {
  expect(fileNameOf('c', 'a topic/2')).toMatch(/^a_topic_2-[0-9a-f]{16}\.db$/);
  const names = [fileNameOf('c', 'a'), fileNameOf('d', 'a'), fileNameOf('c', 'b')];
  expect(new Set(names).size).toBe(3);
});
