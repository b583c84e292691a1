import type { Packet } from '../protocol/packet.ts';
import type { WorkerEnd } from './causeOfLoss.ts';
import type { EngineWorker, StartWorker } from './engineWorker.ts';

/** Who is told of an engine's life. */
export interface EngineLifeOptions {
  readonly startWorker: StartWorker;
  readonly onPacket: (packet: Packet) => void;
  /** Called once; nothing is heard of it afterwards. */
  readonly onEnd: (end: WorkerEnd) => void;
}

/** One worker from its start to its end. */
export class EngineLife {
  /** Its end was asked for, and for what. */
  wanted: 'killed' | 'replaced' | undefined;
  private readonly options: EngineLifeOptions;
  private worker: EngineWorker | undefined;
  private listened = false;
  private error: unknown;
  private hasEnded = false;

  constructor(options: EngineLifeOptions) {
    this.options = options;
  }

  /** Starts the worker. One that can't be started has ended when this returns. */
  begin(): void {
    const { startWorker, onPacket } = this.options;
    try {
      this.worker = startWorker({
        onMessage: (message) => {
          if (this.hasEnded || message === 'closed') return;
          if (message === 'listening') this.listened = true;
          else onPacket(message);
        },
        onError: (error) => {
          this.error = error;
        },
        onExit: (code) => {
          this.end(code);
        },
      });
    } catch (error) {
      this.error = error;
      this.end(null);
    }
  }

  post(message: Packet | 'close'): void {
    this.worker?.post(message);
  }

  async terminate(): Promise<void> {
    await this.worker?.terminate();
  }

  private end(code: number | null): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.options.onEnd({ error: this.error, code, listened: this.listened });
  }
}
