/** Many executions of one sid: a workflow that calls its robot very often. What is linear doubles. */
import { executionRecords } from '../../src/answers/executionRecords.ts';
import { FlowRegistry } from '../../src/answers/flowRegistry.ts';
import { ListView } from '../../src/answers/listView.ts';
import { systemClock } from '../../src/base/systemClock.ts';
import { PayloadSearch } from '../../src/answers/payloadSearch.ts';
import { Redaction } from '../../src/masking/redaction.ts';
import { TreeView } from '../../src/answers/treeView.ts';
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

heading('Many executions of one sid');
const workflow = decoded('failed');
const robot = decoded('robot');
reportGrowth(`${String(2 * calls)} calls of a workflow come`, calls, (count) => () => fill(count));
const store = fill(2 * calls);
const flows = new FlowRegistry();
const redaction = new Redaction();
const room = executionRecords(store, redaction, () => Promise.resolve(undefined));
const search = new PayloadSearch({
  ...{ store, room, clock: systemClock, redaction },
  onProgress: () => undefined,
});
const list = new ListView({ store, flows, search, clock: systemClock });
const tree = new TreeView(store, flows, list, room, redaction);
const page = { scope: { kind: 'all' }, filter: '', anchor: null, offset: 0, limit: 60 } as const;
report('the list with it', timeOf(() => list.window(page), 100) / 100, 'ms', { atMost: 5 });
const query = {
  ...{ key: workflow.summary.key, collapsed: [], limit: 100 },
  at: { around: 'failing' },
} as const;
const begin = performance.now();
await tree.window(query);
report('it is opened', performance.now() - begin, 'ms', { atMost: 100 });

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

function fill(count: number): ExecutionStore {
  const filled = new ExecutionStore({ maxBytes: 1e9, maxSummaryBytes: 1e9, maxExecutions: 1e6 });
  filled.put(workflow.summary, true, workflow.record, 0);
  for (let n = 1; n <= count; n++) {
    const summary = { ...robot.summary, key: `rpa-server/${sid}/${String(n)}`, sid };
    filled.put(summary, true, { ...robot.record, offset: String(n) }, 0);
  }
  return filled;
}
