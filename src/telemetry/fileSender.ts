import { appendFileSync, renameSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { makeFolder } from './folder.ts';
import type { RecordSender } from './recordSender.ts';
import { stderrLog } from './telemetryLog.ts';
import type { TelemetryLog } from './telemetryLog.ts';

/** Which file records are written into. */
export interface FileSenderOptions {
  /** It is made, with its folder, when the first record comes; later ones are added at its end. */
  readonly file: string;
  /** A larger file gets `.1` at its end, in place of the one before, and a new one is begun. Default: 128 MiB. */
  readonly maxBytes?: number | undefined;
  /** Told, on stderr unless given, when the file can't be written. */
  readonly log?: TelemetryLog | undefined;
}

/** The panel opens files of 256 MiB. */
const defaultMaxBytes = 128 * 1024 * 1024;

/** Writes each execution as a line into a file that the panel opens: a robot without Kafka is traced all the same. */
export function createFileSender(options: FileSenderOptions): RecordSender {
  const { maxBytes = defaultMaxBytes, log = stderrLog() } = options;
  const file = resolve(options.file);
  let bytes: number | undefined;
  const append = (line: string) => {
    const size = Buffer.byteLength(line);
    bytes ??= sizeOf(file);
    if (bytes > 0 && bytes + size > maxBytes) {
      renameSync(file, `${file}.1`);
      bytes = 0;
    }
    if (bytes === 0) makeFolder(dirname(file));
    appendFileSync(file, line);
    bytes += size;
  };
  return {
    send(topic, value, { isSnapshot = false, onDelivery }) {
      // What is written once the execution is over says more than its snapshots.
      if (isSnapshot) return true;
      const size = Buffer.byteLength(value);
      try {
        // Synchronously, some milliseconds once an execution: a `process.exit` loses nothing then.
        append(`${value}\n`);
        onDelivery?.({ ok: true, topic, partition: null, bytes: size });
        return true;
      } catch (error) {
        bytes = undefined;
        const detail = String(error);
        log('warn', `a trace record was not written to ${file}: ${detail}`);
        onDelivery?.({ ok: false, topic, reason: 'refused', detail, bytes: size });
        return false;
      }
    },
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
