/** Searching payloads: how fast, how long the loop is kept, and what the look at the raw bytes spares. */
import { performance } from 'node:perf_hooks';

import type { Clock } from '../../src/base/clock.ts';
import { systemClock } from '../../src/base/systemClock.ts';
import { composeEngine } from '../../src/engine/compose.ts';
import type { EngineQuestions } from '../../src/protocol/questions.ts';
import type { Pushed } from '../../src/protocol/subscriptions.ts';
import { aRecord } from '../support/builders.ts';
import { mixedRecords } from '../support/sampleRecords.ts';
import { heading, report } from './report.ts';

const records = 5_000;
const roomy = { maxBytes: 1e9, maxSummaryBytes: 1e9, maxExecutions: 1e6 };
const taken = mixedRecords(records).map((text, index) =>
  aRecord({ offset: String(index), value: new TextEncoder().encode(text) }),
);
const all = { scope: { kind: 'all' }, anchor: null, offset: 0, limit: 200 } as const;

heading(`Searching the payloads of ${String(records)} executions`);
await filterAll('words', 'click save');
await filterAll('fields', 'node:save status:failed duration:>5s');
await searchFor('a text that few hold', 'sap: no such vendor');
await searchFor('a text that many hold', 'inv-20391');
await searchFor('a text that has to be decoded', '发票');

/** What a key press in the filter costs where the window is full. */
async function filterAll(name: string, filter: string): Promise<void> {
  const engine = composeEngine({ clock: systemClock, emit: () => undefined });
  const { store, list, intake } = engine;
  store.setLimits(roomy);
  await intake.take(taken);
  const summaries = store.oldestFirst.map(({ summary }) => summary);
  for (let index = 0; store.size < 50_000; index++) {
    const summary = summaries[index % summaries.length];
    if (summary === undefined) break;
    const key = `more ${String(index)}`;
    store.put({ ...summary, key, sid: key }, true, aRecord({ offset: key }), index);
  }
  list.window({ ...all, filter });
  const begin = performance.now();
  list.window({ ...all, filter: `${filter} x` });
  report(`a filter of ${name} over 50,000 executions`, performance.now() - begin, 'ms', {
    atMost: 100,
  });
  await engine.close();
}

async function searchFor(name: string, text: string): Promise<void> {
  const slices: number[] = [];
  const { promise, resolve } = Promise.withResolvers<undefined>();
  // Its timers are the slices of the search, and the pulses of what is told.
  const clock: Clock = {
    now: () => performance.now(),
    after: (ms, callback) =>
      systemClock.after(ms, () => {
        const begin = performance.now();
        callback();
        slices.push(performance.now() - begin);
      }),
  };
  const engine = composeEngine({
    clock,
    emit: (event, payload) => {
      if (event !== 'pushed') return;
      const { kind, result } = (payload as Pushed<EngineQuestions>).answered;
      if (kind !== 'list' || !result.ok || result.answer.search === null) return;
      const { searched, unavailable, total } = result.answer.search;
      if (searched + unavailable === total) resolve(undefined);
    },
  });
  engine.store.setLimits(roomy);
  await engine.intake.take(taken);
  const begin = performance.now();
  const query = { ...all, filter: `text:"${text}"` };
  await engine.handlers.watch({ watcher: 'bench', id: 'list', kind: 'list', query });
  await promise;
  const seconds = (performance.now() - begin) / 1_000;
  await engine.close();
  const inOrder = slices.sort((a, b) => a - b);
  report(`${name}: executions a second`, engine.store.size / seconds, '');
  report(`${name}: a slice, median`, inOrder[Math.floor(slices.length / 2)] ?? 0, 'ms');
  report(`${name}: a slice, 99 %`, inOrder[Math.floor(slices.length * 0.99)] ?? 0, 'ms', {
    atMost: 16,
  });
}
