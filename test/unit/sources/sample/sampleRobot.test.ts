import { describe, expect, it } from 'vitest';
import { sampleRobotSteps } from '../../../../src/sources/sample/writtenSteps.ts';
import { createSampleRecordSource } from '../../../../src/sources/sample/sampleRecordSource.ts';
import { ManualClock } from '../../../support/manualClock.ts';
import { RecordingSink } from '../files/recordingSink.ts';

const startMs = Date.UTC(2026, 10, 24, 8);

/** The parts of a record that these tests look at. */
interface Wire {
  readonly sub: string;
  readonly sid: string;
  readonly flow_id?: string;
  readonly start_time: number;
  readonly end_time: number;
  readonly duration: number;
  readonly srv: { readonly execution_state?: string };
  readonly status: { readonly code: number; readonly message: string };
  readonly trace: readonly {
    readonly id: string;
    readonly node_id: string;
    readonly end_time: number;
    readonly running_status: boolean;
    readonly data: { readonly config: unknown };
  }[];
}

/** What the robot sends in `minutes` of play, its history first. */
function play(minutes: number, seed = 1) {
  const sent: { atMs: number; afterMs: number; record: Wire; value: string }[] = [];
  let atMs = startMs;
  for (const { afterMs, value, timestampMs } of sampleRobotSteps({ seed, startMs })) {
    atMs += afterMs;
    if (atMs > startMs + minutes * 60_000) break;
    sent.push({ atMs: timestampMs, afterMs, value, record: JSON.parse(value) as Wire });
  }
  const history = sent.filter((step) => step.atMs <= startMs);
  const live = sent.filter((step) => step.atMs > startMs);
  return { sent, history, live };
}

/** A quarter of an hour, told once for all that look at it. */
const quarter = play(15);

const isFinal = ({ record }: { record: Wire }) => record.srv.execution_state === undefined;
const isFlow = ({ record }: { record: Wire }) => record.sub === 'workflow';

describe('the sample robot', () => {
  it('tells the same story for the same seed, another for another', () => {
    const text = (seed: number) =>
      play(1, seed)
        .sent.map(({ value }) => value)
        .join('\n');
    expect(text(7)).toBe(text(7));
    expect(text(7)).not.toBe(text(8));
  });

  it('configures a step that failed as one that did not, so that comparing shows none changed', () => {
    const outputsOf = new Map<string, Set<string>>();
    for (const { record } of quarter.sent.filter((step) => isFlow(step) && isFinal(step))) {
      for (const { node_id: id, data } of record.trace) {
        const [, names] = /output_identifier\W*?(\[.*?\])/.exec(JSON.stringify(data.config)) ?? [];
        if (names === undefined) continue;
        outputsOf.set(id, (outputsOf.get(id) ?? new Set()).add(names));
      }
    }
    expect(outputsOf.size).toBeGreaterThan(10);
    expect([...outputsOf].filter(([, names]) => names.size > 1)).toEqual([]);
  });

  it('begins with 25 finished executions of the last hours, the newest a failed invoice entry', () => {
    const { history } = quarter;
    const flows = history.filter(isFlow);
    expect(flows).toHaveLength(25);
    expect(history.every((step) => isFinal(step) && step.afterMs === 0)).toBe(true);
    const times = flows.map(({ record }) => record.start_time);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThan(startMs - 4 * 3_600_000);
    expect(flows.at(-1)?.record).toMatchObject({
      flow_id: '7412096655310848001',
      status: {
        code: 21300,
        message: 'RPA node request failed(Task execution failed: -1-element not found: #btnSave)',
      },
    });
  });

  it('starts an execution every six to eight seconds, a fifth of them failing', () => {
    const finals = quarter.live.filter((step) => isFlow(step) && isFinal(step));
    const perMinute = finals.length / 15;
    expect(perMinute).toBeGreaterThan(60 / 8.2);
    expect(perMinute).toBeLessThan(60 / 5.8);
    const failed = finals.filter(({ record }) => record.status.code !== 0).length;
    expect(failed / finals.length).toBeCloseTo(0.2, 1);
  });

  it('lets an execution grow by snapshots every 400 ms until its final record', () => {
    const { live } = quarter;
    const first = live.find(isFlow)?.record.sid;
    const steps = live.filter(({ record }) => record.sid === first && record.sub === 'workflow');
    const growing = steps.slice(0, -1);
    expect(steps.length).toBeGreaterThan(4);
    expect(growing.every((step) => !isFinal(step))).toBe(true);
    expect(isFinal(steps.at(-1)!)).toBe(true);
    const gaps = growing.slice(1).map((step, at) => step.atMs - growing[at]!.atMs);
    expect(new Set(gaps)).toEqual(new Set([400]));
    const ended = growing.map(({ record }) => record.trace.filter((n) => n.end_time > 0).length);
    expect(ended).toEqual([...ended].sort((a, b) => a - b));
    // What is under way stands in the snapshot, without an end.
    expect(growing.some(({ record }) => record.trace.at(-1)?.end_time === 0)).toBe(true);
  });

  it('never speaks of what has not happened yet', () => {
    for (const { atMs, record } of quarter.sent) {
      const times = [record.start_time, ...record.trace.map((entry) => entry.end_time)];
      expect(Math.max(...times)).toBeLessThanOrEqual(atMs);
    }
  });

  it('shows each kind of ending within a quarter of an hour', () => {
    const endings = new Set(
      quarter.live
        .filter(isFinal)
        .map(({ record }) => `${record.sub} ${String(record.status.code)}`),
    );
    expect([...endings].sort()).toEqual([
      'aitools 0',
      'rpa-server 0',
      'rpa-server 55001',
      'rpa-server 55003',
      'rpa-server 55004',
      'spark-link 0',
      'spark-link 30403',
      'workflow 0',
      'workflow 21300',
      'workflow 22302',
    ]);
  });

  it('writes the odd sides of the wire', () => {
    const { live } = quarter;
    const finals = live.filter((step) => isFlow(step) && isFinal(step));
    const repeats = finals.find(({ record }) => record.flow_id?.endsWith('2'));
    const ids = repeats?.record.trace.map((entry) => entry.id) ?? [];
    expect(new Set(ids).size).toBeLessThan(ids.length);
    // A retried node stays marked as failed although the run succeeded.
    expect(
      finals.some(
        ({ record }) =>
          record.status.code === 0 && record.trace.some((entry) => !entry.running_status),
      ),
    ).toBe(true);
    const call = live.find(({ record }) => record.sub === 'rpa-server')?.record;
    expect(call?.duration).toBe(0);
    expect(call?.start_time).toBeGreaterThan(call?.end_time ?? 0);
    // How long an AI tool took only the time tells at which its record is sent.
    const tools = quarter.sent.filter(({ record }) => record.sub === 'aitools');
    const took = tools.map(({ atMs, record }) => atMs - record.start_time);
    expect(Math.min(...took)).toBeGreaterThan(100);
  });

  it.each(['EXAMPLE-RPA-KEY', 'EXAMPLE-API-KEY', 'EXAMPLE-API-SECRET', 'EXAMPLE-DB-PASSWORD'])(
    'puts the pretended secret %s where real ones travel',
    (secret) => {
      expect(quarter.sent.some(({ value }) => value.includes(secret))).toBe(true);
    },
  );
});

describe('the story of a fix', () => {
  /** What the bank statement's runs come to, while the flow file gives its node these seconds, by the minute. */
  const told = (secondsAt: (minute: number) => number | null) => {
    let atMs = startMs;
    const timeoutOf = (nodeId: string) => {
      const seconds = secondsAt((atMs - startMs) / 60_000);
      return nodeId.startsWith('rpa::') && seconds !== null ? seconds * 1_000 : null;
    };
    const ended: { readonly code: number; readonly minute: number }[] = [];
    for (const { afterMs, value } of sampleRobotSteps({ seed: 1, startMs, timeoutOf })) {
      atMs += afterMs;
      if (atMs > startMs + 3 * 60_000) break;
      const record = JSON.parse(value) as Wire;
      if (record.flow_id !== '7412096655310848004' || record.srv.execution_state) continue;
      ended.push({ code: record.status.code, minute: (atMs - startMs) / 60_000 });
    }
    return ended;
  };

  it('fails each time while the flow file gives too little time', () => {
    const codes = told(() => 2).map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(3);
    expect(new Set(codes)).toEqual(new Set([22302]));
  });

  it('is tried at once when that was changed, and passes', () => {
    const ended = told((minute) => (minute < 1.2 ? 2 : 20));
    const [passed] = ended.filter(({ code }) => code === 0);
    expect(passed?.minute).toBeLessThan(1.2 + 0.3);
    expect(ended.filter(({ minute }) => minute > 1.5).every(({ code }) => code === 0)).toBe(true);
  });

  it('is told to nobody who has not its file', () => {
    expect(told(() => null)).toEqual([]);
  });
});

describe('the sample record source', () => {
  it('delivers the history at once and then each step at its time', async () => {
    const clock = new ManualClock(startMs);
    const sink = new RecordingSink();
    const source = createSampleRecordSource({ clock });
    await source.start(sink);
    const history = sink.records.length;
    expect(history).toBeGreaterThan(25);
    expect(sink.batchSizes).toEqual([history]);
    expect(sink.states.at(-1)).toEqual({ kind: 'live', lag: 0 });
    await advance(clock, 1_900);
    expect(sink.records).toHaveLength(history);
    await advance(clock, 60_000);
    expect(sink.records.length).toBeGreaterThan(history + 60);
    for (const record of sink.records) expect(record.timestampMs).toBeLessThanOrEqual(clock.now());
    expect(sink.records.map(({ offset }) => Number(offset))).toEqual(
      sink.records.map((_record, at) => at),
    );
    await source.stop();
  });

  it('stands still while paused', async () => {
    const clock = new ManualClock(startMs);
    const sink = new RecordingSink();
    const source = createSampleRecordSource({ clock });
    await source.start(sink);
    source.pause();
    const before = sink.records.length;
    await advance(clock, 60_000);
    expect(sink.records).toHaveLength(before);
    source.resume();
    await advance(clock, 20_000);
    expect(sink.records.length).toBeGreaterThan(before);
    expect(sink.states.map(({ kind }) => kind)).toEqual([
      ...['connecting', 'live', 'live', 'paused', 'live'],
    ]);
    await source.stop();
  });

  it('begins its runs when they are begun, also after a pause and where timers are late', async () => {
    const clock = new LateClock(startMs);
    const sink = new RecordingSink();
    const source = createSampleRecordSource({ clock });
    await source.start(sink);
    source.pause();
    await advance(clock, 60_000);
    source.resume();
    await advance(clock, 120_000);
    const late = sink.records.slice(-20).map(({ timestampMs }) => clock.now() - (timestampMs ?? 0));
    expect(Math.max(...late)).toBeLessThan(20_000);
    expect(Math.min(...late)).toBeLessThan(1_000);
    await source.stop();
  });

  it('delivers nothing after it was stopped', async () => {
    const clock = new ManualClock(startMs);
    const sink = new RecordingSink();
    const source = createSampleRecordSource({ clock });
    await source.start(sink);
    await source.stop();
    const before = sink.records.length;
    await advance(clock, 60_000);
    expect(sink.records).toHaveLength(before);
  });

  it('gives a record again, the newest thousand of them', async () => {
    const clock = new ManualClock(startMs);
    const sink = new RecordingSink();
    const source = createSampleRecordSource({ clock });
    await source.start(sink);
    expect(await source.fetch(sink.records[3]!)).toEqual(sink.records[3]);
    await advance(clock, 900_000);
    expect(sink.records.length).toBeGreaterThan(1_100);
    expect(await source.fetch(sink.records[3]!)).toBeUndefined();
    expect(await source.fetch(sink.records.at(-1)!)).toEqual(sink.records.at(-1));
    await source.stop();
  });
});

/** Each of its timers is late, as in an engine that has much to do. */
class LateClock extends ManualClock {
  override after(ms: number, callback: () => void) {
    return super.after(ms + 20, callback);
  }
}

/** Moves the clock in small steps, so that what is delivered asynchronously can set its next timer. */
async function advance(clock: ManualClock, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 100) {
    clock.advance(Math.min(100, left));
    await new Promise(setImmediate);
  }
}
