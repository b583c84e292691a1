import { randomUUID } from 'node:crypto';
import { resolveEndpoint } from '../base/resolveEndpoint.ts';
import { shownAddress, withoutCredentials } from '../base/shownAddress.ts';
import { createInstruments, type Instruments } from './instruments.ts';
import {
  type CountedNode,
  createNodeInstruments,
  type NodeInstruments,
  recordNodes,
} from './nodeInstruments.ts';
import { Ledger } from './ledger.ts';
import type { LedgerData } from './ledgerData.ts';
import type { OtlpExport, startOtlpExport } from './otlpExport.ts';
import { observePipeline, type Pipeline } from './pipelineInstruments.ts';
import { type Countable, countableOf, recordExecution } from './recordExecution.ts';
import { Undelivered } from './undelivered.ts';
import type { PartitionRange } from '../record/recordSource.ts';
import type { Finished } from '../store/finished.ts';
import type { OtlpSettings, OtlpState } from './otlpSettings.ts';
import { readCertificates } from './otlpTls.ts';
import { ReadTopics } from './readTopics.ts';
import type { Log } from '../base/log.ts';

/** What metrics need of their world. */
export interface MetricsWorld {
  readonly log: Log;
  readonly now: () => number;
  /** What was counted and has been received, to be kept over restarts. */
  readonly onLedger: (ledger: LedgerData) => void;
  readonly onState: () => void;
  /** The runs of nodes in a record that ended; asked while there is an endpoint. */
  readonly nodesOf?: (finished: Finished) => readonly CountedNode[];
  /** How the pipeline is; asked with each export. */
  readonly pipeline?: () => Pipeline;
  /** For tests that need an exporter of their own. */
  readonly loadExport?: () => Promise<typeof startOtlpExport>;
}

/** An exporter, and what it is given. */
interface Running {
  readonly otlp: OtlpExport;
  readonly instruments: Instruments;
  readonly nodes: NodeInstruments;
}

/** A state without how many executions wait. */
type Shown =
  | Exclude<OtlpState, { kind: 'failing' }>
  | Omit<Extract<OtlpState, { kind: 'failing' }>, 'waiting'>;

/**
 * Counts each finished execution once while an endpoint is set; without one loads and sends nothing. What was received
 * anywhere is counted; what was not is kept for the endpoint that is set next.
 */
export class Metrics {
  private readonly world: MetricsWorld;
  /** What was counted, and what of it was received. */
  private readonly counted = new Ledger();
  private readonly received = new Ledger();
  private readonly topics: ReadTopics;
  private readonly undelivered = new Undelivered((mark) => {
    this.received.enter(mark, this.world.now());
  });
  private settings: OtlpSettings | null = null;
  private running: Running | undefined;
  private shown: Shown = { kind: 'off' };
  /** Exporters take turns: the next starts when the one before has ended, and only the newest settings start one. */
  private turn: Promise<void> = Promise.resolve();
  private turns = 0;
  private closed = false;

  constructor(world: MetricsWorld) {
    this.world = world;
    this.topics = new ReadTopics(this.counted, (topic) => {
      this.startOver(topic);
    });
  }

  get state(): OtlpState {
    const { shown } = this;
    return shown.kind === 'failing' ? { ...shown, waiting: this.undelivered.count } : shown;
  }

  async configure(settings: OtlpSettings | null, ledger: LedgerData): Promise<void> {
    // Together with its own: another window may have counted since.
    this.counted.include(ledger);
    this.received.include(ledger);
    if (this.closed || JSON.stringify(settings) === JSON.stringify(this.settings)) return;
    this.settings = settings;
    if (settings === null) this.show({ kind: 'off' });
    await this.change();
  }

  /** A source is opened; only of one from Kafka records are counted. */
  opened(): void {
    this.topics.opened();
  }

  /** Told before the first records of a topic, and again when its partitions change. */
  partitions(ranges: readonly PartitionRange[]): void {
    const now = this.world.now();
    const seen = this.topics.partitions(ranges).filter((topic) => this.counted.see(topic, now));
    // So that a topic that is read, and in which nothing ends, is not taken for one that is no longer read.
    if (seen.filter((topic) => this.received.see(topic, now)).length > 0) this.tellLedger();
  }

  /** Only for records from Kafka: a file or the sample robot is no server that had a request. */
  record(finished: Finished): void {
    const { summary, record, again } = finished;
    if (this.settings === null) return;
    const mark = this.counted.take(this.topics.placeOf(record), this.world.now());
    if (mark === undefined) return;
    const isCounted = !again && summary.outcome !== 'unreported';
    const execution = isCounted ? this.countable(finished) : null;
    this.undelivered.add(execution, mark);
    if (execution !== null && this.running) count(this.running, execution);
  }

  /** The source says that a topic was made anew, before the first of its new records: counting starts over. */
  forget(topic: string): void {
    this.topics.forget(topic);
  }

  /** Sends what is left; no exporter lives or starts after it. */
  async close(): Promise<void> {
    this.closed = true;
    await this.change();
  }

  private countable(finished: Finished): Countable {
    const execution = countableOf(finished.summary);
    const nodes = this.world.nodesOf?.(finished);
    return nodes === undefined ? execution : { ...execution, nodes };
  }

  /** Told at once: the next engine must not take the new topic for the old one. */
  private startOver(topic: string): void {
    const anew = this.counted.forget(topic);
    if (anew === undefined) return;
    this.received.renew(topic, anew);
    this.tellLedger();
  }

  private change(): Promise<void> {
    const turn = ++this.turns;
    const isCurrent = () => turn === this.turns && !this.closed;
    const changed = this.turn.then(async () => {
      await this.stop();
      if (isCurrent() && this.settings !== null) await this.start(this.settings, isCurrent);
    });
    // One that failed must not keep the next from its turn.
    this.turn = changed.catch(() => undefined);
    return changed;
  }

  private async stop(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    await running?.otlp.close();
  }

  private async start(settings: OtlpSettings, isCurrent: () => boolean): Promise<void> {
    const { log } = this.world;
    const { isWhole = false, headers, timeoutMs } = settings;
    const resolved = resolveEndpoint(settings.endpoint, settings.protocol, { isWhole });
    const certificates = await readCertificates(settings.tls);
    const startExport = await (this.world.loadExport ?? loadExport)();
    if (!isCurrent()) return;
    if (!resolved.ok || !certificates.ok) {
      const detail = resolved.ok ? (certificates.ok ? '' : certificates.error) : resolved.error;
      log('warn', `Metrics can't be sent: ${detail}`);
      this.show({ kind: 'failing', endpoint: shownAddress(settings.endpoint), detail });
      return;
    }
    const endpoint = shownAddress(resolved.value.url);
    const { executions, lost, received } = this.undelivered.handOver();
    if (lost > 0) log('warn', `${String(lost)} executions were counted and never received`);
    const otlp = startExport({
      endpoint: resolved.value,
      certificates: certificates.value,
      ...(headers !== undefined && { headers }),
      ...(timeoutMs !== undefined && { timeoutMs }),
      intervalMs: settings.intervalMs,
      // Sums that begin anew are those of another instance: two windows must not write one series.
      resource: { 'service.instance.id': randomUUID() },
      onReceived: (count) => {
        if (received(count)) this.tellLedger();
      },
      onState: (error) => {
        const detail = error === null ? null : withoutCredentials(error, [settings.endpoint]);
        if (detail === null) log('info', `Metrics reach ${endpoint}`);
        else log('warn', `Metrics don't reach ${endpoint}: ${detail}`);
        if (!isCurrent()) return;
        this.show(
          detail === null ? { kind: 'on', endpoint } : { kind: 'failing', endpoint, detail },
        );
      },
    });
    const { meter } = otlp;
    const running = {
      ...{ otlp, instruments: createInstruments(meter), nodes: createNodeInstruments(meter) },
    };
    for (const execution of executions) count(running, execution);
    if (this.world.pipeline !== undefined) observePipeline(meter, this.world.pipeline);
    this.running = running;
    this.show({ kind: 'on', endpoint });
  }

  private tellLedger(): void {
    this.world.onLedger(this.received.toData());
  }

  private show(state: Shown): void {
    this.shown = state;
    this.world.onState();
  }
}

function count({ instruments, nodes }: Running, execution: Countable): void {
  recordExecution(instruments, execution);
  recordNodes(nodes, execution.flowId, execution.nodes ?? []);
}

/** On demand: the SDK is half as large as all the rest. */
async function loadExport(): Promise<typeof startOtlpExport> {
  return (await import('./otlpExport.ts')).startOtlpExport;
}
