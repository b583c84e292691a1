import type { PastExecution } from '../analysis/pastExecution.ts';
import { median } from '../analysis/statistics.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { Milliseconds, NodeId } from '../trace/execution.ts';

/** So many tell what is usual; older ones ran another revision of the flow. */
export const mostEarlier = 20;
/** Fewer than these have no usual. */
const fewest = 3;
/** A record that is larger has thousands of nodes: reading twenty of them would keep the engine for seconds. */
const mostRecordBytes = 1024 * 1024;
/** Some flow files that are open, each with its earlier executions. */
const mostWanted = 8 * mostEarlier;
/** Of one execution; the rest is one node over and over. */
const mostRuns = 5_000;

/** What is needed of the world. */
export interface UsualDurationsWorld {
  /** What executions in memory did, each looked into once for all who ask. */
  readonly past: {
    of(stored: StoredExecution): PastExecution | undefined;
    lookInto(stored: StoredExecution): Promise<PastExecution | undefined>;
  };
  /** Lets others have their turn: nobody waits for what is usual. */
  readonly turn: () => Promise<void>;
  /** More is known now. */
  readonly onChange: () => void;
}

type NodeDurations = ReadonlyMap<NodeId, readonly Milliseconds[]>;

/**
 * How long nodes take usually: the middle of what they took in earlier executions whose records are in memory. These
 * are looked into one by one while the engine has nothing else to do.
 */
export class UsualDurations {
  private readonly world: UsualDurationsWorld;
  private readonly made = new WeakMap<PastExecution, NodeDurations>();
  /** Of which nothing more is to be known: the record is too large, or gone. */
  private readonly unknown = new WeakSet<StoredExecution>();
  private wanted: readonly StoredExecution[] = [];
  private isReading = false;
  private changes = 0;

  constructor(world: UsualDurationsWorld) {
    this.world = world;
  }

  /** Grows when more is known. */
  get revision(): number {
    return this.changes;
  }

  /** By what is known by now; what is missing is looked into from now on. */
  of(earlier: readonly StoredExecution[]): ReadonlyMap<NodeId, Milliseconds> {
    const all = new Map<NodeId, Milliseconds[]>();
    const wanted: StoredExecution[] = [];
    for (const stored of earlier.slice(-mostEarlier)) {
      const past = this.world.past.of(stored);
      if (past === undefined && !this.unknown.has(stored)) wanted.push(stored);
      for (const [nodeId, durations] of past === undefined ? [] : this.durationsOf(past)) {
        const known = all.get(nodeId);
        if (known === undefined) all.set(nodeId, [...durations]);
        else known.push(...durations);
      }
    }
    if (wanted.length > 0) this.want(wanted);
    return new Map(
      [...all].flatMap(([nodeId, durations]) =>
        durations.length < fewest ? [] : [[nodeId, median(durations)] as const],
      ),
    );
  }

  private want(wanted: readonly StoredExecution[]): void {
    this.wanted = [...new Set([...this.wanted, ...wanted])].slice(-mostWanted);
    if (!this.isReading) void this.readAll();
  }

  private async readAll(): Promise<void> {
    this.isReading = true;
    while (this.wanted.length > 0) {
      await this.world.turn();
      const stored = this.wanted.at(-1);
      this.wanted = this.wanted.slice(0, -1);
      if (stored !== undefined) await this.read(stored);
    }
    this.isReading = false;
    this.changes++;
    this.world.onChange();
  }

  /** What is not in memory isn't worth a way to Kafka. */
  private async read(stored: StoredExecution): Promise<void> {
    const isSmall = stored.recordBytes <= mostRecordBytes;
    const past = isSmall ? await this.world.past.lookInto(stored) : undefined;
    if (past === undefined) this.unknown.add(stored);
  }

  private durationsOf(past: PastExecution): NodeDurations {
    const made = this.made.get(past);
    if (made !== undefined) return made;
    const durations = new Map<NodeId, Milliseconds[]>();
    for (const { nodeId, status, durationMs } of past.nodes.slice(0, mostRuns)) {
      if (status !== 'succeeded' || durationMs === null) continue;
      const known = durations.get(nodeId);
      if (known === undefined) durations.set(nodeId, [durationMs]);
      else known.push(durationMs);
    }
    this.made.set(past, durations);
    return durations;
  }
}
