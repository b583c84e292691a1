import type { KafkaConnection, StartPosition } from '../record/recordSource.ts';

/** Which source the engine shall read. */
export type SourceSpec =
  | {
      readonly kind: 'kafka';
      readonly connection: KafkaConnection;
      readonly topic: string;
      readonly start: StartPosition;
    }
  | { readonly kind: 'files'; readonly paths: readonly string[] }
  /** Files dropped on the panel: a page sees contents, never paths. */
  | {
      readonly kind: 'contents';
      readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
    }
  | { readonly kind: 'sample' };

/** The source as shown: what it is, without any secret. */
export interface SourceLabel {
  readonly kind: 'none' | SourceSpec['kind'];
  /** Kafka: the topic; files: the file's name (or how many); sample: empty. */
  readonly name: string;
  /** Kafka: the brokers; files: the paths. */
  readonly detail: string;
}
