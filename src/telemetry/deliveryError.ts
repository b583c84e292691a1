import type { DropReason } from './delivery.ts';

/** Thrown to who asked to wait for the delivery of a record. */
export class DeliveryError extends Error {
  /** Tells it from other errors. */
  override readonly name = 'DeliveryError';
  /** Where the record was to go. */
  readonly topic: string;
  /** Why it did not arrive. */
  readonly reason: DropReason;

  constructor(topic: string, reason: DropReason, detail: string) {
    super(`The record for ${topic} was not delivered (${reason}): ${detail}`);
    this.topic = topic;
    this.reason = reason;
  }
}
