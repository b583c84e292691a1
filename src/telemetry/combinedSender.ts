import type { RecordSender } from './recordSender.ts';

/** Gives each record to all of the senders: to Kafka and to a file, for one. */
export function combineSenders(...senders: readonly RecordSender[]): RecordSender {
  return {
    send(topic, value, options) {
      const others = { ...options, onDelivery: () => undefined };
      // Who sends hears of the first, which is the one that matters.
      const failed: unknown[] = [];
      const taken = senders.map((sender, at) => {
        // One that throws must not cost the others the record.
        try {
          return sender.send(topic, value, at === 0 ? options : others);
        } catch (error) {
          failed.push(error);
          return false;
        }
      });
      if (failed.length > 0) throw failed[0];
      return taken.some(Boolean);
    },
    async flush(timeoutMs, isLast) {
      await allOf(senders.map(async (sender) => sender.flush?.(timeoutMs, isLast)));
    },
    async close(timeoutMs) {
      await allOf(senders.map(async (sender) => sender.close?.(timeoutMs)));
    },
    takeUnsent: () => senders.flatMap((sender) => sender.takeUnsent?.() ?? []),
  };
}

/** Waits for each, and rejects as the first one did. */
async function allOf(works: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(works);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
