import type { QueuedRecord } from './delivery.ts';

/** What the service needs of a Kafka client. */
export interface KafkaPort {
  /**
   * Sends records of one topic and resolves when the brokers have them, with their partition if it is the
   * same for all. Connects when needed. Rejects with a `KafkaPortError`.
   */
  send(topic: string, records: readonly QueuedRecord[]): Promise<number | undefined>;
  /** Ends an attempt that is under way: it fails, and keeps the process alive no longer. */
  abandon(): void;
  close(): Promise<void>;
}

/** Hears why nothing is delivered, while it is still tried. */
export type OnTrouble = (trouble: string) => void;

/** Why a batch was not taken. */
export class KafkaPortError extends Error {
  override readonly name = 'KafkaPortError';
  /** `later`: worth another try. `tooLarge`, `refused`: never. */
  readonly kind: 'later' | 'tooLarge' | 'refused';
  /** Why nothing is delivered, and what to do; undefined where the records are at fault, or it may pass. */
  readonly trouble: string | undefined;

  constructor(
    kind: KafkaPortError['kind'],
    message: string,
    { cause, trouble }: { readonly cause?: unknown; readonly trouble?: string | undefined } = {},
  ) {
    super(message, { cause });
    this.kind = kind;
    this.trouble = trouble;
  }
}
