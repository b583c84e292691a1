import { toDisposable, type Disposable } from './disposable.ts';

/** Subscribes a listener; disposing the answer unsubscribes it. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/**
 * The source of an `Event`. A listener that throws doesn't keep the others from hearing; its error goes
 * to `onError`, because an error nobody sees is how delivery silently stops.
 */
export class Emitter<T> implements Disposable {
  private readonly listeners = new Set<(value: T) => void>();
  private readonly onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.onError = onError;
  }

  readonly event: Event<T> = (listener) => {
    // Its own function object, so that the same listener may subscribe twice.
    const entry = (value: T) => {
      listener(value);
    };
    this.listeners.add(entry);
    return toDisposable(() => this.listeners.delete(entry));
  };

  fire(value: T): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(value);
      } catch (error) {
        this.onError(error);
      }
    }
  }

  dispose(): void {
    this.listeners.clear();
  }
}
