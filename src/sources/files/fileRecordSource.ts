import { readFile, stat } from 'node:fs/promises';
import type { Clock } from '../../base/clock.ts';
import type { ConsumedRecord, RecordPosition } from '../../record/consumedRecord.ts';
import type {
  ReadShare,
  RecordSink,
  RecordSource,
  SourceError,
} from '../../record/recordSource.ts';
import { hasCode } from '../../base/hasCode.ts';
import { percentOf } from '../../base/percent.ts';
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import type { FileCursor } from './fileCursor.ts';
import type { RecordPlaces } from './recordPlaces.ts';
import type { FileContent } from './readRecords.ts';
import type { DroppedFile, UnreadFile } from './spec.ts';

/** A file to read, or one that somebody else has read, or tried to. */
export type TraceFile = { readonly name: string; readonly path: string } | DroppedFile | UnreadFile;

/**
 * The largest file that is read. The whole file is in memory while its records are taken from it, and the
 * engine's worker has a heap of a few hundred megabytes; a larger dump is better produced to a topic.
 */
export const maxFileBytes = 256 * 1024 * 1024;

/** What is read of a file. */
interface ReadFile {
  readonly content: FileContent;
  /** Its bytes are the content; nothing was packed. */
  readonly isPlain: boolean;
}

/** How many records go to the sink at once. */
const deliverAtOnce = 500;
/** And how many bytes: decoding them takes some tens of milliseconds, in which nobody gets an answer. */
const deliverBytesAtOnce = 2 * 1024 * 1024;

/** Reads trace files from first to last record; then it has ended. The topic of a record is its file's name. */
export function createFileRecordSource(options: {
  readonly files: readonly TraceFile[];
  readonly clock: Clock;
}): RecordSource {
  return new FileRecordSource(options.files, options.clock);
}

class FileRecordSource implements RecordSource {
  private readonly files: readonly TraceFile[];
  private readonly clock: Clock;
  private cursor: FileCursor | undefined;
  /** By the name of a file that is no packed one. */
  private readonly places = new Map<string, RecordPlaces>();
  private readonly progress = new Progress();
  private stopped = false;
  private endsEarly = false;
  /** Nothing more comes: stopped, ended or failed. */
  private over = false;
  private goOn: (() => void) | undefined;
  private whenResumed: Promise<void> | undefined;
  private reading: Promise<void> = Promise.resolve();
  private sink: RecordSink | undefined;

  constructor(files: readonly TraceFile[], clock: Clock) {
    this.files = files;
    this.clock = clock;
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
    if (!this.over) this.sink?.onState({ kind: 'reading', ...this.progress.share });
  }

  endEarly(): void {
    if (this.over) return;
    this.endsEarly = true;
    this.goOn?.();
  }

  async fetch({ topic, offset }: RecordPosition): Promise<ConsumedRecord | undefined> {
    const standing = await this.places.get(topic)?.read(offset);
    if (standing !== undefined) return standing;
    const { FileCursor: Cursor } = await import('./fileContents.ts');
    this.cursor ??= new Cursor(this.clock, async (name) => {
      const file = this.files.find((candidate) => candidate.name === name);
      const content = file && (await contentOf(file));
      return content?.ok === true ? content.value.content : undefined;
    });
    return this.cursor.find(topic, offset);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.over = true;
    this.cursor?.close();
    this.goOn?.();
    await this.reading;
  }

  private async read(sink: RecordSink): Promise<void> {
    const sizes = await Promise.all(this.files.map(sizeOf));
    this.progress.begin(sizes);
    for (const [index, file] of this.files.entries()) {
      const content = await contentOf(file);
      if (this.stopped) return;
      if (!content.ok) {
        this.over = true;
        sink.onState({ kind: 'failed', error: content.error });
        return;
      }
      this.progress.at(index, 0);
      sink.onState({ kind: 'reading', ...this.progress.share });
      await this.readOne(sink, index, content.value, await this.placesIn(file, content.value));
      if (this.endsEarly) break;
    }
    if (this.stopped) return;
    this.over = true;
    sink.onState(
      this.endsEarly ? { kind: 'endedEarly', ...this.progress.share } : { kind: 'ended' },
    );
  }

  /** Of a file that is packed, or has the name of another, none are noted. */
  private async placesIn(
    file: TraceFile,
    { isPlain }: ReadFile,
  ): Promise<RecordPlaces | undefined> {
    if (!isPlain || 'error' in file) return undefined;
    if (this.files.find(({ name }) => name === file.name) !== file) return undefined;
    const { RecordPlaces: Places } = await import('./fileContents.ts');
    const places = new Places(file.name, file);
    this.places.set(file.name, places);
    return places;
  }

  private async readOne(
    sink: RecordSink,
    index: number,
    { content }: ReadFile,
    places: RecordPlaces | undefined,
  ): Promise<void> {
    let batch: ConsumedRecord[] = [];
    let batchBytes = 0;
    const flush = async (share: number) => {
      await this.whenResumed;
      if (this.stopped || this.endsEarly) return;
      if (batch.length > 0) await sink.onRecords(batch);
      batch = [];
      batchBytes = 0;
      const isNews = this.progress.at(index, share);
      if (isNews) sink.onState({ kind: 'reading', ...this.progress.share });
      // Whoever wants to pause, to end or to look at what is there gets a turn.
      await new Promise(setImmediate);
    };
    const { readPlaced } = await import('./fileContents.ts');
    const name = this.files[index]?.name ?? '';
    for (const { record, share, standsAt } of readPlaced(content, name)) {
      if (standsAt !== undefined) places?.note(record, standsAt);
      batch.push(record);
      batchBytes += record.value?.byteLength ?? 0;
      const isFull = batch.length === deliverAtOnce || batchBytes >= deliverBytesAtOnce;
      if (isFull) await flush(share);
      if (this.stopped || this.endsEarly) return;
    }
    await flush(1);
  }
}

/** How far reading is, over all files. */
class Progress {
  private sizes: readonly number[] = [];
  private doneBytes = 0;
  private totalBytes = 0;

  get share(): ReadShare {
    return { doneBytes: this.doneBytes, totalBytes: this.totalBytes };
  }

  begin(sizes: readonly number[]): void {
    this.sizes = sizes;
    this.totalBytes = sizes.reduce((sum, size) => sum + size, 0);
  }

  /** Answers whether it is worth telling: a per cent more. */
  at(index: number, share: number): boolean {
    const before = this.percent();
    const passed = this.sizes.slice(0, index).reduce((sum, size) => sum + size, 0);
    this.doneBytes = Math.round(passed + share * (this.sizes[index] ?? 0));
    return this.percent() > before;
  }

  private percent(): number {
    return percentOf(this.doneBytes, this.totalBytes);
  }
}

/** 0 for one that can't be read: that is told when its turn comes. */
async function sizeOf(file: TraceFile): Promise<number> {
  if ('bytes' in file) return file.bytes.byteLength;
  if ('error' in file) return 0;
  return stat(file.path).then(
    ({ size }) => size,
    () => 0,
  );
}

async function contentOf(file: TraceFile): Promise<Result<ReadFile, SourceError>> {
  if ('bytes' in file) return opened(file.name, file.bytes);
  if ('error' in file) return err(file.error);
  const fail = (reason: SourceError['reason'], detail: string) =>
    err({ reason, subject: file.path, detail });
  try {
    const { size } = await stat(file.path);
    if (size > maxFileBytes) {
      return fail('fileTooLarge', `${megabytes(size)} MB > ${megabytes(maxFileBytes)} MB`);
    }
    return await opened(file.path, await readFile(file.path));
  } catch (error) {
    const missing = hasCode(error, 'ENOENT');
    const detail = error instanceof Error ? error.message : String(error);
    return fail(missing ? 'fileNotFound' : 'fileUnreadable', detail);
  }
}

/** What is packed is read as what was packed. */
async function opened(name: string, bytes: Uint8Array): Promise<Result<ReadFile, SourceError>> {
  const { unpackedContent, packedFaultText } = await import('./fileContents.ts');
  const content = await unpackedContent(bytes, maxFileBytes);
  if (content.ok) return ok({ content: content.value, isPlain: content.value[0] === bytes });
  const reason = content.error.kind === 'tooLarge' ? 'fileTooLarge' : 'filePacked';
  return err({ reason, subject: name, detail: packedFaultText(content.error) });
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / (1024 * 1024));
}
