/** What stays in memory of the records that arrived, for each of their bytes: they themselves, their summaries, and what these are found by. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { Ingest } from '../../src/intake/ingest.ts';
import { createRedactionRules } from '../../src/masking/createRedactionRules.ts';
import type { ConsumedRecord } from '../../src/record/consumedRecord.ts';
import { ExecutionStore } from '../../src/store/executionStore.ts';
import { RejectedStore } from '../../src/store/rejectedStore.ts';
import { recordWith } from '../support/fixtures.ts';
import { mixedRecords } from '../support/sampleRecords.ts';
import { heading, report } from './report.ts';

const count = 10_000;
/** What runs first makes code, tables and texts that stay whatever comes. */
const before = 2_000;
const mostBytes = 512 * 1024 * 1024;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const store = new ExecutionStore({
  ...{ maxBytes: mostBytes, maxSummaryBytes: mostBytes },
  maxExecutions: before + count,
});
const rules = createRedactionRules();
const ingest = new Ingest(store, new RejectedStore(), { observe: () => undefined }, { rules });

take(0, before);
const [bytesBefore, storedBefore] = [bytesInUse(), store.storedBytes];
const raw = take(before, count);
heading(`What is kept of ${count.toLocaleString('en-US')} records, for each of their bytes`);
report('in memory', (bytesInUse() - bytesBefore) / raw, '', { atMost: 1.15 });
report('as the store counts it', (store.storedBytes - storedBefore) / raw, '', { atMost: 1.15 });

/** Answers how many bytes they have. */
function take(from: number, howMany: number): number {
  let bytes = 0;
  for (let at = from; at < from + howMany; at += 100) {
    const batch = mixedRecords(100, at).map((record, index): ConsumedRecord =>
      recordWith(record, { offset: String(at + index) }),
    );
    bytes += ingest.take(batch, Date.now()).bytes;
  }
  return bytes;
}

function bytesInUse(): number {
  // The buffers that one lets go of are given back beside it, or by the next.
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
