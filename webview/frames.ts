import { batch } from '@preact/signals';

/**
 * Applies what arrived at most once per animation frame, the newest of each kind: a flood of windows costs
 * one rendering per frame.
 */
export class Frames {
  private readonly waiting = new Map<string, () => void>();
  private readonly requestFrame: (callback: () => void) => void;
  private requested = false;

  constructor(requestFrame: (callback: () => void) => void) {
    this.requestFrame = requestFrame;
  }

  /** Puts `work` in place of what waits under the same name. */
  put(name: string, work: () => void): void {
    this.waiting.set(name, work);
    if (this.requested) return;
    this.requested = true;
    this.requestFrame(() => {
      this.requested = false;
      const due = [...this.waiting.values()];
      this.waiting.clear();
      batch(() => {
        for (const work of due) work();
      });
    });
  }

  /**
   * Applies what somebody waits for, in place of what waits under the same name: what is drawn before the frame comes is
   * painted in it.
   */
  now(name: string, work: () => void): void {
    this.waiting.delete(name);
    batch(work);
  }

  /** Forgets what waits under `name`. */
  drop(name: string): void {
    this.waiting.delete(name);
  }
}
