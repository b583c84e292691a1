import type { ConsumedRecord, Offset, RecordPosition } from './consumedRecord.ts';
import type { UnreadableBatch } from './unreadableBatch.ts';

/** Why a source can't deliver, in words that sources share. The sentence for each stands in the `errorTexts.ts` of one. */
export type SourceErrorReason =
  | 'unreachable'
  | 'tls'
  | 'authentication'
  | 'notAuthorized'
  | 'noSuchTopic'
  | 'fileNotFound'
  | 'fileUnreadable'
  /** `detail`: how large it is, and how large it may be. */
  | 'fileTooLarge'
  /** Packed in a form that is not read, or damaged; the detail names it. */
  | 'filePacked'
  | 'badSettings'
  | 'unsupportedCompression'
  | 'unknown';

/** An error of a source as data. */
export interface SourceError {
  readonly reason: SourceErrorReason;
  /** The library's own words, for the log and for those who know them. Never holds a password. */
  readonly detail: string;
  /** What it was about: the brokers, the topic, the file. */
  readonly subject: string;
  /** For `noSuchTopic`: the topics that exist, sorted, internal ones left out. */
  readonly topics?: readonly string[];
}

/** How much of a source with an end is read, in bytes. */
export interface ReadShare {
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/** What a source is doing. `lag` = records that the topic has and we have not read yet. */
export type SourceState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live'; readonly lag: number }
  /** Connected, and waiting before damaged records: `batch`, and those of so many more partitions. */
  | {
      readonly kind: 'stuck';
      readonly lag: number;
      readonly batch: UnreadableBatch;
      readonly more: number;
    }
  /** A source with an end (files) is read to it. */
  | ({ readonly kind: 'reading' } & ReadShare)
  | { readonly kind: 'paused'; readonly lag: number }
  /** The connection is lost and tried again. */
  | { readonly kind: 'retrying'; readonly error: SourceError; readonly attempt: number }
  /** A source with an end (a file) was read whole. */
  | { readonly kind: 'ended' }
  /** The reader ended reading before the end; what was read stays. */
  | ({ readonly kind: 'endedEarly' } & ReadShare)
  | { readonly kind: 'failed'; readonly error: SourceError };

/** The records that one partition holds now: `low` is the first offset, `high` the next to be written. */
export interface PartitionRange {
  readonly topic: string;
  readonly partition: number;
  readonly low: Offset;
  readonly high: Offset;
  /** Kafka's id of the cluster, or the brokers' addresses where it tells none; sources without a cluster have none. */
  readonly clusterId?: string;
}

/** What became of a topic while it was followed: something that was read, or was to be read, is gone. */
export type TopicNews =
  /** It was deleted and created again under its name, and is read from its beginning. */
  | { readonly kind: 'madeAnew'; readonly topic: string }
  /** The topic let go of records before they were read: by its retention, or because somebody removed them. */
  | {
      readonly kind: 'removed';
      readonly topic: string;
      readonly partitions: readonly RemovedCount[];
    };

/** How many records of a partition were removed unread. */
export interface RemovedCount {
  readonly partition: number;
  readonly count: number;
}

/** Where reading stands in a partition: `next` is the first offset that is not read yet, `high` the next to be written. */
export interface PartitionPosition {
  readonly partition: number;
  readonly next: Offset;
  readonly high: Offset;
}

/** How far back a source was read. */
export interface ReadBack {
  /**
   * From when on everything is read: where some partitions were read further back than others, the time from which on
   * all of them are. Null while nothing tells a time.
   */
  readonly sinceMs: number | null;
  /** How many offsets lie before what was read; compaction and transactions may have left fewer records there. */
  readonly before: number;
}

/** Whether records come behind those read so far, or before them because somebody asked for older ones. */
export type RecordAge = 'next' | 'older';

/** Who takes what a source delivers. */
export interface RecordSink {
  /**
   * Takes a batch, in offset order within each partition. A source awaits the answer before it delivers
   * more: that is the back-pressure. What the records hold may be gone behind the answer: who keeps any of it copies it.
   */
  onRecords(batch: readonly ConsumedRecord[], age?: RecordAge): void | Promise<void>;
  onState(state: SourceState): void;
  /** Records that can't be read: told once, when reading comes to them. */
  onUnreadable?(batch: UnreadableBatch, age?: RecordAge): void;
  /** Called before the first records and after each (re)assignment. */
  onPartitions(ranges: readonly PartitionRange[]): void;
  onTopicNews(news: TopicNews): void;
}

/** Where records come from: Kafka, files, the sample robot. Used once: start, then stop. */
export interface RecordSource {
  /** Starts delivering. Resolves once connected; an error is a `failed` state, not a rejection. */
  start(sink: RecordSink): Promise<void>;
  pause(): void;
  resume(): void;
  /** Ends reading where it is; records of what was read can still be read again. Sources without an end have none. */
  endEarly?(): void;
  /** Goes on behind the damaged records at a position; false when it doesn't stand before them. */
  skip?(position: RecordPosition): boolean;
  /** Whether damaged records are skipped without being asked; they aren't until this says so. */
  setSkipsDamaged?(skips: boolean): void;
  /** Where reading stands in each partition; sources without partitions have none. */
  readonly positions?: readonly PartitionPosition[];
  /** How far back it was read; null until that is known. Sources that are always read whole have none. */
  readonly readBack?: ReadBack | null;
  /**
   * Delivers the next older records of each partition; resolves when they are taken. Asked twice at a time it reads
   * once. Rejects when it can't go on; what it delivered until then it delivers again the next time.
   */
  readOlder?(): Promise<void>;
  /** Reads one record again; undefined when it is no longer there. */
  fetch(position: RecordPosition): Promise<ConsumedRecord | undefined>;
  /** Stops delivering and lets go of everything. Resolves when nothing more will be delivered. */
  stop(): Promise<void>;
}
