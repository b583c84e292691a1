import type { SendOptions } from './delivery.ts';

/** A record that nobody has taken yet. */
export interface UnsentRecord {
  /** Where it was to go. */
  readonly topic: string;
  /** The record as JSON. */
  readonly value: string;
}

/** Takes records; `KafkaProducerService`, the file and the console are such. */
export interface RecordSender {
  /** Takes a record and returns at once; says whether it was taken. */
  send(topic: string, value: string, options: SendOptions): boolean;
  /**
   * Waits until what was given is sent, at most so long. `isLast`: the process ends, so it waits no longer once it is known
   * that nothing can be sent.
   */
  flush?(timeoutMs?: number, isLast?: boolean): Promise<unknown>;
  /** Sends what waits, at most so long, and ends. */
  close?(timeoutMs?: number): Promise<unknown>;
  /** Gives back what waits, as the process ends and it can't be sent any more. */
  takeUnsent?(): readonly UnsentRecord[];
}
