import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { cached } from './cacheFolder.ts';
import type { KafkaInstallation } from './kafkaInstallation.ts';

/** Options of Java for the two kinds of programs. */
export interface JavaOptions {
  readonly broker: readonly string[];
  readonly client: readonly string[];
}

/** What lives for seconds is over before better code than the first compiler's would pay. */
export const quickStart: readonly string[] = ['-XX:TieredStopAtLevel=1'];

/**
 * Lets Java map Kafka's classes as it wrote them down once, instead of reading and checking them at each
 * start: a broker then takes a third of the processor's time, a client half. `archive` writes them.
 */
export async function archivedClasses(
  { version }: KafkaInstallation,
  archive: (folder: string) => Promise<void>,
): Promise<JavaOptions> {
  const name = `kafka-${version}-classes-v1`;
  const folder = await cached(name, "Kafka's classes for a quick start", archive);
  const mapping = (file: string) => {
    const path = join(folder, file);
    // A Java that writes no such file starts as ever. Of one that no longer fits it warns on stdout.
    return existsSync(path) ? [`-XX:SharedArchiveFile=${path}`, '-Xlog:disable'] : [];
  };
  return { broker: mapping(brokerFile), client: mapping(clientFile) };
}

/** Lets Java write down the classes, when a program ends in order. */
export function archiving(folder: string): JavaOptions {
  const writing = (file: string) => [
    ...[`-XX:ArchiveClassesAtExit=${join(folder, file)}`, '-Xlog:disable'],
  ];
  return { broker: writing(brokerFile), client: writing(clientFile) };
}

const brokerFile = 'broker.jsa';
const clientFile = 'client.jsa';
