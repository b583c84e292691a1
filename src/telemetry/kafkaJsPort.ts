import { connect as connectPlain, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import * as zlib from 'node:zlib';
import type * as kafkajs from 'kafkajs';
import type { ISocketFactory, KafkaConfig, Message, Producer, SASLOptions } from 'kafkajs';
import { withoutCredentials } from '../base/shownAddress.ts';
import { mendKafkaJsTimers } from './kafkaJsTimers.ts';
import type { KafkaOptions } from './kafkaOptions.ts';
import { KafkaPortError } from './kafkaPort.ts';
import type { KafkaPort } from './kafkaPort.ts';
import type { QueuedRecord } from './delivery.ts';
import type { TelemetryLog } from './telemetryLog.ts';

type Library = typeof kafkajs;

/** Long enough for a broker far away, short enough that a robot at its end is not held up. */
const connectionMs = 5_000;
const requestMs = 10_000;
const keepAliveMs = 60_000;
/**
 * A connection without records is closed: kafkajs has a timer on each that keeps the process alive, and a robot
 * that is done shall end. A new one takes some ten milliseconds.
 */
const idleMs = 1_000;

/** The port over kafkajs, which is loaded with the first record. */
export function createKafkaJsPort(options: KafkaOptions, log: TelemetryLog): KafkaPort {
  let opened: Promise<Opened> | undefined;
  let idle: NodeJS.Timeout | undefined;
  const close = async () => {
    clearTimeout(idle);
    const last = opened;
    opened = undefined;
    const current = await last?.catch(() => undefined);
    await current?.producer.disconnect().catch(() => undefined);
  };
  return {
    async send(topic, records) {
      clearTimeout(idle);
      opened ??= open(options, log);
      let current: Opened;
      try {
        current = await opened;
      } catch (error) {
        // The next attempt starts anew.
        opened = undefined;
        throw asPortError(error);
      }
      try {
        return await sendBatch(current, topic, records, options);
      } catch (error) {
        throw asPortError(error);
      } finally {
        idle = setTimeout(() => void close(), idleMs);
        idle.unref();
      }
    },
    close,
  };
}

interface Opened {
  readonly producer: Producer;
  readonly library: Library;
}

async function open(options: KafkaOptions, log: TelemetryLog): Promise<Opened> {
  const namespace = await import('kafkajs');
  // Node finds only some names of this CommonJS package; all of them stand on its default export.
  const library = 'default' in namespace ? namespace.default : namespace;
  await mendKafkaJsTimers();
  if (options.compression === 'zstd') installZstd(library);
  const producer = new library.Kafka(configOf(options, library, log)).producer({
    createPartitioner: library.Partitioners.DefaultPartitioner,
  });
  try {
    await producer.connect();
  } catch (error) {
    await producer.disconnect().catch(() => undefined);
    throw error;
  }
  return { producer, library };
}

function configOf(options: KafkaOptions, library: Library, log: TelemetryLog): KafkaConfig {
  const config: KafkaConfig = {
    brokers: [...options.servers],
    clientId: options.clientId ?? 'rpa-trace-telemetry',
    connectionTimeout: connectionMs,
    authenticationTimeout: connectionMs,
    requestTimeout: requestMs,
    // The service tries again itself, for as long as a record may wait.
    retry: { retries: 1, initialRetryTime: 100 },
    socketFactory,
    logLevel: library.logLevel.WARN,
    logCreator: () => (entry) => {
      log('debug', withoutCredentials(`kafkajs: ${entry.log.message}`));
    },
  };
  if (options.sasl !== undefined) config.sasl = { ...options.sasl } as SASLOptions;
  if (options.tls !== undefined) config.ssl = options.tls;
  return config;
}

/** As kafkajs does it, but for a robot that ends while it connects. */
const socketFactory: ISocketFactory = ({ host, port, ssl, onConnect }) => {
  const servername = isIP(host) === 0 ? { servername: host } : {};
  // The types say it is always there; without TLS it is null.
  const isTls = Boolean(ssl as unknown);
  const socket = isTls
    ? connectTls({ host, port, ...servername, ...ssl }, onConnect)
    : connectPlain({ host, port }, onConnect);
  socket.setKeepAlive(true, keepAliveMs);
  socket.unref();
  return socket;
};

async function sendBatch(
  { producer, library }: Opened,
  topic: string,
  records: readonly QueuedRecord[],
  { compression = 'none' }: KafkaOptions,
): Promise<number | undefined> {
  const { None, GZIP, ZSTD } = library.CompressionTypes;
  const messages = records.map(({ value, key, timestampMs }): Message => {
    const timestamp = timestampMs === undefined ? {} : { timestamp: String(timestampMs) };
    return { value, key: key ?? null, ...timestamp };
  });
  const written = await producer.send({
    topic,
    messages,
    compression: compression === 'gzip' ? GZIP : compression === 'zstd' ? ZSTD : None,
  });
  return written.length === 1 ? written[0]?.partition : undefined;
}

/** kafkajs knows the kind but not the algorithm; Node has had it since 22.15. */
function installZstd(library: Library): void {
  if (!('zstdCompressSync' in zlib)) {
    throw new KafkaPortError('refused', 'zstd needs Node 22.15 or newer; use gzip.');
  }
  const { zstdCompressSync, zstdDecompressSync } = zlib as typeof zlib & ZstdFunctions;
  library.CompressionCodecs[library.CompressionTypes.ZSTD] = () => ({
    compress: (encoder: { readonly buffer: Buffer }) =>
      Promise.resolve(zstdCompressSync(encoder.buffer)),
    decompress: (bytes: Buffer) => Promise.resolve(zstdDecompressSync(bytes)),
  });
}

interface ZstdFunctions {
  readonly zstdCompressSync: (bytes: Uint8Array) => Buffer;
  readonly zstdDecompressSync: (bytes: Uint8Array) => Buffer;
}

function asPortError(error: unknown): KafkaPortError {
  if (error instanceof KafkaPortError) return error;
  const message = withoutCredentials(error instanceof Error ? error.message : String(error));
  const type = typeOf(error);
  if (type === 'MESSAGE_TOO_LARGE' || type === 'RECORD_LIST_TOO_LARGE') {
    return new KafkaPortError('tooLarge', message, error);
  }
  const name = error instanceof Error ? error.name : '';
  const refused =
    name === 'KafkaJSSASLAuthenticationError' ||
    ['TOPIC_AUTHORIZATION_FAILED', 'INVALID_TOPIC_EXCEPTION', 'INVALID_RECORD'].includes(type);
  return new KafkaPortError(refused ? 'refused' : 'later', message, error);
}

/** The protocol's own word, if a broker gave one; it may lie below an error of kafkajs. */
function typeOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('type' in at && typeof at.type === 'string') return at.type;
  }
  return '';
}
