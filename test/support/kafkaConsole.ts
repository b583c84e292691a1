import { run } from './childProcess.ts';
import { quickStart } from './kafkaClasses.ts';
import type { KafkaInstallation } from './kafkaInstallation.ts';

/** How the Java producer compresses a batch. */
export type Compression = 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';

/** One line to produce: a value alone, or with its key; neither may hold a line break or a tab. */
export interface ProducedLine {
  readonly key?: string;
  readonly value: string;
}

/** Kafka's own command line clients; each call starts a Java program and takes a second. */
export interface KafkaConsole {
  /** Writes the lines and resolves when the broker has acknowledged all of them. */
  produce(
    topic: string,
    lines: readonly ProducedLine[],
    options?: { readonly compression?: Compression },
  ): Promise<void>;
  /** Reads `count` values from the beginning of the topic; rejects after `timeoutMs` without one. */
  consume(
    topic: string,
    options: { readonly count: number; readonly timeoutMs?: number },
  ): Promise<readonly string[]>;
}

/** The console clients of an installation, bound to the plain listener of a broker. */
export function kafkaConsole(
  installation: KafkaInstallation,
  brokers: string,
  javaOptions: readonly string[],
): KafkaConsole {
  const java = (mainClass: string, args: readonly string[], input = '') =>
    run(
      'java',
      [
        ...['-Xmx256m', '-XX:+UseSerialGC', ...quickStart, ...javaOptions],
        '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
        '-cp',
        installation.classPath,
        mainClass,
        '--bootstrap-server',
        brokers,
        ...args,
      ],
      { input },
    );
  return {
    produce: async (topic, lines, { compression = 'none' } = {}) => {
      const text = lines.map(({ key, value }) => `${key ?? nullMarker}\t${value}\n`).join('');
      const args = ['--topic', topic, '--compression-codec', compression];
      const reader = ['parse.key=true', `null.marker=${nullMarker}`];
      const properties = reader.flatMap((property) => ['--reader-property', property]);
      // One request size fits the largest record that the test broker takes.
      const producer = ['--command-property', 'max.request.size=16777216'];
      const mainClass = 'org.apache.kafka.tools.ConsoleProducer';
      await java(mainClass, [...args, ...properties, ...producer], text);
    },
    consume: async (topic, { count, timeoutMs = 15_000 }) => {
      const { stdout } = await java('org.apache.kafka.tools.consumer.ConsoleConsumer', [
        ...['--topic', topic, '--from-beginning', '--max-messages', String(count)],
        ...['--timeout-ms', String(timeoutMs)],
      ]);
      const values = stdout.split('\n').slice(0, -1);
      if (values.length === count) return values;
      throw new Error(`${topic}: ${String(values.length)} of ${String(count)} records came`);
    },
  };
}

const nullMarker = '<none>';
