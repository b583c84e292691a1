import type { DropReason } from './delivery.ts';

/** Thrown to who asked to wait for the delivery of a record. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  readonly topic: string;
  readonly reason: DropReason;

  constructor(topic: string, reason: DropReason, detail: string) {
    super(`The record for ${topic} was not delivered (${reason}): ${detail}`);
    this.topic = topic;
    this.reason = reason;
  }
}
