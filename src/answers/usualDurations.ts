import { median } from '../analysis/statistics.ts';
import { openRecord } from '../decode/decodeExecution.ts';
import type { Redaction } from '../masking/redaction.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { ExecutionKey, Milliseconds, NodeId, NodeRun } from '../trace/execution.ts';
import type { ExecutionRecords } from './executionRecords.ts';

/** So many tell what is usual; older ones ran another revision of the flow. */
export const mostEarlier = 20;
/** Fewer than these have no usual. */
const fewest = 3;
/** A record that is larger has thousands of nodes: reading twenty of them would keep the engine for seconds. */
const mostRecordBytes = 1024 * 1024;
/** Some flow files that are open, each with its earlier executions. */
const mostKept = 8 * mostEarlier;
/** Of one execution; the rest is one node over and over. */
const mostRuns = 5_000;

/** What is needed of the world. */
export interface UsualDurationsWorld {
  readonly room: ExecutionRecords;
  readonly redaction: Redaction;
  /** Lets others have their turn: nobody waits for what is usual. */
  readonly turn: () => Promise<void>;
  /** More is known now. */
  readonly onChange: () => void;
}

interface Kept {
  readonly stored: StoredExecution;
  readonly redactionRevision: number;
  readonly durations: ReadonlyMap<NodeId, readonly Milliseconds[]>;
}

/**
 * How long nodes take usually: the middle of what they took in earlier executions whose records are in memory. These
 * are read one by one while the engine has nothing else to do.
 */
export class UsualDurations {
  private readonly world: UsualDurationsWorld;
  private readonly kept = new Map<ExecutionKey, Kept>();
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

  /** By what is known by now; what is missing is read from now on. */
  of(earlier: readonly StoredExecution[]): ReadonlyMap<NodeId, Milliseconds> {
    const all = new Map<NodeId, Milliseconds[]>();
    const wanted: StoredExecution[] = [];
    for (const stored of earlier.slice(-mostEarlier)) {
      const kept = this.keptOf(stored);
      if (kept === undefined) wanted.push(stored);
      for (const [nodeId, durations] of kept?.durations ?? []) {
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

  private keptOf(stored: StoredExecution): Kept | undefined {
    const kept = this.kept.get(stored.summary.key);
    const isOfNow =
      kept?.stored === stored && kept.redactionRevision === this.world.redaction.revision;
    return isOfNow ? kept : undefined;
  }

  private want(wanted: readonly StoredExecution[]): void {
    this.wanted = [...new Set([...this.wanted, ...wanted])].slice(-mostKept);
    if (!this.isReading) void this.readAll();
  }

  private async readAll(): Promise<void> {
    this.isReading = true;
    while (this.wanted.length > 0) {
      await this.world.turn();
      const stored = this.wanted.at(-1);
      this.wanted = this.wanted.slice(0, -1);
      if (stored !== undefined && this.keptOf(stored) === undefined) this.read(stored);
    }
    this.isReading = false;
    this.changes++;
    this.world.onChange();
  }

  private read(stored: StoredExecution): void {
    const { room, redaction } = this.world;
    const { key } = stored.summary;
    this.kept.delete(key);
    const redactionRevision = redaction.revision;
    this.kept.set(key, { stored, redactionRevision, durations: this.durationsOf(stored, room) });
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= mostKept) break;
      this.kept.delete(oldest);
    }
  }

  /** By other rules of masking than before it may be refused: then it tells nothing. */
  private runsOf(record: ConsumedRecord): readonly NodeRun[] {
    try {
      return openRecord(record, this.world.redaction.rules).execution().runs;
    } catch {
      return [];
    }
  }

  /** None of what is not in memory: it isn't worth a way to Kafka. */
  private durationsOf(stored: StoredExecution, room: ExecutionRecords): Kept['durations'] {
    const durations = new Map<NodeId, Milliseconds[]>();
    const record = stored.recordBytes > mostRecordBytes ? undefined : room.held(stored);
    if (record === undefined) return durations;
    const runs = this.runsOf(record);
    for (const { nodeId, status, durationMs } of runs.slice(0, mostRuns)) {
      if (status !== 'succeeded' || durationMs === null) continue;
      const known = durations.get(nodeId);
      if (known === undefined) durations.set(nodeId, [durationMs]);
      else known.push(durationMs);
    }
    return durations;
  }
}
