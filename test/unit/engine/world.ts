import { readFileSync } from 'node:fs';

import type { EngineEvents } from '../../../src/protocol/engineProtocol.ts';
import type { ListQuery } from '../../../src/protocol/list.ts';
import type { TreeQuery } from '../../../src/protocol/tree.ts';
import type { ConsumedRecord, RecordPosition } from '../../../src/record/consumedRecord.ts';
import type { ExecutionSummary } from '../../../src/trace/execution.ts';
import { aRecord, aSummary } from '../../support/builders.ts';
import { recordsOf } from '../../support/fixtures.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { composeEngine } from '../../../src/engine/compose.ts';
import type { RecordSource } from '../../../src/record/recordSource.ts';

// Read when a workspace is: here it is there already, so that a turn of the loop is enough.
await Promise.all([
  import('../../../src/flow/gitIgnored.ts'),
  import('../../../src/engine/flowThread.ts'),
]);

/** The file names of the records used here, by what they show. */
export const fixtures = {
  failed: '03-workflow-rpa-node-failed.g3.json',
  succeeded: '03c-workflow-success.g3.json',
  missing: '10-failed-node-missing.g1.json',
  iteration: '04-workflow-iteration.g3.json',
  subExecutions: '31-robot-called-three-times.jsonl',
  robot: '01-rpa-server-success.json',
  snapshots: '28-snapshots-then-final.g3.jsonl',
  unreadable: '34-unreadable.jsonl',
  build: '30-build-twice.jsonl',
} as const;

/** The failing node of `failed`, and the first one. */
export const rpaNode = 'rpa::3f9d2b1a-6c41-4c0e-a8f7-2b8b4a9a1c33';
export const startNode = 'node-start::d61b0f71-87ee-475e-93ba-f1607f0ce783';

/** A source that gives what a test puts on its topic, when it is read again; what arrives the test says itself. */
class TestTopic implements RecordSource {
  readonly records = new Map<string, ConsumedRecord>();
  readonly fetched: RecordPosition[] = [];

  start = () => Promise.resolve();
  pause = () => undefined;
  resume = () => undefined;
  stop = () => Promise.resolve();

  fetch(position: RecordPosition): Promise<ConsumedRecord | undefined> {
    this.fetched.push(position);
    return Promise.resolve(this.records.get(position.offset));
  }
}

/** The engine over a topic of the test's, with time in the test's hand. */
export function engineParts(limits = { maxBytes: 10_000_000, maxExecutions: 1_000 }) {
  const clock = new ManualClock(1_000_000);
  const events: { [K in keyof EngineEvents]: [K, EngineEvents[K]] }[keyof EngineEvents][] = [];
  const source = new TestTopic();
  const engine = composeEngine({
    clock,
    createSource: () => source,
    emit: (name, payload) => events.push([name, payload] as (typeof events)[number]),
  });
  const { store, ingest, flows, stalled, reader } = engine;
  store.setLimits({ maxSummaryBytes: 10_000_000, ...limits });
  const opened = reader.open({ kind: 'sample' }, () => undefined);
  let nextOffset = 0;
  const take = (records: readonly ConsumedRecord[]) => {
    const arrived = records.map((record) => ({ ...record, offset: String(nextOffset++) }));
    for (const record of arrived) source.records.set(record.offset, record);
    const taken = ingest.take(arrived, clock.now());
    for (const key of taken.reported) stalled.reported(key);
    return taken;
  };
  return {
    ...engine,
    /** Resolves once what left the window can be read again. */
    opened,
    ...{ clock, events, topic: source.records, fetched: source.fetched },
    take,
    /** Takes the records of a fixture and gives the summary of the last execution. */
    takeFixture: (name: keyof typeof fixtures): ExecutionSummary => {
      const { finished } = take(recordsOf(fixtures[name]));
      const last = finished.at(-1);
      if (last === undefined) throw new Error(`${name}: nothing ended`);
      return last.summary;
    },
    /** Puts an execution into the store as if it had been decoded. */
    put: (parts: Partial<ExecutionSummary>) => {
      const summary = aSummary({ key: parts.sid ?? 'workflow/x', ...parts });
      flows.observe(summary);
      store.put(summary, true, aRecord({ offset: String(nextOffset++) }), clock.now());
      return summary;
    },
  };
}

/** A flow file of the fixtures as the host tells of it. */
export function flowFile(fileName: string, uri = `file:///w/${fileName}`) {
  const url = new URL(`../../fixtures/flows/${fileName}`, import.meta.url);
  return { uri, fileName, text: readFileSync(url, 'utf8') };
}

/** A query for the whole list with what the test cares about. */
export function listQuery(parts: Partial<ListQuery> = {}): ListQuery {
  return { scope: { kind: 'all' }, filter: '', anchor: null, offset: 0, limit: 100, ...parts };
}

/** A query for the whole tree with what the test cares about. */
export function treeQuery(key: string, parts: Partial<TreeQuery> = {}): TreeQuery {
  return { key, collapsed: [], at: { offset: 0 }, limit: 100, ...parts };
}
