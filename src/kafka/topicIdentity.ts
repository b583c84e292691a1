import type { Kafka } from 'kafkajs';

/** What a broker says of a topic's name: the id that Kafka gave the topic, where it gives ids at all. */
export type TopicLookup =
  | { readonly kind: 'found'; readonly id: string }
  | { readonly kind: 'missing' }
  /** A broker before Kafka 2.8, or one that doesn't show this user the topic. */
  | { readonly kind: 'noId' };

/** Asks for topic ids, on a connection of its own. */
export interface TopicIdentity {
  /** Rejects when no broker answers. */
  lookUp(topic: string): Promise<TopicLookup>;
  close(): Promise<void>;
}

/** The parts of kafkajs behind its public names that are used here. */
interface Cluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  refreshMetadataIfNecessary(): Promise<void>;
  readonly brokerPool: {
    withBroker<T>(ask: (at: { readonly broker: Broker }) => Promise<T>): Promise<T | null>;
  };
}
interface Broker {
  readonly versions: Readonly<Record<number, { readonly maxVersion: number } | undefined>>;
  readonly connectionPool: {
    send<T>(call: { readonly request: object; readonly response: object }): Promise<T>;
  };
}
type CreateCluster = (options: { readonly allowAutoTopicCreation: boolean }) => Cluster;

const metadataKey = 3;
/** The first that carries topic ids; kafkajs itself stops at 6. */
const metadataVersion = 10;
const unknownTopicCode = 3;
const noId = '00000000000000000000000000000000';

/**
 * kafkajs can't ask for topic ids, so its own connection (with its TLS and SASL) is sent the request as bytes.
 * The way to that connection is private; where a later kafkajs has none, there are no ids and nothing breaks.
 */
export function createTopicIdentity(kafka: Kafka): TopicIdentity {
  const cluster = clusterOf(kafka);
  return {
    async lookUp(topic) {
      if (cluster === undefined) return { kind: 'noId' };
      await cluster.connect();
      await cluster.refreshMetadataIfNecessary();
      const answer = await cluster.brokerPool.withBroker(async ({ broker }) => {
        const newest = broker.versions[metadataKey]?.maxVersion ?? 0;
        if (newest < metadataVersion) return { kind: 'noId' } as const;
        return broker.connectionPool.send<TopicLookup>({
          request: metadataRequest(topic),
          response: {
            decode: (bytes: Buffer) => Promise.resolve(decodeMetadata(bytes)),
            parse: (lookup: TopicLookup) => Promise.resolve(lookup),
          },
        });
      });
      if (answer === null) throw new Error(`No broker tells of the topic ${topic}`);
      return answer;
    },
    close: async () => cluster?.disconnect(),
  };
}

function clusterOf(kafka: Kafka): Cluster | undefined {
  const create = Object.getOwnPropertySymbols(kafka).find(
    ({ description }) => description === 'private:Kafka:createCluster',
  );
  if (create === undefined) return undefined;
  const createCluster = (kafka as unknown as Record<symbol, CreateCluster>)[create];
  return createCluster?.({ allowAutoTopicCreation: false });
}

function metadataRequest(topic: string): object {
  const name = Buffer.from(topic);
  const bytes = Buffer.concat([
    // No tags in the header; one topic, asked for by its name and not by an id.
    Buffer.from([0, 2, ...Buffer.alloc(16)]),
    unsignedVarint(name.byteLength + 1),
    name,
    // No tags of the topic; don't create it, no authorized operations; no tags.
    Buffer.from([0, 0, 0, 0, 0]),
  ]);
  return {
    apiKey: metadataKey,
    apiVersion: metadataVersion,
    apiName: 'Metadata',
    // What kafkajs reads of an encoder.
    encode: () => Promise.resolve({ buf: bytes, buffer: bytes }),
  };
}

/** Reads an answer to `metadataRequest` up to the id. Exported for its test. */
export function decodeMetadata(bytes: Buffer): TopicLookup {
  const reader = new FlexibleReader(bytes);
  reader.skipTags();
  reader.skip(4);
  for (let brokers = reader.length(); brokers > 0; brokers--) {
    reader.skip(4);
    reader.skipText();
    reader.skip(4);
    reader.skipText();
    reader.skipTags();
  }
  reader.skipText();
  reader.skip(4);
  if (reader.length() === 0) return { kind: 'missing' };
  const code = reader.int16();
  reader.skipText();
  const id = reader.hex(16);
  if (code === unknownTopicCode) return { kind: 'missing' };
  return id === noId ? { kind: 'noId' } : { kind: 'found', id };
}

/** Kafka's compact encoding: lengths are unsigned varints, one more than they say, and 0 is null. */
class FlexibleReader {
  private readonly bytes: Buffer;
  private at = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  skip(count: number): void {
    this.at += count;
  }

  int16(): number {
    this.at += 2;
    return this.bytes.readInt16BE(this.at - 2);
  }

  hex(count: number): string {
    this.at += count;
    if (this.at > this.bytes.byteLength) throw new RangeError('The answer is cut off');
    return this.bytes.toString('hex', this.at - count, this.at);
  }

  length(): number {
    return Math.max(0, this.varint() - 1);
  }

  skipText(): void {
    this.skip(this.length());
  }

  skipTags(): void {
    for (let tags = this.varint(); tags > 0; tags--) {
      this.varint();
      this.skip(this.varint());
    }
  }

  private varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.bytes.readUInt8(this.at++);
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('A number of the answer has no end');
  }
}

function unsignedVarint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return Buffer.from([...bytes, rest]);
}
