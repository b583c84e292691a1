/** Something that holds a resource until it is told to let go. Disposing twice does nothing. */
export interface Disposable {
  dispose(): void;
}

/** Wraps a function as a `Disposable` that runs it once. */
export function toDisposable(dispose: () => void): Disposable {
  let done = false;
  return {
    dispose() {
      if (done) return;
      done = true;
      dispose();
    },
  };
}

/**
 * A bag of disposables, let go last in, first out. What is added after disposal is disposed at once,
 * so that an asynchronous creation that finishes late can't leak.
 */
export class Disposables implements Disposable {
  private items: Disposable[] = [];
  private disposed = false;

  /** Takes ownership of `item` and gives it back. */
  add<T extends Disposable>(item: T): T {
    if (this.disposed) item.dispose();
    else this.items.push(item);
    return item;
  }

  /** Disposes everything; one failing item doesn't keep the others, its error is thrown at the end. */
  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    const errors: unknown[] = [];
    for (const item of this.items.reverse()) {
      try {
        item.dispose();
      } catch (error) {
        errors.push(error);
      }
    }
    this.items = [];
    if (errors.length > 0) throw new AggregateError(errors, 'Some resources could not be released');
  }
}
