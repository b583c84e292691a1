/** What was counted of a topic, as it is kept. */
export interface CountedTopic {
  /** How often it was found to be made anew: its offsets began again, so those of the higher number stand. */
  readonly anew: number;
  /** When it was read last, milliseconds since the epoch. */
  readonly seenMs: number;
  /** The next offset to count, by partition. */
  readonly next: Readonly<Record<string, string>>;
}

/** Up to where executions were counted and received, by `cluster id/topic`. */
export type LedgerData = Readonly<Record<string, CountedTopic>>;

/** More topics than anyone reads in months; of 50 partitions each they are some 200 KB. */
export const mostTopics = 200;

/**
 * What several windows counted, as one: of each partition the later offset. The order doesn't matter and nothing is
 * counted for less by being merged twice, so that windows need not take turns.
 */
export function mergeLedgers(...ledgers: readonly LedgerData[]): LedgerData {
  const merged = new Map<string, CountedTopic>();
  for (const [name, topic] of ledgers.flatMap((ledger) => Object.entries(ledger))) {
    const known = merged.get(name);
    merged.set(name, known === undefined ? topic : mergeTopics(known, topic));
  }
  // The least recently seen leave.
  const topics = [...merged].sort(([, a], [, b]) => b.seenMs - a.seenMs).slice(0, mostTopics);
  return Object.fromEntries(topics);
}

/** What was kept; what of it is broken counts as not kept. */
export function readLedger(kept: unknown): LedgerData {
  if (!isRecord(kept)) return {};
  return Object.fromEntries(
    Object.entries(kept).flatMap(([name, topic]) => {
      if (!isRecord(topic) || !isRecord(topic['next'])) return [];
      const { anew, seenMs, next } = topic;
      if (!isCount(anew) || !isCount(seenMs)) return [];
      const offsets = Object.entries(next).filter(
        (entry): entry is [string, string] =>
          /^\d+$/.test(entry[0]) && typeof entry[1] === 'string' && /^\d+$/.test(entry[1]),
      );
      return [[name, { anew, seenMs, next: Object.fromEntries(offsets) }]];
    }),
  );
}

function mergeTopics(a: CountedTopic, b: CountedTopic): CountedTopic {
  const seenMs = Math.max(a.seenMs, b.seenMs);
  if (a.anew !== b.anew) return { ...(a.anew > b.anew ? a : b), seenMs };
  const next = { ...a.next };
  for (const [partition, offset] of Object.entries(b.next)) {
    const known = next[partition];
    if (known === undefined || BigInt(offset) > BigInt(known)) next[partition] = offset;
  }
  return { anew: a.anew, seenMs, next };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
