import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { ConsumedRecord, RecordPosition } from '../../record/consumedRecord.ts';
import type { RecordSink, RecordSource } from '../../record/recordSource.ts';
import type { SampleRobotOptions, ToldStep } from './sampleRobot.ts';
import { written } from './wireRecord.ts';

/** The topic of the robot's records. */
export const sampleTopic = 'sample-robot';

/**
 * How many records can be fetched again: about twenty minutes of play. The engine's window holds far
 * fewer executions of the robot than these, and at some 10 KB each they stay below 10 MB.
 */
const keptRecords = 1_000;

/** Plays the sample robot: its history at once, then live, until stopped. */
export function createSampleRecordSource(options: {
  readonly clock: Clock;
  readonly seed?: number;
  readonly timeoutOf?: SampleRobotOptions['timeoutOf'];
}): RecordSource {
  return new SampleRecordSource(options.clock, options.seed ?? 20_251, options.timeoutOf);
}

class SampleRecordSource implements RecordSource {
  private readonly clock: Clock;
  private readonly seed: number;
  private readonly timeoutOf: SampleRobotOptions['timeoutOf'] | undefined;
  private readonly kept = new Map<string, ConsumedRecord>();
  private sink: RecordSink | undefined;
  private steps: Iterator<ToldStep> | undefined;
  private waiting: ToldStep | undefined;
  private timer: Disposable | undefined;
  private offset = 0;
  private paused = false;
  private stopped = false;
  private delivery: Promise<void> = Promise.resolve();

  constructor(clock: Clock, seed: number, timeoutOf: SampleRobotOptions['timeoutOf'] | undefined) {
    this.clock = clock;
    this.seed = seed;
    this.timeoutOf = timeoutOf;
  }

  async start(sink: RecordSink): Promise<void> {
    this.sink = sink;
    // Its stories are a bundle of their own.
    const { toldSteps } = await import('./sampleRobot.ts');
    if (this.stopped) return;
    const { clock, seed, timeoutOf } = this;
    const options = { seed, startMs: clock.now(), now: () => clock.now() };
    this.steps = toldSteps(timeoutOf === undefined ? options : { ...options, timeoutOf });
    sink.onState({ kind: 'connecting' });
    const history: ConsumedRecord[] = [];
    for (;;) {
      this.waiting = this.take();
      if (this.waiting === undefined || this.waiting.afterMs > 0) break;
      history.push(this.toRecord(this.waiting));
    }
    const high = String(this.offset);
    sink.onPartitions([{ topic: sampleTopic, partition: 0, low: '0', high }]);
    this.tellLive(history.length);
    this.deliver(history);
    await this.delivery;
    this.tellLive(0);
    this.wait();
  }

  pause(): void {
    if (this.paused || this.stopped) return;
    this.paused = true;
    this.timer?.dispose();
    this.sink?.onState({ kind: 'paused', lag: 0 });
  }

  resume(): void {
    if (!this.paused || this.stopped) return;
    this.paused = false;
    this.tellLive(0);
    this.wait();
  }

  fetch({ topic, offset }: RecordPosition): Promise<ConsumedRecord | undefined> {
    return Promise.resolve(topic === sampleTopic ? this.kept.get(offset) : undefined);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.timer?.dispose();
    await this.delivery;
  }

  /** Who paused while it was read is not told that it plays. */
  private tellLive(lag: number): void {
    if (!this.paused) this.sink?.onState({ kind: 'live', lag });
  }

  private take(): ToldStep | undefined {
    const step = this.steps?.next();
    return step?.done === false ? step.value : undefined;
  }

  private wait(): void {
    const step = this.waiting;
    if (step === undefined || this.paused || this.stopped) return;
    this.timer = this.clock.after(step.afterMs, () => {
      this.deliver([this.toRecord(step)]);
      this.waiting = this.take();
      // The next one only when this one was taken.
      void this.delivery.then(() => this.wait());
    });
  }

  private deliver(records: readonly ConsumedRecord[]): void {
    this.delivery = this.delivery.then(async () => {
      if (!this.stopped) await this.sink?.onRecords(records);
    });
  }

  private toRecord(step: ToldStep): ConsumedRecord {
    const record: ConsumedRecord = {
      topic: sampleTopic,
      partition: 0,
      offset: String(this.offset++),
      timestampMs: step.timestampMs,
      key: null,
      value: new TextEncoder().encode(written(step.record)),
    };
    this.kept.set(record.offset, record);
    this.kept.delete(String(this.offset - 1 - keptRecords));
    return record;
  }
}
