/** Searching payloads: how fast, how long the loop is kept, and what the look at the raw bytes spares. */
import { performance } from 'node:perf_hooks';

import { systemClock } from '../../src/base/systemClock.ts';
import { executionRecords } from '../../src/answers/executionRecords.ts';
import { FlowRegistry } from '../../src/answers/flowRegistry.ts';
import { ListView } from '../../src/answers/listView.ts';
import { Redaction } from '../../src/masking/redaction.ts';
import { PayloadSearch } from '../../src/answers/payloadSearch.ts';
import { decodeRecord } from '../../src/decode/decodeRecord.ts';
import { ExecutionStore } from '../../src/store/executionStore.ts';
import { aRecord } from '../support/builders.ts';
import { mixedRecords } from '../support/sampleRecords.ts';
import { heading, report } from './report.ts';
import { usualRules } from '../support/usualRules.ts';

const records = 5_000;

heading(`Searching the payloads of ${String(records)} executions`);
const store = new ExecutionStore({ maxBytes: 1e9, maxSummaryBytes: 1e9, maxExecutions: 1e6 });
for (const [index, text] of mixedRecords(records).entries()) {
  const record = aRecord({ offset: String(index), value: new TextEncoder().encode(text) });
  const decoded = decodeRecord(record, usualRules);
  if (decoded.ok) store.put(decoded.value.summary, decoded.value.final, record, 0);
}
filterAll('words', 'click save');
filterAll('fields', 'node:save status:failed duration:>5s');
await searchFor('a text that few hold', 'sap: no such vendor');
await searchFor('a text that many hold', 'inv-20391');
await searchFor('a text that has to be decoded', '发票');

/** What a key press in the filter costs where the window is full. */
function filterAll(name: string, filter: string): void {
  const clock = systemClock;
  const many = new ExecutionStore({ maxBytes: 1, maxSummaryBytes: 1e9, maxExecutions: 50_000 });
  const summaries = store.oldestFirst.map(({ summary }) => summary);
  for (let index = 0; index < 50_000; index++) {
    const summary = summaries[index % summaries.length];
    if (summary === undefined) continue;
    const key = String(index);
    many.put({ ...summary, key, sid: key }, true, aRecord({ offset: key }), index);
  }
  const search = new PayloadSearch({
    store: many,
    clock,
    ...roomOf(many),
    onProgress: () => undefined,
  });
  const list = new ListView({ store: many, flows: new FlowRegistry(), search, clock });
  const query = { scope: { kind: 'all' }, anchor: null, offset: 0, limit: 200 } as const;
  list.window({ ...query, filter });
  const begin = performance.now();
  list.window({ ...query, filter: `${filter} x` });
  report(`a filter of ${name} over 50,000 executions`, performance.now() - begin, 'ms', {
    atMost: 100,
  });
}

function roomOf(searched: ExecutionStore) {
  const redaction = new Redaction();
  const room = executionRecords(searched, redaction, () => Promise.resolve(undefined));
  return { redaction, room };
}

async function searchFor(name: string, text: string): Promise<void> {
  const slices: number[] = [];
  const begin = performance.now();
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const wanted = { texts: [text], candidates: [...store.oldestFirst] };
  const nothing = { searched: 0, unavailable: 0, total: 0 };
  const search: PayloadSearch = new PayloadSearch({
    store,
    ...roomOf(store),
    clock: {
      now: () => performance.now(),
      after: (ms, callback) =>
        systemClock.after(ms, () => {
          const sliceBegin = performance.now();
          callback();
          slices.push(performance.now() - sliceBegin);
        }),
    },
    onProgress: () => {
      const { searched, unavailable, total } = search.want('', wanted) ?? nothing;
      if (searched + unavailable === total) resolve(undefined);
    },
  });
  search.want('', wanted);
  await promise;
  search.dispose();
  const seconds = (performance.now() - begin) / 1_000;
  const inOrder = slices.sort((a, b) => a - b);
  report(`${name}: executions a second`, store.size / seconds, '');
  report(`${name}: a slice, median`, inOrder[Math.floor(slices.length / 2)] ?? 0, 'ms');
  report(`${name}: a slice, 99 %`, inOrder[Math.floor(slices.length * 0.99)] ?? 0, 'ms', {
    atMost: 16,
  });
}
