/** The log of a partition on the disk of a test broker, to damage what a broker would never take. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { KafkaBroker } from './kafkaBroker.ts';

/** The batches of a partition, each with its offset, in the order in which they stand there. */
export interface LoggedBatch {
  readonly firstOffset: number;
  readonly bytes: Buffer;
}

/**
 * Writes other batches over those of a partition, while the broker runs: it reads what the file holds then. All
 * together must be as long as before, because the broker knows where its log ends.
 */
export async function rewriteLog(
  broker: Pick<KafkaBroker, 'dataDir'>,
  topic: string,
  partition: number,
  rewrite: (batches: readonly LoggedBatch[]) => readonly Buffer[],
): Promise<void> {
  const folder = join(broker.dataDir, 'log', `${topic}-${String(partition)}`);
  const file = await open(join(folder, `${'0'.repeat(20)}.log`), 'r+');
  try {
    const before = await file.readFile();
    const batches = [...batchesOf(before)];
    const length = batches.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const after = Buffer.concat(rewrite(batches));
    if (after.length !== length) {
      throw new Error(`${String(after.length)} bytes instead of ${String(length)}`);
    }
    await file.write(after, 0, after.length, 0);
  } finally {
    await file.close();
  }
}

/** The file of a running broker is longer than its log: what follows the last batch is zeros. */
function* batchesOf(log: Buffer): Generator<LoggedBatch> {
  let at = 0;
  while (at + 12 < log.length && log.readInt32BE(at + 8) > 0) {
    const bytes = log.subarray(at, at + 12 + log.readInt32BE(at + 8));
    yield { firstOffset: Number(bytes.readBigInt64BE(0)), bytes };
    at += bytes.length;
  }
}
