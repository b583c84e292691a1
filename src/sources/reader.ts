import type { Clock } from '../base/clock.ts';
import type { SourceLabel, SourceSpec } from '../protocol/sources.ts';
import type { ConsumedRecord, RecordPosition } from '../record/consumedRecord.ts';
import type {
  PartitionPosition,
  PartitionRange,
  ReadBack,
  RecordAge,
  RecordSource,
  SourceState,
  TopicNews,
} from '../record/recordSource.ts';
import type { UnreadableBatch } from '../record/unreadableBatch.ts';
import type { Log } from '../base/log.ts';
import { createSource, labelOf, type SourceWorld } from './createSource.ts';

/** Who takes what the reader reads. */
export interface ReaderWorld {
  readonly clock: Clock;
  readonly log: Log;
  readonly onRecords: (batch: readonly ConsumedRecord[], age: RecordAge) => void | Promise<void>;
  readonly onUnreadable: (batch: UnreadableBatch, age: RecordAge) => void;
  /** A source is about to be started. */
  readonly onOpen?: () => void;
  readonly onState: () => void;
  /** Older records are read from now on, or no longer. */
  readonly onReadBack: () => void;
  readonly onPartitions: (ranges: readonly PartitionRange[]) => void;
  readonly onTopicNews: (news: TopicNews) => void;
  /** For tests that need a source of their own. */
  readonly createSource?: (spec: SourceSpec, world: SourceWorld) => RecordSource;
  /** For the sample robot, which does what flow files say: the time that one gives a node. */
  readonly timeoutOf?: (nodeId: string) => number | null;
}

const noSource: SourceLabel = { kind: 'none', name: '', detail: '' };

/** The source that is read now: opened, replaced, closed. */
export class Reader {
  private readonly world: ReaderWorld;
  private source: RecordSource | undefined;
  private shownLabel = noSource;
  private shownState: SourceState = { kind: 'idle' };
  private openedAt = 0;
  private skipsDamaged = false;
  /** Older records that are being read, of the source that is open. */
  private older: Promise<void> | undefined;
  /** Opening and closing take turns; what the next overtook while it waited never happens. */
  private turn: Promise<void> = Promise.resolve();
  private turns = 0;

  constructor(world: ReaderWorld) {
    this.world = world;
  }

  get label(): SourceLabel {
    return this.shownLabel;
  }

  get state(): SourceState {
    return this.shownState;
  }

  /** Where reading stands in each partition; none of sources without partitions. */
  get positions(): readonly PartitionPosition[] {
    return this.source?.positions ?? [];
  }

  /** How far back the source was read; null of those that are always read whole. */
  get readBack(): ReadBack | null {
    return this.source?.readBack ?? null;
  }

  get isReadingOlder(): boolean {
    return this.older !== undefined;
  }

  /** When the source was opened: what ended before is history. */
  get openedAtMs(): number {
    return this.openedAt;
  }

  /**
   * Replaces the source; `onStopped` runs when the old one delivers nothing more. Resolves before the new
   * one is connected: `state` tells how that goes.
   */
  open(spec: SourceSpec, onStopped: () => void): Promise<void> {
    return this.afterStop(() => {
      onStopped();
      this.start(spec);
    });
  }

  private start(spec: SourceSpec): void {
    const { clock, log, timeoutOf } = this.world;
    const source = (this.world.createSource ?? createSource)(spec, {
      ...{ clock, log },
      ...(timeoutOf === undefined ? {} : { timeoutOf }),
    });
    this.source = source;
    this.older = undefined;
    source.setSkipsDamaged?.(this.skipsDamaged);
    this.shownLabel = labelOf(spec);
    this.openedAt = clock.now();
    this.world.onOpen?.();
    // What an old source still says after it was replaced must not be taken for the new one's.
    const ifCurrent =
      <T extends readonly unknown[], R>(take: (...told: T) => R) =>
      (...told: T): R | undefined =>
        this.source === source ? take(...told) : undefined;
    const setState = ifCurrent((state: SourceState) => {
      this.setState(state);
    });
    source
      .start({
        onRecords: ifCurrent((batch, age = 'next') => this.world.onRecords(batch, age)),
        onState: setState,
        onUnreadable: ifCurrent((batch, age = 'next') => {
          this.world.onUnreadable(batch, age);
        }),
        onPartitions: ifCurrent(this.world.onPartitions),
        onTopicNews: ifCurrent(this.world.onTopicNews),
      })
      .catch((error: unknown) => {
        const detail = error instanceof Error ? error.message : String(error);
        const subject = labelOf(spec).name;
        setState({ kind: 'failed', error: { reason: 'unknown', detail, subject } });
      });
  }

  close(): Promise<void> {
    return this.afterStop(() => {
      this.shownLabel = noSource;
      this.setState({ kind: 'idle' });
    });
  }

  pause(): void {
    this.source?.pause();
  }

  resume(): void {
    this.source?.resume();
  }

  /** Ends reading a source with an end where it is. */
  endEarly(): void {
    this.source?.endEarly?.();
  }

  /** Goes on behind the damaged records at a position; false when the source doesn't stand before them. */
  skip(position: RecordPosition): boolean {
    return this.source?.skip?.(position) ?? false;
  }

  /** Whether this source and those after it skip damaged records by themselves. */
  setSkipsDamaged(skips: boolean): void {
    this.skipsDamaged = skips;
    this.source?.setSkipsDamaged?.(skips);
  }

  /** Reads the next older records; false where there is no source that has any. Asked twice at a time it reads once. */
  async readOlder(): Promise<boolean> {
    const { source } = this;
    if (source?.readOlder === undefined) return false;
    const older = (this.older ??= source.readOlder());
    this.world.onReadBack();
    try {
      await older;
    } finally {
      if (this.older === older) this.older = undefined;
      this.world.onReadBack();
    }
    return true;
  }

  /** Reads a record again; undefined when it is gone or there is no source any more. */
  async fetch(position: RecordPosition): Promise<ConsumedRecord | undefined> {
    return this.source?.fetch(position);
  }

  private afterStop(then: () => void): Promise<void> {
    const turn = ++this.turns;
    const done = this.turn.then(async () => {
      const source = this.source;
      this.source = undefined;
      await source?.stop();
      if (turn === this.turns) then();
    });
    // One that failed must not keep the next from its turn.
    this.turn = done.catch(() => undefined);
    return done;
  }

  private setState(state: SourceState): void {
    this.shownState = state;
    this.world.onState();
  }
}
