import type { ConsumedRecord, RecordPosition } from '../../record/consumedRecord.ts';
import type {
  PartitionPosition,
  ReadBack,
  RecordSink,
  RecordSource,
} from '../../record/recordSource.ts';
import type { KafkaRecordSourceOptions } from './kafkaRecordSource.ts';

/** A topic, read by what its own bundle holds, kafkajs with it: whoever reads files waits for neither. */
export function createLaterKafkaSource(options: KafkaRecordSourceOptions): RecordSource {
  return new LaterKafkaSource(options);
}

class LaterKafkaSource implements RecordSource {
  private readonly topic: string;
  private readonly loaded: Promise<RecordSource>;
  /** Once it is loaded. */
  private source: RecordSource | undefined;
  private isPaused = false;
  private skipsDamaged = false;
  private isStopped = false;

  constructor(options: KafkaRecordSourceOptions) {
    this.topic = options.topic;
    this.loaded = this.load(options);
    // Told by who awaits it.
    this.loaded.catch(() => undefined);
  }

  async start(sink: RecordSink): Promise<void> {
    // Until then the state of the source before would stand for it.
    sink.onState({ kind: 'connecting' });
    let source: RecordSource;
    try {
      source = await this.loaded;
    } catch (error) {
      const detail = String(error);
      sink.onState({ kind: 'failed', error: { reason: 'unknown', detail, subject: this.topic } });
      return;
    }
    if (this.isStopped) return;
    await source.start(sink);
  }

  pause(): void {
    this.isPaused = true;
    this.source?.pause();
  }

  resume(): void {
    this.isPaused = false;
    this.source?.resume();
  }

  skip(position: RecordPosition): boolean {
    return this.source?.skip?.(position) ?? false;
  }

  setSkipsDamaged(skips: boolean): void {
    this.skipsDamaged = skips;
    this.source?.setSkipsDamaged?.(skips);
  }

  get positions(): readonly PartitionPosition[] {
    return this.source?.positions ?? [];
  }

  get readBack(): ReadBack | null {
    return this.source?.readBack ?? null;
  }

  async readOlder(): Promise<void> {
    await (await this.loaded).readOlder?.();
  }

  async fetch(position: RecordPosition): Promise<ConsumedRecord | undefined> {
    return (await this.loaded).fetch(position);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await (await this.loaded.catch(() => undefined))?.stop();
  }

  private async load(options: KafkaRecordSourceOptions): Promise<RecordSource> {
    const { createKafkaRecordSource } = await import('./kafkaBundle.ts');
    const source = createKafkaRecordSource(options);
    source.setSkipsDamaged?.(this.skipsDamaged);
    if (this.isPaused) source.pause();
    this.source = source;
    return source;
  }
}
