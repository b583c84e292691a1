import type { Ledger, Place } from './ledger.ts';
import type { RecordPosition } from '../record/consumedRecord.ts';
import type { PartitionRange } from '../record/recordSource.ts';

/** Where in which cluster the records of the open source stand, and whether a topic is still the one it was. */
export class ReadTopics {
  private readonly ledger: Ledger;
  private readonly onAnew: (topic: string) => void;
  private cluster = '';
  /** The last record of each partition since the source was opened. */
  private readonly last = new Map<string, bigint>();
  private readonly compared = new Set<string>();

  constructor(ledger: Ledger, onAnew: (topic: string) => void) {
    this.ledger = ledger;
    this.onAnew = onAnew;
  }

  /** A source is opened, maybe the same one again: it begins where it was told to. */
  opened(): void {
    this.compared.clear();
    this.last.clear();
  }

  /**
   * Compares what is counted with what the partitions hold, once for each topic: later ranges may be older than
   * the records that came meanwhile. Gives the topics.
   */
  partitions(ranges: readonly PartitionRange[]): readonly string[] {
    this.cluster = ranges[0]?.clusterId ?? this.cluster;
    const topics = [...new Set(ranges.map(({ topic }) => this.nameOf(topic)))];
    for (const topic of topics) {
      if (this.compared.has(topic)) continue;
      this.compared.add(topic);
      const isAnother = ranges.some(
        ({ topic: of, partition, high }) =>
          this.nameOf(of) === topic && this.ledger.isBeyond({ topic, partition, offset: high }),
      );
      if (isAnother) this.onAnew(topic);
    }
    return topics;
  }

  /** Where a record stands. One before its predecessor is in a topic that was made anew while it was read. */
  placeOf({ topic, partition, offset }: RecordPosition): Place {
    const place = { topic: this.nameOf(topic), partition, offset };
    const key = `${place.topic}/${String(partition)}`;
    const at = BigInt(offset);
    if (at <= (this.last.get(key) ?? -1n)) this.forget(topic);
    this.last.set(key, at);
    return place;
  }

  /** A topic was made anew. */
  forget(topic: string): void {
    this.last.clear();
    this.onAnew(this.nameOf(topic));
  }

  private nameOf(topic: string): string {
    return `${this.cluster}/${topic}`;
  }
}
