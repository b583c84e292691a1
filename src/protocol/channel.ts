import type { Clock } from '../base/clock.ts';
import { toDisposable, type Disposable } from '../base/disposable.ts';
import { withoutCredentials } from '../base/shownAddress.ts';
import { RequestError, type Failure, type Packet } from './packet.ts';

/** Methods by name: what goes in, what comes out. */
export type Methods = Record<string, { params: unknown; result: unknown }>;
/** Events by name. */
export type Events = Record<string, unknown>;

/** Calls the other side. Every call ends: with its answer, an error answer or a timeout. */
export interface Caller<M> {
  call<K extends keyof M & string>(
    method: K,
    params: M[K] extends { params: infer P } ? P : never,
    /** For an answer that may take longer than most. */
    timeoutMs?: number,
  ): Promise<M[K] extends { result: infer R } ? R : never>;
}

/** Answers for every method: a handler that is missing doesn't compile. */
export type Handlers<M> = {
  [K in keyof M]: M[K] extends { params: infer P; result: infer R }
    ? (params: P) => R | Promise<R>
    : never;
};

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timeout: Disposable;
}

/** What a channel needs of its world. */
export interface ChannelOptions {
  readonly post: (packet: Packet) => void;
  readonly clock: Clock;
  /** Begins the ids of this side's requests: `h` host, `p` and something unique for each life of a page. */
  readonly prefix: string;
  /** Long enough for a broker that doesn't answer (10 s) plus its own report. */
  readonly timeoutMs?: number;
  /** Errors nobody waits for: a listener that throws, an answer to a request we don't know. */
  readonly onError: (error: unknown) => void;
}

const defaultTimeoutMs = 30_000;

/** For an answer that the reader gives in a dialog: a day, so that a forgotten one doesn't stay for ever. */
export const readerTakesMs = 86_400_000;

/** One end of a typed conversation: requests that always answer, and events. */
export class Channel<Remote, Local, RemoteEvents, LocalEvents> implements Caller<Remote> {
  private readonly options: ChannelOptions;
  private readonly pending = new Map<string, Pending>();
  private readonly listeners = new Map<string, Set<(payload: unknown) => void>>();
  private handlers: Handlers<Local> | undefined;
  private nextId = 0;
  private disposed = false;

  constructor(options: ChannelOptions) {
    this.options = options;
  }

  /** Sets who answers the other side's requests. */
  handle(handlers: Handlers<Local>): void {
    this.handlers = handlers;
  }

  call<K extends keyof Remote & string>(
    method: K,
    params: Remote[K] extends { params: infer P } ? P : never,
    timeoutMs: number = this.options.timeoutMs ?? defaultTimeoutMs,
  ): Promise<Remote[K] extends { result: infer R } ? R : never> {
    type Answer = Remote[K] extends { result: infer R } ? R : never;
    if (this.disposed) {
      return Promise.reject(new RequestError({ reason: 'disposed', message: `${method}: closed` }));
    }
    const id = `${this.options.prefix}${String(this.nextId++)}`;
    return new Promise<Answer>((resolve, reject) => {
      const timeout = this.options.clock.after(timeoutMs, () => {
        this.settle(id)?.reject(
          new RequestError({
            reason: 'timeout',
            message: `${method}: no answer in ${String(timeoutMs)} ms`,
          }),
        );
      });
      this.pending.set(id, { resolve: resolve as (result: unknown) => void, reject, timeout });
      this.options.post({ kind: 'request', id, method, params });
    });
  }

  /** Tells the other side something; nobody answers. */
  emit<K extends keyof LocalEvents & string>(name: K, payload: LocalEvents[K]): void {
    if (!this.disposed) this.options.post({ kind: 'event', name, payload });
  }

  on<K extends keyof RemoteEvents & string>(
    name: K,
    listener: (payload: RemoteEvents[K]) => void,
  ): Disposable {
    const set = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, set);
    set.add(listener as (payload: unknown) => void);
    return toDisposable(() => set.delete(listener as (payload: unknown) => void));
  }

  /** Takes a packet that arrived. */
  receive(packet: Packet): void {
    switch (packet.kind) {
      case 'request':
        void this.answer(packet.id, packet.method, packet.params);
        return;
      case 'answer':
        this.settle(packet.id)?.resolve(packet.result);
        return;
      case 'failure':
        this.settle(packet.id)?.reject(new RequestError(packet.error));
        return;
      case 'event':
        this.dispatch(packet.name, packet.payload);
    }
  }

  /** Ends all requests under way with `failure`; the channel stays usable. */
  failPending(failure: Failure): void {
    for (const id of [...this.pending.keys()]) this.settle(id)?.reject(new RequestError(failure));
  }

  dispose(): void {
    this.disposed = true;
    this.failPending({ reason: 'disposed', message: 'closed' });
    this.listeners.clear();
  }

  private settle(id: string): Pending | undefined {
    const pending = this.pending.get(id);
    if (pending === undefined) return undefined;
    this.pending.delete(id);
    pending.timeout.dispose();
    return pending;
  }

  private async answer(id: string, method: string, params: unknown): Promise<void> {
    const handlers = this.handlers as Record<string, (params: unknown) => unknown> | undefined;
    const handler = handlers && Object.hasOwn(handlers, method) ? handlers[method] : undefined;
    if (handler === undefined) {
      const error: Failure = { reason: 'unknownMethod', message: `${method} is not known here` };
      this.options.post({ kind: 'failure', id, error });
      return;
    }
    try {
      this.options.post({ kind: 'answer', id, result: await handler(params) });
    } catch (error) {
      this.options.post({ kind: 'failure', id, error: asFailure(error) });
    }
  }

  private dispatch(name: string, payload: unknown): void {
    for (const listener of [...(this.listeners.get(name) ?? [])]) {
      try {
        listener(payload);
      } catch (error) {
        this.options.onError(error);
      }
    }
  }
}

/** Any thrown thing as a failure that can cross a boundary. */
export function asFailure(error: unknown): Failure {
  if (error instanceof RequestError) return { reason: error.reason, message: error.message };
  // Whoever threw it may have put an address into it, and it is shown and logged on the other side.
  const message = error instanceof Error ? error.message : String(error);
  return { reason: 'internal', message: withoutCredentials(message) };
}
