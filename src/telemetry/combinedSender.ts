import type { RecordSender } from './recordSender.ts';

/** Gives each record to all of the senders: to Kafka and to a file, for one. */
export function combineSenders(...senders: readonly RecordSender[]): RecordSender {
  return {
    send(topic, value, options) {
      const others = { ...options, onDelivery: () => undefined };
      // Who sends hears of the first, which is the one that matters.
      return senders
        .map((sender, at) => sender.send(topic, value, at === 0 ? options : others))
        .some(Boolean);
    },
    async flush(timeoutMs) {
      await Promise.all(senders.map(async (sender) => sender.flush?.(timeoutMs)));
    },
    async close(timeoutMs) {
      await Promise.all(senders.map(async (sender) => sender.close?.(timeoutMs)));
    },
    takeUnsent: () => senders.flatMap((sender) => sender.takeUnsent?.() ?? []),
  };
}
