/** Many executions of one sid: a workflow that calls its robot very often. What is linear doubles. */
import { systemClock } from '../../src/base/systemClock.ts';
import { composeEngine } from '../../src/engine/compose.ts';
import { decodeRecord } from '../../src/decode/decodeRecord.ts';
import { ExecutionStore } from '../../src/store/executionStore.ts';
import type { ConsumedRecord } from '../../src/record/consumedRecord.ts';
import type { ExecutionSummary } from '../../src/trace/execution.ts';
import { aRecord } from '../support/builders.ts';
import { sampleRecord, sampleSid, type SampleName } from '../support/sampleRecords.ts';
import { timeOf, reportGrowth } from './growth.ts';
import { heading, report } from './report.ts';
import { usualRules } from '../support/usualRules.ts';

const calls = 20_000;
const sid = sampleSid(0);
const roomy = { maxBytes: 1e9, maxSummaryBytes: 1e9, maxExecutions: 1e6 };

heading('Many executions of one sid');
const workflow = decoded('failed');
const robot = decoded('robot');
reportGrowth(`${String(2 * calls)} calls of a workflow come`, calls, (count) => () => {
  fill(count);
});
const engine = composeEngine({ clock: systemClock, emit: () => undefined });
engine.store.setLimits(roomy);
fill(2 * calls, engine.store);
const { list, tree } = engine;
const page = { scope: { kind: 'all' }, filter: '', anchor: null, offset: 0, limit: 60 } as const;
report('the list with it', timeOf(() => list.window(page), 100) / 100, 'ms', { atMost: 5 });
const query = {
  ...{ key: workflow.summary.key, collapsed: [], limit: 100 },
  at: { around: 'failing' },
} as const;
const begin = performance.now();
await tree.window(query);
report('it is opened', performance.now() - begin, 'ms', { atMost: 100 });
await engine.close();

interface Decoded {
  readonly record: ConsumedRecord;
  readonly summary: ExecutionSummary;
}

function decoded(name: SampleName): Decoded {
  const record = aRecord({ value: new TextEncoder().encode(sampleRecord(name, 0)) });
  const result = decodeRecord(record, usualRules);
  if (!result.ok) throw new Error(result.error.reason);
  return { record, summary: result.value.summary };
}

function fill(count: number, filled = new ExecutionStore(roomy)): void {
  filled.put(workflow.summary, true, workflow.record, 0);
  for (let n = 1; n <= count; n++) {
    const summary = { ...robot.summary, key: `rpa-server/${sid}/${String(n)}`, sid };
    filled.put(summary, true, { ...robot.record, offset: String(n) }, 0);
  }
}
