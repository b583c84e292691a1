import type { Admin } from 'kafkajs';
import type { Positions } from './positions.ts';
import { rangesOf } from './topic.ts';
import type { TopicIdentity, TopicLookup } from './topicIdentity.ts';

/** What a look at the topic gave; to be handed to `settle` once reading was placed accordingly. */
export interface TopicLook {
  /** `anew`: it is not the topic that was read, or there was none when we began to look for it. */
  readonly kind: 'same' | 'anew' | 'missing';
  readonly found: TopicLookup;
}

/** Whom to ask about a topic: for its id, and where brokers have none for the times of its records. */
export interface TopicSight {
  readonly identity: TopicIdentity;
  readonly admin: Admin;
}

/** Tells whether a topic's name still stands for the topic that was read; outlives connections. */
export interface TopicLife {
  look(sight: TopicSight, positions: Positions): Promise<TopicLook>;
  /** Reading is placed in the topic that was found. */
  settle(look: TopicLook): void;
  /** The broker knew no topic of this name. */
  noteMissing(): void;
}

/** The life of `topic`, of which nothing is known yet. */
export function createTopicLife(topic: string): TopicLife {
  let id: string | undefined;
  /** A broker that is behind the others may still tell of the topic before. */
  let formerId: string | undefined;
  let wasMissing = false;

  return {
    async look({ identity, admin }, positions) {
      const found = await identity.lookUp(topic);
      if (found.kind === 'missing') return { kind: 'missing', found };
      if (found.kind === 'found' && id !== undefined) {
        const isKnown = found.id === id || found.id === formerId;
        return { kind: isKnown ? 'same' : 'anew', found };
      }
      const isAnew = wasMissing || (await holdsOthers(admin, topic, positions));
      return { kind: isAnew ? 'anew' : 'same', found };
    },
    settle({ found }) {
      wasMissing = false;
      if (found.kind !== 'found' || found.id === id || found.id === formerId) return;
      formerId = id;
      id = found.id;
    },
    noteMissing() {
      wasMissing = true;
    },
  };
}

/**
 * Whether the records before our positions are others than those that were read. None of those was younger
 * than the youngest; so where a younger one stands before our position, it is not one that we read.
 */
async function holdsOthers(
  admin: Admin,
  topic: string,
  { newestMs, read }: Positions,
): Promise<boolean> {
  if (read.length === 0) return false;
  const ends = new Map((await rangesOf(admin, topic)).map((at) => [at.partition, BigInt(at.high)]));
  if (read.some(({ partition, next }) => next > (ends.get(partition) ?? 0n))) return true;
  if (newestMs === undefined) return false;
  const younger = await admin.fetchTopicOffsetsByTimestamp(topic, newestMs + 1);
  const offsets = new Map(younger.map(({ partition, offset }) => [partition, BigInt(offset)]));
  return read.some(({ partition, from, next }) => {
    const offset = offsets.get(partition) ?? next;
    // What lies before our first record was never read and may be of any time, the very first excepted.
    return offset < next && (offset >= from || offset === 0n);
  });
}
