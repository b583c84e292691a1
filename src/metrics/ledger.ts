import { type LedgerData, mergeLedgers, mostTopics } from './ledgerData.ts';

/** Where a record stands: `topic` with the id of its cluster before it. */
export interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

/** The position behind a record that was counted, to be entered where its count is received. */
export interface Mark {
  readonly topic: string;
  readonly anew: number;
  readonly partition: number;
  readonly next: string;
}

interface Topic {
  anew: number;
  seenMs: number;
  readonly next: Map<number, bigint>;
}

/**
 * Remembers up to which offset of each partition executions were counted, so that reading a topic again
 * (after a restart of the engine or of VS Code) counts nothing twice.
 */
export class Ledger {
  private readonly topics = new Map<string, Topic>();

  constructor(data: LedgerData = {}) {
    this.include(data);
  }

  /** Adds what was kept, or what another window counted. */
  include(data: LedgerData): void {
    const merged = mergeLedgers(this.toData(), data);
    this.topics.clear();
    for (const [name, { anew, seenMs, next }] of Object.entries(merged)) {
      const offsets = Object.entries(next).map(
        ([partition, offset]) => [Number(partition), BigInt(offset)] as const,
      );
      this.topics.set(name, { anew, seenMs, next: new Map(offsets) });
    }
  }

  /** Gives a mark the first time a record is seen; records of a partition arrive in offset order. */
  take({ topic, partition, offset }: Place, nowMs: number): Mark | undefined {
    const next = this.topics.get(topic)?.next.get(partition) ?? 0n;
    if (BigInt(offset) < next) return undefined;
    const anew = this.topics.get(topic)?.anew ?? 0;
    const mark = { topic, anew, partition, next: String(BigInt(offset) + 1n) };
    this.enter(mark, nowMs);
    return mark;
  }

  /** Moves a partition on to a mark, never back. */
  enter({ topic, anew, partition, next }: Mark, nowMs: number): void {
    const known = this.topics.get(topic);
    if (known === undefined) {
      this.topics.set(topic, { anew, seenMs: nowMs, next: new Map([[partition, BigInt(next)]]) });
      if (this.topics.size > mostTopics) this.letOneGo();
      return;
    }
    this.renew(topic, anew);
    if (known.anew !== anew) return;
    known.seenMs = nowMs;
    if (BigInt(next) > (known.next.get(partition) ?? 0n)) known.next.set(partition, BigInt(next));
  }

  /** Whether more was counted of a partition than it holds: it is another one of the same name. */
  isBeyond({ topic, partition, offset }: Place): boolean {
    return BigInt(offset) < (this.topics.get(topic)?.next.get(partition) ?? 0n);
  }

  /** Says that a topic is read; false for one of which nothing was counted yet. */
  see(topic: string, nowMs: number): boolean {
    const known = this.topics.get(topic);
    if (known !== undefined) known.seenMs = nowMs;
    return known !== undefined;
  }

  /** A topic was made anew: counting starts over. Gives its new number; undefined where nothing was counted. */
  forget(topic: string): number | undefined {
    const known = this.topics.get(topic);
    if (known === undefined) return undefined;
    this.renew(topic, known.anew + 1);
    return known.anew;
  }

  /** Starts over where the number is a higher one. */
  renew(topic: string, anew: number): void {
    const known = this.topics.get(topic);
    if (known === undefined || known.anew >= anew) return;
    known.anew = anew;
    known.next.clear();
  }

  /** What to keep. */
  toData(): LedgerData {
    return Object.fromEntries(
      [...this.topics].map(([name, { anew, seenMs, next }]) => {
        const offsets = [...next].map(
          ([partition, offset]) => [partition, String(offset)] as const,
        );
        return [name, { anew, seenMs, next: Object.fromEntries(offsets) }];
      }),
    );
  }

  private letOneGo(): void {
    const [longestUnseen] = [...this.topics].sort(([, a], [, b]) => a.seenMs - b.seenMs);
    if (longestUnseen !== undefined) this.topics.delete(longestUnseen[0]);
  }
}
