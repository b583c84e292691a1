/** Where a record stands. Structural, so that nothing but the position is needed. */
interface Position {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

/** The records that a partition holds: `high` is the next offset to be written. */
interface Range {
  readonly topic: string;
  readonly partition: number;
  readonly high: string;
}

/**
 * Remembers up to which offset of each partition executions were counted, so that reading a topic again
 * (after a restart of the engine or of VS Code) counts nothing twice.
 */
export class Ledger {
  /** The next offset to count, by `topic/partition`. */
  private readonly next = new Map<string, bigint>();

  constructor(data: Readonly<Record<string, string>>) {
    this.include(data);
  }

  /** Adds what was kept; where both know a partition, the later offset stands. */
  include(data: Readonly<Record<string, string>>): void {
    for (const [key, offset] of Object.entries(data)) {
      if (!/^\d+$/.test(offset)) continue;
      const next = BigInt(offset);
      if (next > (this.next.get(key) ?? 0n)) this.next.set(key, next);
    }
  }

  /** True the first time a record is seen; records of a partition arrive in offset order. */
  take({ topic, partition, offset }: Position): boolean {
    const key = `${topic}/${String(partition)}`;
    const at = BigInt(offset);
    if (at < (this.next.get(key) ?? 0n)) return false;
    this.next.set(key, at + 1n);
    return true;
  }

  /** A partition that ends before what was counted is a new one of the same name: counting starts over. */
  reset({ topic, partition, high }: Range): void {
    const key = `${topic}/${String(partition)}`;
    if (BigInt(high) < (this.next.get(key) ?? 0n)) this.next.delete(key);
  }

  /** A topic is another one of the same name: counting starts over. */
  forget(topic: string): void {
    for (const key of this.next.keys()) {
      if (key.slice(0, key.lastIndexOf('/')) === topic) this.next.delete(key);
    }
  }

  /** What to keep. */
  toData(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.next].map(([key, offset]) => [key, String(offset)]));
  }
}
