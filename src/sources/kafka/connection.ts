import { readFile } from 'node:fs/promises';
import type { Kafka, KafkaConfig, LogEntry, SASLOptions } from 'kafkajs';
import { isBroker } from '../../base/brokers.ts';
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import { shownAddress, withoutCredentials } from '../../base/shownAddress.ts';
import type { SourceError } from '../../record/recordSource.ts';
import type { KafkaConnection } from './spec.ts';
import { mendKafkaJsTimers } from '../../telemetry/kafkaJsTimers.ts';
import { installCodecs } from './codecs.ts';
import { readFetchAnswers } from './fetchAnswers.ts';
import type { KeptAnswers } from './keptAnswers.ts';
import { clientError } from './kafkaErrors.ts';
import { withIpv6Addresses, withIpv6Name } from './ipv6Names.ts';
import { kafkajs } from './kafkajsNames.ts';
import { createSocketWatch } from './socketWatch.ts';
import type { SocketEnd, SocketWatch } from './socketWatch.ts';
import { describeTopic } from './topic.ts';
import type { TopicDescription } from './topic.ts';

/** Takes a line for the log. */
export type KafkaLog = (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;

/** A client of kafkajs, and what its sockets saw. */
export interface KafkaClient {
  readonly kafka: Kafka;
  readonly watch: SocketWatch;
  /** Where what it fetched stands, until it was read. */
  readonly answers: KeptAnswers;
}

/** How long `testConnection` may take, whatever the other side does. */
const testMs = 9_000;

/** Makes a client, nothing connected yet; fails on settings that can't work and on an unreadable CA file. */
export async function createKafkaClient(
  connection: KafkaConnection,
  log: KafkaLog,
  onLost: (end: SocketEnd) => void = () => undefined,
): Promise<Result<KafkaClient, SourceError>> {
  const wrong = connection.brokers.find((broker) => !isBroker(broker));
  if (wrong !== undefined || connection.brokers.length === 0) {
    const subject = shownAddress(wrong ?? '');
    return err({ reason: 'badSettings', subject, detail: '' });
  }
  const ca = await readCa(connection);
  if (!ca.ok) return ca;
  installCodecs();
  const answers = readFetchAnswers();
  await mendKafkaJsTimers();
  const { tls, sasl } = connection;
  const watch = createSocketWatch(onLost, answers);
  const config: KafkaConfig = {
    clientId: connection.clientId,
    brokers: connection.brokers.map(withIpv6Name),
    socketFactory: watch.socketFactory,
    connectionTimeout: 5_000,
    authenticationTimeout: 5_000,
    requestTimeout: 15_000,
    // Enough for a fresh broker's first group; a lost broker is our own loop's to try again.
    retry: { retries: 5, initialRetryTime: 150, maxRetryTime: 1_000 },
    logLevel: kafkajs.logLevel.INFO,
    logCreator: () => (entry) => {
      log(levelOf(entry), messageOf(entry));
    },
  };
  if (sasl !== undefined) config.sasl = { ...sasl } as SASLOptions;
  if (tls.enabled) {
    config.ssl = { rejectUnauthorized: tls.rejectUnauthorized };
    if (ca.value !== undefined) config.ssl.ca = ca.value;
  }
  const kafka = new kafkajs.Kafka(config);
  return ok({ kafka, watch, answers });
}

/**
 * Connects, looks whether the topic is there and says what is wrong if not; makes no topic. Gives the
 * topics that exist and the number of partitions; answers within ten seconds.
 */
export async function testConnection(
  connection: KafkaConnection,
  topic: string,
  log: KafkaLog = () => undefined,
): Promise<Result<TopicDescription, SourceError>> {
  const client = await createKafkaClient(connection, log);
  if (!client.ok) return client;
  const { kafka, watch } = client.value;
  const admin = kafka.admin({ retry: { retries: 1, initialRetryTime: 150 } });
  const attempt = async () => {
    await admin.connect();
    return describeTopic(admin, topic);
  };
  try {
    return await within(testMs, attempt());
  } catch (error) {
    return err(clientError(error, connection, watch.lastEnd()));
  } finally {
    // Not awaited: a connection that hangs hangs at its end too.
    void admin.disconnect().catch(() => undefined);
  }
}

/** Rejects when `promise` has not settled after `ms`. */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`No answer within ${ms / 1000} s`));
    }, ms);
  });
  // What comes after the limit is nobody's concern.
  promise.catch(() => undefined);
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}

async function readCa(
  connection: KafkaConnection,
): Promise<Result<string | undefined, SourceError>> {
  const { enabled, caFile } = connection.tls;
  if (!enabled || caFile === undefined || caFile === '') return ok(undefined);
  try {
    const content = await readFile(caFile, 'utf8');
    if (content.includes('-----BEGIN CERTIFICATE-----')) return ok(content);
    return err({ reason: 'tls', subject: caFile, detail: 'The file holds no PEM certificate' });
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const detail = error instanceof Error ? error.message : String(error);
    return err({ reason: missing ? 'fileNotFound' : 'fileUnreadable', subject: caFile, detail });
  }
}

/** kafkajs calls a retried connection an error; for our log it is one only when we give up, and then we say so. */
function levelOf(entry: LogEntry): 'debug' | 'info' | 'warn' {
  if (entry.level === kafkajs.logLevel.ERROR) return 'warn';
  return entry.level === kafkajs.logLevel.WARN ? 'info' : 'debug';
}

function messageOf({ namespace, log: { message, broker, error } }: LogEntry): string {
  const details = [broker, error].filter((part) => typeof part === 'string').join(' ');
  const line = `kafkajs ${namespace}: ${message}${details === '' ? '' : ` (${details})`}`;
  return withoutCredentials(withIpv6Addresses(line));
}
