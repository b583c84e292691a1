import { readFileSync } from 'node:fs';

import { executionRecords } from '../../../src/answers/executionRecords.ts';
import { FlowReader } from '../../../src/answers/flowReader.ts';
import { FlowRegistry } from '../../../src/answers/flowRegistry.ts';
import { parseInPlace } from '../../../src/engine/flowWorker.ts';
import { createHandlers } from '../../../src/engine/handlers.ts';
import { Ingest } from '../../../src/intake/ingest.ts';
import { ListView } from '../../../src/answers/listView.ts';
import { PayloadSearch } from '../../../src/answers/payloadSearch.ts';
import { Publisher } from '../../../src/engine/publisher.ts';
import { Reader } from '../../../src/sources/reader.ts';
import { Redaction } from '../../../src/masking/redaction.ts';
import { SavedRecords } from '../../../src/answers/savedRecords.ts';
import { loopTurn } from '../../../src/engine/loopTurn.ts';
import { StalledWatch } from '../../../src/intake/stalledWatch.ts';
import { StoredTexts } from '../../../src/answers/storedTexts.ts';
import { TreeView } from '../../../src/answers/treeView.ts';
import type { EngineEvents } from '../../../src/protocol/engineProtocol.ts';
import type { ListQuery } from '../../../src/protocol/list.ts';
import type { EngineStatus } from '../../../src/protocol/status.ts';
import type { TreeQuery } from '../../../src/protocol/tree.ts';
import type { ConsumedRecord, RecordPosition } from '../../../src/record/consumedRecord.ts';
import { ExecutionStore } from '../../../src/store/executionStore.ts';
import { RejectedStore } from '../../../src/store/rejectedStore.ts';
import type { ExecutionSummary } from '../../../src/trace/execution.ts';
import { aRecord, aSummary } from '../../support/builders.ts';
import { recordsOf } from '../../support/fixtures.ts';
import { ManualClock } from '../../support/manualClock.ts';

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

/** The parts of the engine behind its handlers, without a source and with time in the test's hand. */
export function engineParts(limits = { maxBytes: 10_000_000, maxExecutions: 1_000 }) {
  const clock = new ManualClock(1_000_000);
  const events: { [K in keyof EngineEvents]: [K, EngineEvents[K]] }[keyof EngineEvents][] = [];
  const store = new ExecutionStore({ maxSummaryBytes: 10_000_000, ...limits });
  const rejected = new RejectedStore();
  const redaction = new Redaction();
  const flows = new FlowRegistry({ maskIds: (use) => redaction.maskIds(use) });
  const flowReader = new FlowReader(flows, parseInPlace, () => undefined);
  const topic = new Map<string, ConsumedRecord>();
  const fetched: RecordPosition[] = [];
  const room = executionRecords(store, redaction, (position) => {
    fetched.push(position);
    return Promise.resolve(topic.get(position.offset));
  });
  const search = new PayloadSearch({
    ...{ store, room, clock, redaction },
    onProgress: () => {
      publisher.listChanged();
    },
  });
  const stalled = new StalledWatch({
    ...{ store, clock },
    onChange: () => {
      publisher.changed();
    },
  });
  const list = new ListView({ store, flows, search, clock });
  const ingest = new Ingest(store, rejected, flows, redaction);
  const tree = new TreeView(store, flows, list, room, redaction);
  const saved = new SavedRecords({
    ...{ clock, store, list, room, redaction },
    calledBy: (key) => tree.calledBy(key),
    turn: loopTurn,
  });
  const storedTexts = new StoredTexts({
    clock,
    recordOf: (key, row) => tree.recordOf(key, row),
  });
  const publisher = new Publisher({
    ...{ clock, list, tree },
    emit: (name, payload) => events.push([name, payload] as (typeof events)[number]),
    log: (level, message) => events.push(['log', { level, message }]),
    status: () => aStatus,
  });
  const nobody = () => undefined;
  const reader = new Reader({
    ...{ clock, log: nobody, onRecords: nobody, onState: nobody },
    ...{ onPartitions: nobody, onTopicNews: nobody },
    onUnreadable: nobody,
  });
  const handlers = createHandlers({
    ...{ store, room, rejected, flows, flowReader, list, tree, storedTexts, saved, reader },
    ...{ publisher, redaction },
    configure: () => Promise.resolve(),
    status: () => aStatus,
  });
  let nextOffset = 0;
  const take = (records: readonly ConsumedRecord[]) => {
    const arrived = records.map((record) => ({ ...record, offset: String(nextOffset++) }));
    for (const record of arrived) topic.set(record.offset, record);
    const taken = ingest.take(arrived, clock.now());
    for (const key of taken.reported) stalled.reported(key);
    return taken;
  };
  return {
    ...{
      clock,
      events,
      store,
      room,
      rejected,
      flows,
      list,
      search,
      stalled,
      ingest,
      topic,
      fetched,
      tree,
      publisher,
      storedTexts,
      redaction,
    },
    handlers,
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

const aStatus: EngineStatus = {
  source: { kind: 'none', name: '', detail: '' },
  state: { kind: 'idle' },
  figures: {
    ...{ executions: 0, succeeded: 0, failed: 0, cancelled: 0, running: 0, stalled: 0 },
    ...{ finished: 0, successRate: null, cumulativeDurationMs: 0, toolCallsApart: 0 },
  },
  figuresScope: { kind: 'all' },
  ...{ rejected: 0, storedExecutions: 0, storedBytes: 0, droppedPayloads: 0 },
  redactionProblems: [],
  hostRewrite: {},
  otlp: { kind: 'off' },
};
