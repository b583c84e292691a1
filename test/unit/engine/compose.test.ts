import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ComposedEngine, composeEngine } from '../../../src/engine/compose.ts';
import type { EngineEvents } from '../../../src/protocol/engineProtocol.ts';
import type { SourceSpec } from '../../../src/protocol/sources.ts';
import type { ConsumedRecord } from '../../../src/record/consumedRecord.ts';
import type { RecordSink, RecordSource } from '../../../src/record/recordSource.ts';
import { asked } from '../../support/asked.ts';
import { recordsOf, recordWith } from '../../support/fixtures.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { storyRecord } from '../../support/storyRecords.ts';
import { listQuery } from './world.ts';

/** A source that a test speaks for; what the engine asks of it is noted. */
class ScriptedSource implements RecordSource {
  readonly calls: string[] = [];
  sink: RecordSink | undefined;
  start(sink: RecordSink): Promise<void> {
    this.sink = sink;
    return Promise.resolve();
  }
  pause = () => void this.calls.push('pause');
  resume = () => void this.calls.push('resume');
  endEarly = () => void this.calls.push('endEarly');
  skip = ({ offset }: { offset: string }) => offset === '5';
  setSkipsDamaged = (skips: boolean) => void this.calls.push(`skips ${String(skips)}`);
  fetch = () => Promise.resolve(undefined);
  stop = () => Promise.resolve();
  readonly readBack = { sinceMs: 5_000, before: 7 };
  readonly older = Promise.withResolvers<undefined>();
  readOlder = () => {
    this.calls.push('readOlder');
    return this.older.promise;
  };
}

const kafka: SourceSpec = {
  kind: 'kafka',
  connection: {
    brokers: ['b:1'],
    clientId: 'c',
    tls: { enabled: false, rejectUnauthorized: true },
  },
  topic: 'traces',
  start: { kind: 'earliest' },
};
let source: ScriptedSource;
let clock: ManualClock;
let engine: ComposedEngine;
let events: [name: keyof EngineEvents, payload: unknown][];
const of = (name: keyof EngineEvents) =>
  events.flatMap(([told, payload]) => (told === name ? [payload] : []));

beforeEach(async () => {
  source = new ScriptedSource();
  events = [];
  clock = new ManualClock(0);
  engine = composeEngine({
    clock,
    createSource: () => source,
    emit: (name, payload) => events.push([name, payload]),
  });
  await engine.handlers.openSource({ spec: kafka, keep: false });
});

afterEach(() => engine.close());

const records = (name: string): readonly ConsumedRecord[] => recordsOf(name);

type Fields = Record<string, unknown>;
const parsed = (record: ConsumedRecord | undefined): Fields =>
  JSON.parse(new TextDecoder().decode(record?.value ?? new Uint8Array())) as Fields;
const withParts = (record: ConsumedRecord | undefined, parts: Fields) =>
  record && {
    ...record,
    value: new TextEncoder().encode(JSON.stringify({ ...parsed(record), ...parts })),
  };

/** One that was called and failed, and its caller, which failed of that at its last call. */
function calling(all: readonly ConsumedRecord[]): readonly (ConsumedRecord | undefined)[] {
  const [, , called, caller] = all;
  const status = (message: string) => ({ status: { code: 21_300, message } });
  const trace = parsed(caller)['trace'] as Fields[];
  const at = trace.findLastIndex(({ node_id: id }) => String(id).startsWith('flow::'));
  const failing = trace.slice(0, at + 1).map((entry, index) => {
    const data = { ...(entry['data'] as Fields), output: {} };
    return index < at ? entry : { ...entry, data, running_status: false, next_log_ids: [] };
  });
  return [
    withParts(called, status('Element not found: #btnSave')),
    withParts(caller, { ...status('sub-workflow failed'), trace: failing }),
  ];
}

describe('what a source tells', () => {
  test('records are taken, a failure that happens now is news', async () => {
    await source.sink?.onRecords(records('03-workflow-rpa-node-failed.g3.json'));
    expect(engine.store.size).toBe(1);
    expect(of('failed')).toMatchObject([{ row: { outcome: 'failed' } }]);
  });

  test('of a node that left no entry is told as far as a good run tells', async () => {
    const steps = ['node-start::1', 'rpa::2', 'node-end::3'].map((id) => ({
      id,
      name: `step ${id}`,
    }));
    const good = storyRecord({ n: 1, steps });
    const failed = storyRecord({
      ...{ n: 2, code: 21_300, message: 'RPA node request failed(no such element)' },
      steps: steps.slice(0, 1).map((step) => ({ ...step, next: ['rpa::2'] })),
    });
    await source.sink?.onRecords([good, failed].map((record) => recordWith(record)));
    const failing = { nodeId: 'rpa::2', name: 'step rpa::2', inferred: true };
    expect(of('failed')).toMatchObject([{ row: { failing } }]);
  });

  test('a problem that is back before the list knew that it was resolved is told when that says so', async () => {
    const [failed] = records('03-workflow-rpa-node-failed.g3.json');
    const [good] = records('03c-workflow-success.g3.json');
    const times = ({ trace }: Fields, byMs: number) => ({
      trace: (trace as Fields[]).map((entry) => ({
        ...entry,
        start_time: Number(entry['start_time']) + byMs,
        end_time: Number(entry['end_time']) + byMs,
      })),
    });
    const beginMs = Number(parsed(failed)['start_time']);
    const later = (record: ConsumedRecord | undefined, sid: string, byMs: number) => {
      const fields = parsed(record);
      const begins = Number(fields['start_time']);
      const by = beginMs + byMs - begins;
      const ends = Number(fields['end_time']) + by;
      return withParts(record, {
        ...{ sid, start_time: begins + by, end_time: ends, ...times(fields, by) },
      });
    };
    const batch = [failed, later(good, 'passed', 60_000), later(failed, 'back', 120_000)];
    await source.sink?.onRecords(batch.flatMap((record) => record ?? []));
    const told = () => (of('failed') as EngineEvents['failed'][]).map(({ row }) => row.sid);
    expect(told()).toEqual([parsed(failed)['sid']]);
    await vi.waitFor(() => {
      clock.advance(1_000);
      expect(told()).toEqual([parsed(failed)['sid'], 'back']);
    });
    expect(of('resolved')).toEqual([]);
  });

  describe.each([
    ['that of the called one first', 0],
    ['that of its caller first', 1],
  ])('a failure of a workflow and of its caller is told as one: %s', (_, first) => {
    /** What another one called, and that, seconds later where it matters. */
    const pair = () => {
      const [called, caller] = calling(records('37-sub-workflows.g1.jsonl'));
      return first === 0 ? [called, caller] : [caller, called];
    };

    test.each(['at once', 'one by one'])('%s', async (how) => {
      const both = pair().flatMap((record) => record ?? []);
      for (const batch of how === 'at once' ? [both] : both.map((record) => [record])) {
        await source.sink?.onRecords(batch);
      }
      const told = of('failed') as EngineEvents['failed'][];
      const [one, other] = told;
      expect(told).toHaveLength(2);
      expect(one).toMatchObject({ told: 'no', of: null, insteadOf: [] });
      const key = one?.row.key ?? '';
      const put = first === 0 ? { of: key, insteadOf: [] } : { of: null, insteadOf: [key] };
      expect(other).toMatchObject({ told: 'withoutFile', ...put });
    });
  });

  test('a robot’s failure that comes after its workflow’s is part of that', async () => {
    const [workflow] = records('03-workflow-rpa-node-failed.g3.json');
    const [robot] = records('02-rpa-server-timeout-55003.json');
    const { sid } = parsed(workflow);
    const own = withParts(robot, { sid });
    await source.sink?.onRecords([workflow, own].flatMap((record) => record ?? []));
    expect(of('failed')).toMatchObject([{ row: { kind: 'workflow' } }]);
  });

  test('its state is told, and an error of it logged', async () => {
    source.sink?.onState({ kind: 'live', lag: 0 });
    const error = { reason: 'unreachable', detail: 'no way', subject: 'b:1' } as const;
    source.sink?.onState({ kind: 'failed', error } as never);
    expect(of('state')).toHaveLength(2);
    expect(of('log')).toEqual([{ level: 'warn', message: 'traces: failed: no way' }]);
    expect(await asked(engine.handlers, 'status', null)).toMatchObject({
      source: { kind: 'kafka', name: 'traces' },
      state: { kind: 'failed' },
    });
  });

  test('what can’t be read is listed', async () => {
    source.sink?.onUnreadable?.({
      ...{ topic: 'traces', partition: 0, offset: '5', lastOffset: '6', bytes: 10 },
      ...{ fault: 'checksum', detail: '' },
    });
    expect(await engine.handlers.rejected({ offset: 0, limit: 9 })).toMatchObject({
      total: 1,
      rows: [{ offset: '5', reason: 'damagedBatch' }],
    });
  });

  test('that a topic was recreated is told', () => {
    source.sink?.onTopicNews({ kind: 'madeAnew', topic: 'traces' });
    source.sink?.onTopicNews({ kind: 'removed', topic: 'traces', partitions: [] });
    expect(of('topicNews')).toMatchObject([{ kind: 'madeAnew' }, { kind: 'removed' }]);
  });
});

describe('older records', () => {
  const reach = async () => (await asked(engine.handlers, 'status', null)).reach;
  const failed = () => records('03-workflow-rpa-node-failed.g3.json');

  test('are listed, and neither news nor counted', async () => {
    const counted = vi.spyOn(engine.metrics, 'record');
    await source.sink?.onRecords(failed(), 'older');
    expect(engine.store.size).toBe(1);
    expect(of('failed')).toEqual([]);
    expect(counted).not.toHaveBeenCalled();
    await source.sink?.onRecords(records('03c-workflow-success.g3.json'));
    expect(counted).toHaveBeenCalledOnce();
  });

  test('are asked for once at a time, and say while they are read', async () => {
    expect(await reach()).toEqual({ sinceMs: 5_000, before: 7, state: 'idle' });
    const load = async () => engine.handlers.loadOlder(null);
    const loads = [load(), load()];
    expect(await reach()).toMatchObject({ state: 'reading' });
    source.older.resolve(undefined);
    expect(await Promise.all(loads)).toEqual([null, null]);
    expect(source.calls.filter((call) => call === 'readOlder')).toHaveLength(1);
    expect(await reach()).toMatchObject({ state: 'idle' });
  });

  test('that can’t be read are answered with the reason, and may be asked for again', async () => {
    const load = engine.handlers.loadOlder(null);
    source.older.reject(new Error('lost'));
    await expect(load).rejects.toThrow('lost');
    expect(await reach()).toMatchObject({ state: 'idle' });
  });

  test('are not read where memory is full', async () => {
    const limits = { maxBytes: 1e6, maxSummaryBytes: 1e6, maxExecutions: 1 };
    engine.store.setLimits(limits);
    await source.sink?.onRecords(failed());
    await source.sink?.onRecords(records('03c-workflow-success.g3.json'));
    expect(await reach()).toMatchObject({ state: 'full' });
    expect(await engine.handlers.loadOlder(null)).toBeNull();
    expect(source.calls).not.toContain('readOlder');
  });
});

describe('what is asked of a source', () => {
  test('goes to the one that is open', async () => {
    const { handlers } = engine;
    await handlers.pause(null);
    await handlers.resume(null);
    await handlers.endReading(null);
    const position = { topic: 'traces', partition: 0, offset: '5' };
    expect(await handlers.skipDamaged({ position })).toBeNull();
    await expect(async () =>
      handlers.skipDamaged({ position: { ...position, offset: '6' } }),
    ).rejects.toMatchObject({ reason: 'notFound' });
    expect(source.calls).toEqual(['skips false', 'pause', 'resume', 'endEarly']);
    await handlers.closeSource(null);
    expect(of('state').at(-1)).toMatchObject({ source: { kind: 'none' }, state: { kind: 'idle' } });
  });

  test('another one takes its place, with or without what was read', async () => {
    const { handlers } = engine;
    await source.sink?.onRecords(records('03c-workflow-success.g3.json'));
    const total = async () => (await asked(handlers, 'list', listQuery())).total;
    await handlers.openSource({ spec: { kind: 'sample' }, keep: true });
    expect(await total()).toBe(1);
    await handlers.openSource({ spec: { kind: 'sample' }, keep: false });
    expect(await total()).toBe(0);
  });

  test('what was said of the problems of the sample robot ends with it', async () => {
    const { handlers } = engine;
    const play = async (keep: boolean) => {
      await handlers.openSource({ spec: { kind: 'sample' }, keep });
      await source.sink?.onRecords(records('03-workflow-rpa-node-failed.g3.json'));
    };
    const problem = async () =>
      (await asked(handlers, 'problems', { scope: { kind: 'all' }, group: 'unresolved' })).rows[0];
    await play(false);
    const { signature = '', flow = '', weekly = 0 } = (await problem()) ?? {};
    await handlers.markProblem({ signature, flow, weekly, kind: 'seen' });
    expect((await problem())?.mark).toBe('seen');
    await play(true);
    expect((await problem())?.mark).toBe('seen');
    await play(false);
    expect(await problem()).toMatchObject({ signature, mark: null });
  });

  test('that damaged records are skipped is a setting', async () => {
    await engine.handlers.configure({
      ...{ storeBytes: 1e6, stalledAfterMs: 1_000, otlp: null, ledger: {}, largeValues: null },
      skipDamagedBatches: true,
    });
    expect(source.calls.at(-1)).toBe('skips true');
  });
});
