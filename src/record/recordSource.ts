import type { ConsumedRecord, Offset, RecordPosition } from './consumedRecord.ts';

/** Why a source can't deliver. The sentence for it is made at the edge. */
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

/** Who takes what a source delivers. */
export interface RecordSink {
  /**
   * Takes a batch, in offset order within each partition. A source awaits the answer before it delivers
   * more: that is the back-pressure.
   */
  onRecords(batch: readonly ConsumedRecord[]): void | Promise<void>;
  onState(state: SourceState): void;
  /** Called before the first records and after each (re)assignment. */
  onPartitions(ranges: readonly PartitionRange[]): void;
}

/** Where records come from: Kafka, files, the sample robot. Used once: start, then stop. */
export interface RecordSource {
  /** Starts delivering. Resolves once connected; an error is a `failed` state, not a rejection. */
  start(sink: RecordSink): Promise<void>;
  pause(): void;
  resume(): void;
  /** Ends reading where it is; records of what was read can still be read again. Sources without an end have none. */
  endEarly?(): void;
  /** Reads one record again; undefined when it is no longer there. */
  fetch(position: RecordPosition): Promise<ConsumedRecord | undefined>;
  /** Stops delivering and lets go of everything. Resolves when nothing more will be delivered. */
  stop(): Promise<void>;
}

/** Where to start reading each partition. */
export type StartPosition =
  | { readonly kind: 'last'; readonly count: number }
  | { readonly kind: 'latest' }
  | { readonly kind: 'earliest' }
  | { readonly kind: 'time'; readonly timestampMs: number };

/** How to reach a Kafka cluster. */
export interface KafkaConnection {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly tls: {
    readonly enabled: boolean;
    readonly caFile?: string;
    readonly rejectUnauthorized: boolean;
  };
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
}
