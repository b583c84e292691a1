import type { Kafka } from 'kafkajs';
import { ByteReader } from './byteReader.ts';

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

/** Reads an answer to `metadataRequest` up to the id; throws where it is none. Exported for its test. */
export function decodeMetadata(bytes: Buffer): TopicLookup {
  const reader = new ByteReader(bytes);
  skipTags(reader);
  reader.skip(4);
  for (let brokers = compactLength(reader); brokers > 0; brokers--) {
    reader.skip(4);
    skipText(reader);
    reader.skip(4);
    skipText(reader);
    skipTags(reader);
  }
  skipText(reader);
  reader.skip(4);
  if (compactLength(reader) === 0) return { kind: 'missing' };
  const code = reader.int16();
  skipText(reader);
  const id = reader.view(16).toString('hex');
  if (code === unknownTopicCode) return { kind: 'missing' };
  return id === noId ? { kind: 'noId' } : { kind: 'found', id };
}

/** In Kafka's compact encoding lengths are one more than they say, and 0 is null. */
function compactLength(reader: ByteReader): number {
  return Math.max(0, reader.unsignedVarint() - 1);
}

function skipText(reader: ByteReader): void {
  reader.skip(compactLength(reader));
}

/** However many it says there are: each takes bytes, and these end. */
function skipTags(reader: ByteReader): void {
  for (let tags = reader.unsignedVarint(); tags > 0; tags--) {
    reader.unsignedVarint();
    reader.skip(reader.unsignedVarint());
  }
}

function unsignedVarint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return Buffer.from([...bytes, rest]);
}
