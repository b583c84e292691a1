import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { cached } from './cacheFolder.ts';
import { canRun, run } from './childProcess.ts';
import { installDebianPackages } from './debian.ts';
import { Unavailable } from './unavailable.ts';

const kafkaVersion = '4.3.1';

/** The name and passwords that the SASL listeners of the test broker know. */
export const kafkaUser = { username: 'robot', password: 'robot-secret' } as const;

/** The password of the key store; the file never leaves the machine that made it. */
export const keyStorePassword = 'rpa-trace';

/** Apache Kafka on disk: programs, a formatted empty data folder, and the TLS identity. */
export interface KafkaInstallation {
  readonly classPath: string;
  /** What is made for one Kafka and one Java serves no other. */
  readonly version: string;
  /** To be copied: the data folder of a broker that has never run, with the SCRAM users in it. */
  readonly formattedData: string;
  readonly keyStore: string;
  /** PEM; what a client must trust. */
  readonly caFile: string;
}

/** Apache Kafka from its Maven artifacts, cached; throws `Unavailable` where Java can't be had. */
export async function kafkaInstallation(): Promise<KafkaInstallation> {
  await need(java);
  const jars = await cached(
    `kafka-${kafkaVersion}-v1`,
    `Apache Kafka ${kafkaVersion}`,
    downloadJars,
  );
  const classPath = join(jars, 'lib', '*');
  const formattedData = await cached(
    `kafka-${kafkaVersion}-formatted-v1`,
    'an empty Kafka data folder',
    (folder) => format(folder, classPath),
  );
  const identity = await cached('kafka-identity-v1', 'a TLS key for the test broker', makeIdentity);
  return {
    classPath,
    version: `${kafkaVersion}-java-${await javaVersion()}`,
    formattedData: join(formattedData, 'data'),
    keyStore: join(identity, 'broker.p12'),
    caFile: join(identity, 'ca.pem'),
  };
}

type Program = readonly [command: string, args: readonly string[]];
const java: Program = ['java', ['-version']];
/** These two are asked for when they are needed: each takes longer to say its version than Java to start. */
const keytool: Program = ['keytool', ['-help']];
const maven: Program = ['mvn', ['-v']];

async function need([command, args]: Program): Promise<void> {
  const isThere = () => canRun(command, args, { shell: isWindows && command === 'mvn' });
  if (await isThere()) return;
  await installDebianPackages(['openjdk-17-jre-headless', 'maven']);
  if (await isThere()) return;
  throw new Unavailable(
    'Apache Kafka needs Java 17 or newer and Maven on the PATH (java, keytool, mvn): please install them.',
  );
}

async function javaVersion(): Promise<string> {
  const { stderr } = await run(...java);
  return /"([\w.+-]+)"/.exec(stderr)?.[1] ?? 'unknown';
}

const isWindows = process.platform === 'win32';

async function downloadJars(folder: string): Promise<void> {
  await need(maven);
  await writeFile(join(folder, 'pom.xml'), pom());
  const args = ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime'];
  await run('mvn', [...args, '-DoutputDirectory=lib'], { cwd: folder, shell: isWindows });
}

function pom(): string {
  const dependencies = [
    `org.apache.kafka:kafka_2.13:${kafkaVersion}`,
    // The console producer and consumer.
    `org.apache.kafka:kafka-tools:${kafkaVersion}`,
    // Without a binding the broker is mute, and its "started" line is how one knows it is ready.
    'org.slf4j:slf4j-simple:1.7.36',
  ].map((coordinates) => {
    const [group = '', artifact = '', version = ''] = coordinates.split(':');
    return (
      `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId>` +
      `<version>${version}</version></dependency>`
    );
  });
  return [
    '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>',
    '<groupId>rpa-trace.test</groupId><artifactId>kafka</artifactId><version>1</version>',
    `<dependencies>${dependencies.join('')}</dependencies></project>`,
  ].join('\n');
}

/** Formatting takes as long as starting, and its result doesn't depend on the ports. */
async function format(folder: string, classPath: string): Promise<void> {
  const data = join(folder, 'data');
  await mkdir(data);
  const properties = join(folder, 'format.properties');
  await writeFile(
    properties,
    [
      'process.roles=broker,controller',
      'node.id=1',
      'controller.quorum.voters=1@127.0.0.1:9093',
      'listeners=PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093',
      'controller.listener.names=CONTROLLER',
      `log.dirs=${data.replaceAll('\\', '/')}`,
    ].join('\n'),
  );
  const { username, password } = kafkaUser;
  const users = ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
    '--add-scram',
    `${mechanism}=[name=${username},password=${password}]`,
  ]);
  const clusterId = 'cnBhLXRyYWNlLXRlc3QtMQ';
  const args = ['-cp', classPath, 'kafka.tools.StorageTool', 'format', '-t', clusterId];
  await run('java', [...args, '-c', properties, ...users]);
  await rm(properties);
}

/** keytool comes with Java, so no openssl and no package is needed for a self-made certificate. */
async function makeIdentity(folder: string): Promise<void> {
  await need(keytool);
  const store = ['-keystore', join(folder, 'broker.p12'), '-storetype', 'PKCS12'];
  const common = ['-alias', 'broker', ...store, '-storepass', keyStorePassword];
  await run('keytool', [
    ...['-genkeypair', ...common, '-keyalg', 'RSA', '-keysize', '2048', '-validity', '3650'],
    ...['-dname', 'CN=RPA Trace test broker', '-ext', 'SAN=dns:localhost,ip:127.0.0.1'],
    ...['-ext', 'BC=ca:true'],
  ]);
  await run('keytool', ['-exportcert', '-rfc', ...common, '-file', join(folder, 'ca.pem')]);
}
