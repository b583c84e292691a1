/**
 * A real Apache Kafka for tests and demonstrations: one broker on free loopback ports.
 *
 *     const broker = await startKafkaBroker();
 *     const kafka = new Kafka({ brokers: [broker.brokers] });
 *     ...
 *     await broker.stop();
 *
 * It takes some two seconds. It does not outlive the process that started it, however that ends.
 */
import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePorts, startChild, type Child } from './childProcess.ts';
import { archivedClasses, archiving, quickStart, type JavaOptions } from './kafkaClasses.ts';
import { kafkaConsole, type KafkaConsole } from './kafkaConsole.ts';
import {
  kafkaInstallation,
  kafkaUser,
  keyStorePassword,
  type KafkaInstallation,
} from './kafkaInstallation.ts';

/** What the broker shall be able to do beside the plain listener. */
export interface KafkaBrokerOptions {
  /** Adds the listeners SASL_SSL, SASL_PLAINTEXT and SSL. */
  readonly sasl?: boolean;
  /** Whether a client that asks for an unknown topic makes it; the default of Kafka is `true`. */
  readonly autoCreateTopics?: boolean;
  /** Compiles what runs often as well as Java can: for measuring, not for starting soon. */
  readonly optimized?: boolean;
  /** After how long it closes a connection on which nothing happens; ten minutes by default. */
  readonly idleMs?: number;
  readonly log?: (line: string) => void;
}

/** The addresses of the protected listeners, each `host:port`, and what a client needs for them. */
export interface ProtectedListeners {
  readonly saslBrokers: string;
  readonly saslPlaintextBrokers: string;
  readonly tlsBrokers: string;
  /** PEM file of the authority that signed the broker's certificate. */
  readonly caFile: string;
  /** Known to PLAIN, SCRAM-SHA-256 and SCRAM-SHA-512. */
  readonly user: typeof kafkaUser;
}

/** A running broker. */
export interface KafkaBroker {
  /** `host:port` of the plain listener. */
  readonly brokers: string;
  readonly protected: ProtectedListeners | undefined;
  readonly dataDir: string;
  /** The Java console clients: what a producer that isn't kafkajs writes, and reads. */
  readonly console: KafkaConsole;
  /** Ends the broker and deletes its data. */
  stop(): Promise<void>;
  /** Ends it as a power failure would; the data stays for `restart`. */
  kill(): Promise<void>;
  /** Starts it again with the same ports and data, after an orderly stop if it still runs. */
  restart(): Promise<void>;
}

/** Starts a broker and resolves when it serves; throws `Unavailable` where Java can't be had. */
export async function startKafkaBroker(options: KafkaBrokerOptions = {}): Promise<KafkaBroker> {
  const installation = await kafkaInstallation();
  const classes = await archivedClasses(installation, (folder) => archive(installation, folder));
  return startBroker(installation, options, classes);
}

/** Lets Kafka do once what the tests do, and write down at its orderly end which classes that took. */
async function archive(installation: KafkaInstallation, folder: string): Promise<void> {
  const broker = await startBroker(installation, { sasl: true }, archiving(folder));
  try {
    await broker.console.produce('topic', [{ value: 'value' }], { compression: 'zstd' });
    await broker.restart();
  } finally {
    await broker.stop();
  }
}

async function startBroker(
  installation: KafkaInstallation,
  options: KafkaBrokerOptions,
  java: JavaOptions,
): Promise<KafkaBroker> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rpa-trace-kafka-'));
  const [plain, controller, saslSsl, saslPlaintext, ssl] = await freePorts(5);
  const ports = { plain, controller, saslSsl, saslPlaintext, ssl } as Ports;
  await cp(installation.formattedData, join(dataDir, 'log'), { recursive: true });
  await nameCluster(join(dataDir, 'log', 'meta.properties'));
  const properties = join(dataDir, 'server.properties');
  await writeFile(properties, serverProperties(options, ports, installation, dataDir));

  const launch = () => launchBroker(installation, properties, options, java.broker);
  let child: Child | undefined = await launch();
  const brokers = `127.0.0.1:${String(ports.plain)}`;
  const end = async (how: 'stop' | 'kill') => {
    const running = child;
    child = undefined;
    await (how === 'kill' ? running?.kill() : running?.stop(60_000));
  };
  return {
    brokers,
    dataDir,
    protected: options.sasl === true ? protectedListeners(ports, installation) : undefined,
    console: kafkaConsole(installation, brokers, java.client),
    // The data is thrown away, so there is nothing that an orderly end would save.
    stop: async () => {
      await end('kill');
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
    kill: () => end('kill'),
    restart: async () => {
      await end('stop');
      child = await launch();
    },
  };
}

/** Each broker is a cluster of its own; the data that they all copy has one id. */
async function nameCluster(metaProperties: string): Promise<void> {
  const text = await readFile(metaProperties, 'utf8');
  const id = `c${randomBytes(16).toString('base64url').slice(1)}`;
  await writeFile(metaProperties, text.replace(/^cluster\.id=.*$/m, `cluster.id=${id}`));
}

interface Ports {
  readonly plain: number;
  readonly controller: number;
  readonly saslSsl: number;
  readonly saslPlaintext: number;
  readonly ssl: number;
}

function launchBroker(
  installation: KafkaInstallation,
  properties: string,
  { log, optimized = false }: KafkaBrokerOptions,
  javaOptions: readonly string[],
): Promise<Child> {
  const logger = '-Dorg.slf4j.simpleLogger';
  return startChild({
    command: 'java',
    args: [
      // Serial collection and little compiling leave the two cores of a small machine to the tests.
      ...['-Xmx512m', '-XX:+UseSerialGC', ...javaOptions],
      ...(optimized ? ['-XX:CICompilerCount=2'] : quickStart),
      ...[`${logger}.defaultLogLevel=warn`, `${logger}.log.kafka.server.KafkaRaftServer=info`],
      ...['-cp', installation.classPath, 'kafka.Kafka', properties],
    ],
    ready: /Kafka Server started/,
    onLine: log,
  });
}

function protectedListeners(ports: Ports, installation: KafkaInstallation): ProtectedListeners {
  return {
    saslBrokers: `127.0.0.1:${String(ports.saslSsl)}`,
    saslPlaintextBrokers: `127.0.0.1:${String(ports.saslPlaintext)}`,
    tlsBrokers: `127.0.0.1:${String(ports.ssl)}`,
    caFile: installation.caFile,
    user: kafkaUser,
  };
}

function serverProperties(
  options: KafkaBrokerOptions,
  ports: Ports,
  installation: KafkaInstallation,
  dataDir: string,
): string {
  const listeners = [
    `PLAINTEXT://127.0.0.1:${String(ports.plain)}`,
    `CONTROLLER://127.0.0.1:${String(ports.controller)}`,
  ];
  if (options.sasl === true) {
    listeners.push(`SASL_SSL://127.0.0.1:${String(ports.saslSsl)}`);
    listeners.push(`SASL_PLAINTEXT://127.0.0.1:${String(ports.saslPlaintext)}`);
    listeners.push(`SSL://127.0.0.1:${String(ports.ssl)}`);
  }
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${String(ports.controller)}`,
    `listeners=${listeners.join(',')}`,
    'controller.listener.names=CONTROLLER',
    'inter.broker.listener.name=PLAINTEXT',
    'listener.security.protocol.map=' +
      'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SSL:SSL',
    // A properties file knows the backslash as an escape.
    `log.dirs=${join(dataDir, 'log').replaceAll('\\', '/')}`,
    `auto.create.topics.enable=${String(options.autoCreateTopics ?? true)}`,
    'offsets.topic.num.partitions=1',
    'offsets.topic.replication.factor=1',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'share.coordinator.state.topic.replication.factor=1',
    'share.coordinator.state.topic.min.isr=1',
    'group.initial.rebalance.delay.ms=0',
    // After a kill the controller takes the broker back only when its old session has ended; 9 s by default.
    'broker.session.timeout.ms=3000',
    'broker.heartbeat.interval.ms=500',
    'message.max.bytes=16777216',
    ...(options.idleMs === undefined ? [] : [`connections.max.idle.ms=${String(options.idleMs)}`]),
    ...(options.sasl === true ? saslProperties(installation) : []),
  ].join('\n');
}

function saslProperties(installation: KafkaInstallation): readonly string[] {
  const { username, password } = kafkaUser;
  const plain =
    'org.apache.kafka.common.security.plain.PlainLoginModule required ' +
    `user_${username}="${password}";`;
  const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';
  return [
    'sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    `ssl.keystore.location=${installation.keyStore.replaceAll('\\', '/')}`,
    'ssl.keystore.type=PKCS12',
    `ssl.keystore.password=${keyStorePassword}`,
    ...['sasl_ssl', 'sasl_plaintext'].flatMap((listener) => [
      `listener.name.${listener}.plain.sasl.jaas.config=${plain}`,
      `listener.name.${listener}.scram-sha-256.sasl.jaas.config=${scram}`,
      `listener.name.${listener}.scram-sha-512.sasl.jaas.config=${scram}`,
    ]),
  ];
}
