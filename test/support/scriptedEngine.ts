import type { WorkerListener } from '../../src/host/engineWorker.ts';
import { EngineClient } from '../../src/host/engineClient.ts';
import type { EngineEvents, EngineMethods } from '../../src/protocol/engineProtocol.ts';
import { asFailure } from '../../src/protocol/channel.ts';
import type { Packet } from '../../src/protocol/packet.ts';
import type { ManualClock } from './manualClock.ts';

/** What a test answers in the engine's place; what is missing is answered with null. */
export type Answers = {
  [K in keyof EngineMethods]?: (
    params: EngineMethods[K]['params'],
  ) => EngineMethods[K]['result'] | Promise<EngineMethods[K]['result']>;
};

/** The real client over a worker that answers as a test says. */
export class ScriptedEngine {
  readonly client: EngineClient;
  readonly asked: { readonly method: string; readonly params: unknown }[] = [];
  /** Packets as they came, those of the page too. */
  readonly received: Packet[] = [];
  readonly logged: string[] = [];
  answers: Answers = {};
  private listener: WorkerListener | undefined;

  constructor(clock: ManualClock) {
    this.client = new EngineClient({
      startWorker: (listener) => {
        this.listener = listener;
        return {
          post: (message) => {
            if (message !== 'close') this.take(message, listener);
          },
          terminate: () => {
            listener.onExit(1);
            return Promise.resolve();
          },
        };
      },
      clock,
      log: (level, message) => this.logged.push(`${level}: ${message}`),
    });
  }

  /** What was asked with a method, in order. */
  askedFor<K extends keyof EngineMethods>(method: K): EngineMethods[K]['params'][] {
    return this.asked
      .filter((call) => call.method === method)
      .map(({ params }) => params as EngineMethods[K]['params']);
  }

  /** The engine tells something. */
  fire<K extends keyof EngineEvents>(name: K, payload: EngineEvents[K]): void {
    this.listener?.onMessage({ kind: 'event', name, payload });
  }

  die(error?: Error): void {
    if (error !== undefined) this.listener?.onError(error);
    this.listener?.onExit(1);
  }

  private take(packet: Packet, listener: WorkerListener): void {
    this.received.push(packet);
    if (packet.kind !== 'request') return;
    const { id, method, params } = packet;
    this.asked.push({ method, params });
    const answer = (this.answers as Record<string, ((params: unknown) => unknown) | undefined>)[
      method
    ];
    void Promise.resolve(params)
      .then((given) => answer?.(given) ?? null)
      .then(
        (result) => {
          listener.onMessage({ kind: 'answer', id, result });
        },
        (error: unknown) => {
          listener.onMessage({ kind: 'failure', id, error: asFailure(error) });
        },
      );
  }
}
