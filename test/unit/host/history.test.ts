import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { deleteHistory } from '../../../src/host/deleteHistory.ts';
import { HistoryNotices } from '../../../src/host/historyNotices.ts';
import { readSettings } from '../../../src/host/settings.ts';
import type { HistoryNews } from '../../../src/history/historyState.ts';
import { FakeVscode } from '../../support/fakeVscode.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { ScriptedEngine } from '../../support/scriptedEngine.ts';

let vscode: FakeVscode;
let engine: ScriptedEngine;
let historyFolder: string;

beforeEach(() => {
  vscode = new FakeVscode();
  engine = new ScriptedEngine(new ManualClock());
  historyFolder = mkdtempSync(join(tmpdir(), 'rpa-trace-delete-'));
});

afterEach(() => {
  engine.client.dispose();
  rmSync(historyFolder, { recursive: true, force: true });
});

const run = () => deleteHistory({ vscode: vscode.api, engine: engine.client, historyFolder });
const texts = () => vscode.shown.map(({ text }) => text.split('\n')[0]);

describe('deleting the history', () => {
  test('where there is none says so, and starts no engine', async () => {
    rmSync(historyFolder, { recursive: true });
    await run();
    expect(texts()).toEqual(['There is no history on this machine.']);
    expect(engine.asked).toEqual([]);
  });

  test.each([
    [['a.db'], 'Delete the history of 1 topic (2 KB)?'],
    [['a.db', 'a.db-wal', 'b.db'], 'Delete the history of 2 topics (6 KB)?'],
  ])('of %j says what is deleted, and asks', async (names, question) => {
    for (const name of names) writeFileSync(join(historyFolder, name), 'x'.repeat(2_048));
    await run();
    expect(vscode.shown).toMatchObject([{ severity: 'warning', buttons: ['Delete History'] }]);
    expect(texts()).toEqual([question]);
    expect(vscode.shown[0]?.text).toContain('rpaTrace.history.enabled');
    expect(engine.asked).toEqual([]);
  });

  test.each([
    [0, false, 'The history was deleted.'],
    [
      0,
      true,
      'The history was deleted, but not the error texts that are kept with your marks on problems. See the log, then try again.',
    ],
    [
      1,
      true,
      'Another window uses the history, and some of it couldn’t be deleted. Close the other windows, then try again.',
    ],
  ])(
    'with %d files that could not be emptied, texts left: %j',
    async (failed, textsLeft, sentence) => {
      writeFileSync(join(historyFolder, 'a.db'), 'x');
      vscode.press = ({ buttons }) => buttons[0];
      engine.answers = { deleteHistory: () => ({ failed, textsLeft }) };
      await run();
      expect(engine.askedFor('deleteHistory')).toEqual([{ folder: historyFolder }]);
      expect(texts()).toEqual(['Delete the history of 1 topic (1 B)?', sentence]);
    },
  );
});

test('each trouble is told once, and that there is no SQLite only where numbers are looked at', async () => {
  const notices = new HistoryNotices(vscode.api);
  const news: readonly HistoryNews[] = [
    ...(['unavailable', 'newer', 'readOnly', 'full', 'locked', 'damaged', 'failed'] as const),
  ];
  await Promise.all([...news, ...news].map((one) => notices.take(one)));
  expect(vscode.shown).toHaveLength(news.length - 1);
  expect(new Set(texts()).size).toBe(news.length - 1);
  expect(vscode.shown.every(({ severity }) => severity === 'warning')).toBe(true);
});

test('the settings of the history are brought into their bounds, or it is off', () => {
  const history = () => readSettings(vscode.api, {}).history;
  expect(history()).toEqual({ days: 30, megabytes: 200 });
  vscode.set('rpaTrace.history.days', 4_000);
  vscode.set('rpaTrace.history.megabytes', 0);
  expect(history()).toEqual({ days: 400, megabytes: 10 });
  vscode.set('rpaTrace.history.enabled', false);
  expect(history()).toBeNull();
});
