import { readFile, stat } from 'node:fs/promises';
import type { Clock } from '../base/clock.ts';
import type { ConsumedRecord, RecordPosition } from '../record/consumedRecord.ts';
import type { RecordSink, RecordSource, SourceError } from '../record/recordSource.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { FileCursor } from './fileCursor.ts';
import { readRecords } from './readRecords.ts';

/** A file to read, or one whose content is here already (dropped on the panel). */
export type TraceFile =
  | { readonly name: string; readonly path: string }
  | { readonly name: string; readonly bytes: Uint8Array };

/**
 * The largest file that is read. The whole file is in memory while its records are taken from it, and the
 * engine's worker has a heap of a few hundred megabytes; a larger dump is better produced to a topic.
 */
const maxFileBytes = 256 * 1024 * 1024;

/** How many records go to the sink at once. */
const deliverAtOnce = 500;

/** Reads trace files from first to last record; then it has ended. The topic of a record is its file's name. */
export function createFileRecordSource(options: {
  readonly files: readonly TraceFile[];
  readonly clock: Clock;
}): RecordSource {
  return new FileRecordSource(options.files, options.clock);
}

class FileRecordSource implements RecordSource {
  private readonly files: readonly TraceFile[];
  private readonly cursor: FileCursor;
  private stopped = false;
  /** Nothing more comes: stopped, ended or failed. */
  private over = false;
  private goOn: (() => void) | undefined;
  private whenResumed: Promise<void> | undefined;
  private reading: Promise<void> = Promise.resolve();
  private sink: RecordSink | undefined;

  constructor(files: readonly TraceFile[], clock: Clock) {
    this.files = files;
    this.cursor = new FileCursor(clock, async (name) => {
      const file = files.find((candidate) => candidate.name === name);
      const content = file && (await contentOf(file));
      return content?.ok === true ? content.value : undefined;
    });
  }

  async start(sink: RecordSink): Promise<void> {
    this.sink = sink;
    sink.onState({ kind: 'connecting' });
    this.reading = this.read(sink);
    await this.reading;
  }

  pause(): void {
    if (this.whenResumed !== undefined || this.over) return;
    this.whenResumed = new Promise((resolve) => (this.goOn = resolve));
    this.sink?.onState({ kind: 'paused', lag: 0 });
  }

  resume(): void {
    if (this.whenResumed === undefined) return;
    this.whenResumed = undefined;
    this.goOn?.();
    if (!this.over) this.sink?.onState({ kind: 'live', lag: 0 });
  }

  fetch({ topic, offset }: RecordPosition): Promise<ConsumedRecord | undefined> {
    return this.cursor.find(topic, offset);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.over = true;
    this.cursor.close();
    this.goOn?.();
    await this.reading;
  }

  private async read(sink: RecordSink): Promise<void> {
    for (const file of this.files) {
      const content = await contentOf(file);
      if (this.stopped) return;
      if (!content.ok) {
        this.over = true;
        sink.onState({ kind: 'failed', error: content.error });
        return;
      }
      sink.onState({ kind: 'live', lag: 0 });
      await this.readOne(sink, file.name, content.value);
    }
    if (this.stopped) return;
    this.over = true;
    sink.onState({ kind: 'ended' });
  }

  private async readOne(sink: RecordSink, name: string, bytes: Uint8Array): Promise<void> {
    let batch: ConsumedRecord[] = [];
    const flush = async () => {
      await this.whenResumed;
      if (!this.stopped && batch.length > 0) await sink.onRecords(batch);
      batch = [];
    };
    for (const record of readRecords(bytes, name)) {
      batch.push(record);
      if (batch.length === deliverAtOnce) await flush();
      if (this.stopped) return;
    }
    await flush();
  }
}

async function contentOf(file: TraceFile): Promise<Result<Uint8Array, SourceError>> {
  if ('bytes' in file) return ok(file.bytes);
  const fail = (reason: SourceError['reason'], detail: string) =>
    err({ reason, subject: file.path, detail });
  try {
    const { size } = await stat(file.path);
    if (size > maxFileBytes) {
      return fail('fileUnreadable', `${size} bytes; at most ${maxFileBytes} are read`);
    }
    return ok(await readFile(file.path));
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const detail = error instanceof Error ? error.message : String(error);
    return fail(missing ? 'fileNotFound' : 'fileUnreadable', detail);
  }
}
