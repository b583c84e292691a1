import type { ConsumedRecord } from '../../../../src/record/consumedRecord.ts';
import type {
  PartitionRange,
  RecordSink,
  SourceState,
} from '../../../../src/record/recordSource.ts';

/** A sink that remembers what it was given. */
export class RecordingSink implements RecordSink {
  readonly records: ConsumedRecord[] = [];
  readonly batchSizes: number[] = [];
  readonly states: SourceState[] = [];
  readonly ranges: (readonly PartitionRange[])[] = [];
  /** What `onRecords` waits for, so that a test can hold the source back. */
  gate: Promise<void> = Promise.resolve();

  async onRecords(batch: readonly ConsumedRecord[]): Promise<void> {
    this.records.push(...batch);
    this.batchSizes.push(batch.length);
    await this.gate;
  }

  onState(state: SourceState): void {
    this.states.push(state);
  }

  onPartitions(ranges: readonly PartitionRange[]): void {
    this.ranges.push(ranges);
  }

  onTopicNews(): void {
    throw new Error('Only a topic of Kafka has news');
  }

  get values(): string[] {
    return this.records.map(({ value }) => new TextDecoder().decode(value ?? new Uint8Array()));
  }
}
