import type { Clock } from '../base/clock.ts';
import { type Disposable, Disposables } from '../base/disposable.ts';
import { Emitter } from '../base/event.ts';
import { Timer } from '../base/timer.ts';
import { Channel } from '../protocol/channel.ts';
import type { EngineLoss } from '../protocol/engineLoss.ts';
import type { EngineEvents, EngineMethods } from '../protocol/engineProtocol.ts';
import type { Failure, Packet } from '../protocol/packet.ts';
import { causeOfLoss, detailOfLoss, type WorkerEnd } from './causeOfLoss.ts';
import { EngineLife } from './engineLife.ts';
import type { StartWorker } from './engineWorker.ts';
import type { Log } from '../base/log.ts';
import { Restarts } from './restarts.ts';

/** What the engine client needs of its world. */
export interface EngineClientOptions {
  readonly startWorker: StartWorker;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long the engine may take to send its last metrics and leave its group. */
const closeTimeoutMs = 2_000;

/**
 * The worker that runs the engine, started when it is first needed. When it dies, all who wait are told,
 * a new one is started, and `onDidStart` lets its users say again what it has to know. One that dies again
 * and again is started after growing pauses, in which requests fail at once, and in the end no more until
 * the reader says so.
 */
export class EngineClient implements Disposable {
  private readonly options: EngineClientOptions;
  private readonly disposables = new Disposables();
  private readonly started: Emitter<undefined>;
  private readonly lost: Emitter<EngineLoss>;
  private readonly channel: Channel<EngineMethods, object, EngineEvents, object>;
  /** Who waits for the answers to requests of panels. */
  private readonly panelRequests = new Map<string, (answer: Packet) => void>();
  private readonly restarts = new Restarts();
  private life: EngineLife | undefined;
  /** Why no engine runs, from its death to the next start. */
  private away: EngineLoss | null = null;
  private readonly nextStart: Timer;
  /** Ends the waiting for the last words of a worker that closes. */
  private closed: (() => void) | undefined;
  private disposed = false;

  constructor(options: EngineClientOptions) {
    this.options = options;
    this.nextStart = this.disposables.add(new Timer(options.clock));
    const onError = (error: unknown) => {
      options.log('error', `A listener failed: ${String(error)}`);
    };
    this.started = this.disposables.add(new Emitter<undefined>(onError));
    this.lost = this.disposables.add(new Emitter<EngineLoss>(onError));
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

  /** Fires when a worker runs: the first one, each after a loss, and one that replaces another. */
  get onDidStart() {
    return this.started.event;
  }

  /** Fires when the worker died. */
  get onDidLose() {
    return this.lost.event;
  }

  get isRunning(): boolean {
    return this.life !== undefined;
  }

  /** Why no engine runs that did; null while one runs, and before the first. */
  get loss(): EngineLoss | null {
    return this.away;
  }

  readonly call: Channel<EngineMethods, object, EngineEvents, object>['call'] = (
    method,
    params,
    ms,
  ) => this.channel.call(method, params, ms);

  readonly on: Channel<EngineMethods, object, EngineEvents, object>['on'] = (name, listener) =>
    this.channel.on(name, listener);

  /** Passes a packet of a panel on, unread; `answer` takes the answer to a request. */
  forward(packet: Packet, answer: (packet: Packet) => void): void {
    if (packet.kind === 'request') this.panelRequests.set(packet.id, answer);
    this.send(packet);
  }

  /** Starts the worker, unless it runs, or died and rests. */
  start(): void {
    if (this.away === null) this.startNow();
  }

  /** Starts the worker because the reader says so, with all its tries. */
  startAgain(): void {
    this.restarts.forget();
    this.startNow();
  }

  /**
   * Puts another worker in the place of the one that runs, because the reader wants it. Who waits for an answer is
   * told that none will come; nobody is told of a loss, for there is none.
   */
  async restart(): Promise<void> {
    await this.end('replaced');
  }

  /** Ends the worker as a crash would; it is started again at once. For tests. */
  async kill(): Promise<void> {
    await this.end('killed');
  }

  /** Lets the engine leave its group and send its last metrics, then ends it. */
  async close(): Promise<void> {
    const { life } = this;
    if (life === undefined) {
      this.dispose();
      return;
    }
    // Listeners stay until the end: with its last metrics the engine tells what it has counted.
    this.disposed = true;
    await new Promise<void>((resolve) => {
      const timeout = this.options.clock.after(closeTimeoutMs, resolve);
      this.closed = () => {
        timeout.dispose();
        resolve();
      };
      life.post('close');
    });
    await life.terminate();
    this.dispose();
  }

  dispose(): void {
    this.disposed = true;
    this.disposables.dispose();
  }

  private async end(wanted: 'killed' | 'replaced'): Promise<void> {
    if (this.life === undefined) return;
    this.life.wanted = wanted;
    await this.life.terminate();
  }

  private replaced(): void {
    this.options.log('info', 'The engine is replaced by a new one');
    this.failEverything({ reason: 'engineLost', message: 'The trace engine was started anew' });
    this.startNow();
  }

  private startNow(): void {
    if (this.life !== undefined || this.disposed) return;
    this.nextStart.clear();
    const { startWorker, clock, log } = this.options;
    const startedMs = clock.now();
    const life = new EngineLife({
      startWorker,
      onPacket: (packet) => {
        this.receive(packet);
      },
      onEnd: (end) => {
        this.life = undefined;
        this.closed?.();
        if (this.disposed) return;
        if (life.wanted === 'replaced') this.replaced();
        else this.died(end, life.wanted === 'killed' ? null : clock.now() - startedMs);
      },
    });
    this.life = life;
    life.begin();
    // It may have ended already.
    if (!this.isRunning) return;
    this.away = null;
    log('info', 'The engine runs');
    this.started.fire(undefined);
  }

  /** `livedMs`: null for an end that was asked for, which is no sign of anything. */
  private died(end: WorkerEnd, livedMs: number | null): void {
    const { log } = this.options;
    const pauseMs = livedMs === null ? 0 : this.restarts.died(livedMs);
    const loss: EngineLoss = {
      cause: causeOfLoss(end),
      detail: detailOfLoss(end),
      deaths: this.restarts.deaths,
      comesBack: pauseMs !== null,
    };
    this.away = loss;
    log('error', `The engine stopped (${loss.cause}): ${loss.detail}`);
    if (pauseMs === null) {
      log(
        'error',
        `It died ${String(loss.deaths)} times in a row and is started no more by itself`,
      );
    } else {
      this.nextStart.set(pauseMs, () => {
        this.startNow();
      });
    }
    this.failEverything(failureOf(loss));
    this.lost.fire(loss);
  }

  private send(packet: Packet): void {
    this.start();
    if (this.life !== undefined && !this.disposed) this.life.post(packet);
    // Nobody would answer: the one who asks is told so now and not by a timeout.
    else if (packet.kind === 'request') {
      this.receive({ kind: 'failure', id: packet.id, error: this.failure() });
    }
  }

  private failure(): Failure {
    return this.away === null ? { reason: 'disposed', message: 'closed' } : failureOf(this.away);
  }

  private receive(packet: Packet): void {
    const answer = 'id' in packet ? this.panelRequests.get(packet.id) : undefined;
    if (answer === undefined) {
      this.channel.receive(packet);
      return;
    }
    if ('id' in packet) this.panelRequests.delete(packet.id);
    answer(packet);
  }

  private failEverything(error: Failure): void {
    this.channel.failPending(error);
    const waiting = [...this.panelRequests];
    this.panelRequests.clear();
    for (const [id, answer] of waiting) answer({ kind: 'failure', id, error });
  }
}

function failureOf({ detail }: EngineLoss): Failure {
  return { reason: 'engineLost', message: `The trace engine stopped: ${detail}` };
}
