import type { Memento } from 'vscode';
import { expect, test } from 'vitest';

import { ProblemMarks } from '../../../src/host/problemMarks.ts';
import { mostProblemMarks } from '../../../src/protocol/problems.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { ScriptedEngine } from '../../support/scriptedEngine.ts';

function parts(kept: Record<string, unknown> = {}) {
  const clock = new ManualClock(1_000);
  const engine = new ScriptedEngine(clock);
  const memento = {
    keys: () => Object.keys(kept),
    get: (key: string, fallback?: unknown) => kept[key] ?? fallback,
    update: (key: string, value: unknown) => Promise.resolve(void (kept[key] = value)),
  } as Memento;
  const logged: string[] = [];
  const marks = new ProblemMarks({
    ...{ memento, engine: engine.client, clock },
    log: (_, text) => logged.push(text),
  });
  return { marks, engine, clock, logged };
}
const said = (signature: string, kind: 'seen' | 'fixed' | 'ignored' = 'ignored') => ({
  ...{ signature, flow: 'f', kind, weekly: 2 },
});

test('what was said of a problem last holds, with its time, and so much is kept', async () => {
  const { marks, clock } = parts();
  await marks.mark(said('a'));
  await marks.mark(said('b'));
  clock.advance(500);
  await marks.mark(said('a', 'fixed'));
  expect(marks.all).toEqual([
    { ...said('b'), atMs: 1_000 },
    { ...said('a', 'fixed'), atMs: 1_500 },
  ]);
  for (let n = 0; n < mostProblemMarks; n++) await marks.mark(said(String(n)));
  expect(marks.all).toHaveLength(mostProblemMarks);
  expect(marks.all[0]).toMatchObject({ signature: '0' });
});

test('what another version kept is passed over', () => {
  const good = { ...said('a'), atMs: 1 };
  const kept = [good, null, 'x', { ...good, kind: 'snoozed' }, { ...good, atMs: 'then' }];
  expect(parts({ problemMarks: kept }).marks.all).toEqual([good]);
});
