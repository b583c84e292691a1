import * as zlib from 'node:zlib';
import type * as kafkajs from 'kafkajs';
import type { KafkaConfig, Message, Producer, SASLOptions } from 'kafkajs';
import { withoutCredentials } from '../base/shownAddress.ts';
import type { KafkaOptions } from './kafkaOptions.ts';
import { KafkaPortError } from './kafkaPort.ts';
import type { KafkaPort, OnTrouble } from './kafkaPort.ts';
import { isLoginRefused, protocolTypes, troubleText } from './kafkaTrouble.ts';
import type { FailedAttempt } from './kafkaTrouble.ts';
import { createSocketClues } from './socketClues.ts';
import type { ClientSockets } from './socketClues.ts';
import type { QueuedRecord } from './delivery.ts';
import type { TelemetryLog } from './telemetryLog.ts';

type Library = typeof kafkajs;

/** Long enough for a broker far away, short enough that a robot at its end is not held up. */
const connectionMs = 5_000;
const requestMs = 10_000;
/**
 * A connection without records is closed: kafkajs has a timer on each that keeps the process alive, and a robot
 * that is done shall end. A new one takes some ten milliseconds.
 */
const idleMs = 1_000;

/** The port over kafkajs, which is loaded with the first record. */
export function createKafkaJsPort(
  options: KafkaOptions,
  log: TelemetryLog,
  onTrouble?: OnTrouble,
): KafkaPort {
  let opened: Promise<Opened> | undefined;
  let sockets: ClientSockets | undefined;
  let idle: NodeJS.Timeout | undefined;
  let hasDelivered = false;
  let isFirst = true;
  const attempted = (error: unknown, topic: string, clue = clues.last()): FailedAttempt => ({
    ...{ error, topic, options, clue, isFirst, hasDelivered },
  });
  const clues = createSocketClues((clue) => {
    const trouble = troubleText(attempted(undefined, '', clue));
    if (trouble !== undefined) onTrouble?.(trouble);
  });
  const failed = (error: unknown, topic: string) => {
    const attempt = attempted(error, topic);
    isFirst = false;
    return asPortError(attempt);
  };
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
      clues.forget();
      if (opened === undefined) {
        sockets = clues.sockets();
        opened = open(options, log, sockets);
      }
      let current: Opened;
      try {
        current = await opened;
      } catch (error) {
        // The next attempt starts anew.
        opened = undefined;
        throw failed(error, topic);
      }
      try {
        const partition = await sendBatch(current, topic, records, options);
        hasDelivered = true;
        isFirst = true;
        return partition;
      } catch (error) {
        throw failed(error, topic);
      } finally {
        idle = setTimeout(() => void close(), idleMs);
        idle.unref();
      }
    },
    abandon() {
      opened = undefined;
      sockets?.destroy();
    },
    close,
  };
}

interface Opened {
  readonly producer: Producer;
  readonly library: Library;
}

async function open(
  options: KafkaOptions,
  log: TelemetryLog,
  sockets: ClientSockets,
): Promise<Opened> {
  const { loadKafkaJs } = await import('./kafkaJs.ts');
  const library = await loadKafkaJs();
  if (options.compression === 'zstd') installZstd(library);
  const producer = new library.Kafka(configOf(options, library, log, sockets)).producer({
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

function configOf(
  options: KafkaOptions,
  library: Library,
  log: TelemetryLog,
  { socketFactory }: ClientSockets,
): KafkaConfig {
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

function asPortError(attempt: FailedAttempt): KafkaPortError {
  const { error } = attempt;
  if (error instanceof KafkaPortError) return error;
  const message = withoutCredentials(error instanceof Error ? error.message : String(error));
  const types = protocolTypes(error);
  if (types.has('MESSAGE_TOO_LARGE') || types.has('RECORD_LIST_TOO_LARGE')) {
    return new KafkaPortError('tooLarge', message, { cause: error });
  }
  const isRefused = isLoginRefused(error) || finalTypes.some((type) => types.has(type));
  const trouble = troubleText(attempt);
  return new KafkaPortError(isRefused ? 'refused' : 'later', message, { cause: error, trouble });
}

/** What another try does not change. */
const finalTypes = ['TOPIC_AUTHORIZATION_FAILED', 'INVALID_TOPIC_EXCEPTION', 'INVALID_RECORD'];
