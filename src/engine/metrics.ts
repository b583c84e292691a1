import { createInstruments, type Instruments } from '../metrics/instruments.ts';
import { Ledger } from '../metrics/ledger.ts';
import type { OtlpExport } from '../metrics/otlpExport.ts';
import { recordExecution } from '../metrics/recordExecution.ts';
import { resolveEndpoint } from '../base/resolveEndpoint.ts';
import type { EngineSettings, EngineStatus } from '../protocol/engineProtocol.ts';
import type { PartitionRange } from '../record/recordSource.ts';
import type { Finished } from './ingest.ts';
import type { Log } from './sources.ts';

/** What metrics need of their world. */
export interface MetricsWorld {
  readonly log: Log;
  /** What was counted and has been received, to be kept over restarts. */
  readonly onLedger: (ledger: Readonly<Record<string, string>>) => void;
  readonly onState: () => void;
}

/** Counts each finished execution once while an endpoint is set; without one loads and sends nothing. */
export class Metrics {
  private readonly world: MetricsWorld;
  private readonly ledger = new Ledger({});
  private settings: EngineSettings['otlp'] = null;
  private running: { readonly instruments: Instruments; readonly otlp: OtlpExport } | undefined;
  private shown: EngineStatus['otlp'] = { kind: 'off' };

  constructor(world: MetricsWorld) {
    this.world = world;
  }

  get state(): EngineStatus['otlp'] {
    return this.shown;
  }

  async configure(
    settings: EngineSettings['otlp'],
    ledger: Readonly<Record<string, string>>,
  ): Promise<void> {
    if (JSON.stringify(settings) === JSON.stringify(this.settings)) return;
    await this.close();
    this.settings = settings;
    // Together with its own: the host was told of the last export only now.
    this.ledger.include(ledger);
    this.show({ kind: 'off' });
    if (settings !== null) await this.start(settings);
  }

  /** Only for records from Kafka: a file or the sample robot is no server that had a request. */
  record({ summary, record, again }: Finished): void {
    if (this.running === undefined || !this.ledger.take(record) || again) return;
    if (summary.outcome === 'unreported') return;
    recordExecution(this.running.instruments, summary);
  }

  partitions(ranges: readonly PartitionRange[]): void {
    for (const range of ranges) this.ledger.reset(range);
  }

  /** The records of a topic that was made anew were never counted, whatever their offsets are. */
  topicAnew(topic: string): void {
    this.ledger.forget(topic);
  }

  /** Sends what is left. */
  async close(): Promise<void> {
    const running = this.running;
    this.running = undefined;
    await running?.otlp.close();
  }

  private async start(settings: NonNullable<EngineSettings['otlp']>): Promise<void> {
    const { log } = this.world;
    const resolved = resolveEndpoint(settings.endpoint, settings.protocol);
    if (!resolved.ok) {
      this.show({ kind: 'failing', endpoint: settings.endpoint, detail: resolved.error });
      return;
    }
    const { startOtlpExport } = await import('../metrics/otlpExport.ts');
    const endpoint = resolved.value.url;
    const otlp = startOtlpExport({
      endpoint: resolved.value,
      intervalMs: settings.intervalMs,
      onExport: () => {
        // Kept only once it is received: what an engine that dies has not sent yet is counted by the next one.
        const counted = this.ledger.toData();
        return () => {
          this.world.onLedger(counted);
        };
      },
      onState: (error) => {
        if (error === null) log('info', `Metrics reach ${endpoint}`);
        else log('warn', `Metrics don't reach ${endpoint}: ${error}`);
        this.show(
          error === null ? { kind: 'on', endpoint } : { kind: 'failing', endpoint, detail: error },
        );
      },
    });
    this.running = { instruments: createInstruments(otlp.meter), otlp };
    this.show({ kind: 'on', endpoint });
  }

  private show(state: EngineStatus['otlp']): void {
    this.shown = state;
    this.world.onState();
  }
}
