import type { Clock } from '../base/clock.ts';
import { type Disposable, Disposables } from '../base/disposable.ts';
import { Emitter } from '../base/event.ts';
import { Channel } from '../protocol/channel.ts';
import type { EngineEvents, EngineMethods } from '../protocol/engineProtocol.ts';
import type { Packet } from '../protocol/packet.ts';
import type { EngineWorker, StartWorker } from './engineWorker.ts';
import type { Log } from './log.ts';

/** What the engine client needs of its world. */
export interface EngineClientOptions {
  readonly startWorker: StartWorker;
  readonly clock: Clock;
  readonly log: Log;
}

/** A worker that dies at once on start is not started again for this long, so that it can't spin. */
const restartPauseMs = 5_000;
/** A life shorter than this counts as dying at once. */
const shortLifeMs = 2_000;
/** How long the engine may take to send its last metrics and leave its group. */
const closeTimeoutMs = 2_000;

/**
 * The worker thread that runs the engine, started when it is first needed. When it dies, all who wait are
 * told, a new one is started, and `onDidStart` lets its users say again what it has to know.
 */
export class EngineClient implements Disposable {
  private readonly options: EngineClientOptions;
  private readonly disposables = new Disposables();
  private readonly started: Emitter<undefined>;
  private readonly lost: Emitter<string>;
  private readonly packets: Emitter<Packet>;
  private readonly exited: Emitter<undefined>;
  private readonly channel: Channel<EngineMethods, object, EngineEvents, object>;
  /** Requests that the panel sent and that wait for their answer. */
  private readonly panelRequests = new Set<string>();
  private worker: EngineWorker | undefined;
  private disposed = false;

  constructor(options: EngineClientOptions) {
    this.options = options;
    const onError = (error: unknown) => {
      options.log('error', `A listener failed: ${String(error)}`);
    };
    this.started = this.disposables.add(new Emitter<undefined>(onError));
    this.lost = this.disposables.add(new Emitter<string>(onError));
    this.packets = this.disposables.add(new Emitter<Packet>(onError));
    this.exited = this.disposables.add(new Emitter<undefined>(onError));
    this.channel = this.disposables.add(
      new Channel<EngineMethods, object, EngineEvents, object>({
        post: (packet) => {
          this.send(packet);
        },
        clock: options.clock,
        prefix: 'h',
        onError,
      }),
    );
    this.channel.handle({});
  }

  /** Fires when a worker runs, the first one and each after a loss. */
  get onDidStart() {
    return this.started.event;
  }

  /** Fires with what is known of the reason when the worker died. */
  get onDidLose() {
    return this.lost.event;
  }

  /** What the engine says to the panel: answers to its requests, and all events. */
  get onPanelPacket() {
    return this.packets.event;
  }

  get isRunning(): boolean {
    return this.worker !== undefined;
  }

  readonly call: Channel<EngineMethods, object, EngineEvents, object>['call'] = (
    method,
    params,
    ms,
  ) => this.channel.call(method, params, ms);

  readonly on: Channel<EngineMethods, object, EngineEvents, object>['on'] = (name, listener) =>
    this.channel.on(name, listener);

  /** Passes a packet of the panel on, unread. */
  forward(packet: Packet): void {
    if (packet.kind === 'request') this.panelRequests.add(packet.id);
    this.send(packet);
  }

  /** Starts the worker unless it runs. */
  start(): void {
    if (this.worker !== undefined || this.disposed) return;
    const { startWorker, clock, log } = this.options;
    const startedMs = clock.now();
    let reason = '';
    const worker = startWorker({
      onMessage: (message) => {
        if (message !== 'closed') this.receive(message);
      },
      onError: (error) => {
        reason = error instanceof Error ? error.message : String(error);
      },
      onExit: (code) => {
        if (this.worker !== worker) return;
        this.worker = undefined;
        this.exited.fire(undefined);
        if (this.disposed) return;
        const detail = reason === '' ? `exit code ${String(code)}` : reason;
        log('error', `The engine stopped: ${detail}`);
        this.failEverything(detail);
        const livedMs = clock.now() - startedMs;
        this.disposables.add(
          clock.after(livedMs < shortLifeMs ? restartPauseMs : 0, () => {
            this.start();
          }),
        );
      },
    });
    this.worker = worker;
    log('info', 'The engine runs');
    this.started.fire(undefined);
  }

  /** Ends the worker as a crash would. For tests and for "restart". */
  async kill(): Promise<void> {
    await this.worker?.terminate();
  }

  /** Lets the engine leave its group and send its last metrics, then ends it. */
  async close(): Promise<void> {
    const worker = this.worker;
    if (worker === undefined) {
      this.dispose();
      return;
    }
    // Listeners stay until the end: with its last metrics the engine tells what it has counted.
    this.disposed = true;
    await new Promise<void>((resolve) => {
      const timeout = this.options.clock.after(closeTimeoutMs, resolve);
      this.exited.event(() => {
        timeout.dispose();
        resolve();
      });
      worker.post('close');
    });
    await worker.terminate();
    this.dispose();
  }

  dispose(): void {
    this.disposed = true;
    this.disposables.dispose();
  }

  private send(packet: Packet): void {
    this.start();
    this.worker?.post(packet);
  }

  private receive(packet: Packet): void {
    const isPanelAnswer =
      (packet.kind === 'answer' || packet.kind === 'failure') &&
      this.panelRequests.delete(packet.id);
    if (isPanelAnswer || packet.kind === 'event') this.packets.fire(packet);
    if (!isPanelAnswer) this.channel.receive(packet);
  }

  private failEverything(detail: string): void {
    const error = { reason: 'engineLost', message: detail } as const;
    this.channel.failPending(error);
    for (const id of this.panelRequests) this.packets.fire({ kind: 'failure', id, error });
    this.panelRequests.clear();
    this.lost.fire(detail);
  }
}
